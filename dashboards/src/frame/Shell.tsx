import { ActionIcon, Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import {
  Building2,
  Filter,
  Heart,
  ListChecks,
  Merge,
  MessageSquareWarning,
  Moon,
  ReceiptText,
  Scale,
  Sun,
  TrendingUp,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { shared, useFilters, type Address } from '../filters';
import { useWords } from '../words';
import { AsOf, LateNotice } from './AsOf';
import { FilterBar } from './FilterBar';
import { useNarrow } from './useNarrow';

const pages = [
  ['collections', '/collections', TrendingUp],
  ['customer360', '/customer', Building2],
  ['morning', '/morning', ListChecks],
  ['accounts', '/accounts', ReceiptText],
  ['disputes', '/disputes', MessageSquareWarning],
  ['control', '/control', Scale],
  ['merge', '/merge', Merge],
  ['funnel', '/funnel', Filter],
  ['health', '/health', Heart],
] as const;

/** Menu, filter bar and the as-of line that every page has. On a phone the menu is a tab bar. */
export function Shell({ children }: { children: ReactNode }) {
  const words = useWords('frame');
  const { first } = useFilters();
  const narrow = useNarrow();
  return (
    <div className="shell">
      <a className="skip" href="#main">
        {words.skip}
      </a>
      <nav className="menu" aria-label={words.menu}>
        <div className="items">
          {!narrow && <div className="brand">{words.brand}</div>}
          {pages.map(([page, path, Icon]) => (
            <Link
              key={page}
              to={path}
              search={(old: Address) => shared(old, first)}
              className="item"
              activeProps={{ className: 'active' }}
            >
              <Icon size={16} aria-hidden />
              {words[page]}
            </Link>
          ))}
        </div>
      </nav>
      <div className="body">
        <header className="bar">
          <FilterBar />
          <AsOf />
          <Looks />
        </header>
        <LateNotice />
        <main id="main" tabIndex={-1}>
          {children}
        </main>
      </div>
    </div>
  );
}

export function Looks() {
  const words = useWords('frame');
  const { filters, look } = useFilters();
  const isDark = filters.mode === 'dark';
  return (
    <div className="looks">
      <Button
        variant="subtle"
        size="compact-sm"
        className="touch"
        onClick={() => look({ lang: filters.lang === 'zh' ? 'en' : 'zh' })}
      >
        {words.language}
      </Button>
      <ActionIcon
        variant="subtle"
        size={32}
        className="touch"
        aria-label={isDark ? words.light : words.dark}
        onClick={() => look({ mode: isDark ? 'light' : 'dark' })}
      >
        {isDark ? <Sun size={16} /> : <Moon size={16} />}
      </ActionIcon>
    </div>
  );
}
