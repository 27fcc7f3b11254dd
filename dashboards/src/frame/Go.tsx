import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Address } from '../filters';

type Props = {
  patch: Partial<Address>;
  children: ReactNode;
  className?: string;
  label?: string;
  title?: string;
  /** id of the panel to scroll to */
  to?: string;
  isRow?: boolean;
};

/** A drill: a real link to the same page with another address, so that Ctrl-click, Back and copying work. */
export function Go({ patch, children, className, label, title, to, isRow }: Props) {
  const opensDrawer = 'statement' in patch || 'customer' in patch || 'record' in patch;
  return (
    <Link
      to="."
      search={(old: Address) => ({ ...old, ...patch })}
      state={(old) => (opensDrawer ? { ...old, drawerDepth: (old.drawerDepth ?? 0) + 1 } : {})}
      resetScroll={false}
      preload={false}
      {...(to && { hash: to })}
      {...(className && { className })}
      {...(label && { 'aria-label': label })}
      {...(title && { title })}
      {...(isRow && { 'data-row': true })}
    >
      {children}
    </Link>
  );
}
