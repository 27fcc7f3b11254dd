import { Check, Clock, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

const icons = { confirmed: Check, promised: Clock, expected: Clock };

/** A state is an icon and a word; colour comes on top when it is an alarm. */
export function CertaintyTag({
  certainty,
  isAlarm,
  children,
}: {
  certainty: string | null;
  isAlarm: boolean;
  children: ReactNode;
}) {
  const Icon = isAlarm ? TriangleAlert : (icons[certainty as keyof typeof icons] ?? Clock);
  return (
    <span className={isAlarm ? 'tag alarm' : 'tag'}>
      <Icon size={12} aria-hidden />
      {children}
    </span>
  );
}
