import { useLocation, useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { useMediaQuery } from '@mantine/hooks';
import * as z from 'zod/mini';
import { useFreshness } from './api/freshness';
import { useMe } from './api/me';
import type { Lang } from './format';
import {
  isRunning,
  lastCompleteMonth,
  monthOf,
  monthsBetween,
  twelveMonthsTo,
  type Day,
  type Month,
  type Period,
} from './months';
import type { Mode } from './theme';

const month = z.string().check(z.regex(/^\d{4}-(0[1-9]|1[0-2])$/));
const text = z.catch(z.optional(z.string()), undefined);
const optional = <T extends z.ZodMiniType>(schema: T) => z.catch(z.optional(schema), undefined);

/** What the address may hold. A bad value falls back to the default instead of breaking the page. */
export const address = z.object({
  from: optional(month),
  to: optional(month),
  month: optional(month),
  region: text,
  owner: text,
  lang: optional(z.enum(['zh', 'en'])),
  mode: optional(z.enum(['light', 'dark'])),
  // which rows a drill shows
  by: optional(z.enum(['region', 'owner'])),
  list: optional(z.enum(['statements', 'gap', 'confirmed', 'receipts', 'open'])),
  part: text,
  bucket: text,
  measure: optional(z.enum(['count', 'amount'])),
  line: text,
  young: optional(z.enum(['yes'])),
  strict: optional(z.enum(['yes'])),
  slice: optional(z.enum(['region', 'team', 'owner', 'line', 'source'])),
  moves: optional(z.enum(['skips', 'back'])),
  stage: text,
  outcome: text,
  colour: optional(z.enum(['red', 'yellow', 'green', 'grey'])),
  was: text,
  task: text,
  account: text,
  // what the drawer shows
  statement: text,
  customer: text,
  record: text,
});
export type Address = z.infer<typeof address>;

/** Drills of one page mean nothing on another; these go along. So does a period that was chosen: `first` is the page's own. */
export function shared({ from, to, month, region, owner, lang, mode }: Address, first: Period): Address {
  const isChosen = from !== first.from || to !== first.to;
  return { ...(isChosen && { from, to }), month, region, owner, lang, mode };
}

export const hasDrawer = (now: Address) => Boolean(now.statement ?? now.customer ?? now.record);
const closed = { statement: undefined, customer: undefined, record: undefined } satisfies Partial<Address>;

export type Filters = Address & {
  from: Month;
  to: Month;
  month: Month;
  asOf: Day;
  isRunning: boolean;
  months: Month[];
  lang: Lang;
  mode: Mode;
};

/** The funnel follows cohorts of whole months; the other pages also look at one month, and at the one still running. */
export const isByCohort = (path: string) => path.startsWith('/funnel');

/** The address with its defaults: the page's last twelve months, and in them the last month that is complete. */
export function useFilters() {
  const now: Address = useSearch({ strict: false });
  const path = useLocation({ select: ({ pathname }) => pathname });
  const { data: freshness } = useFreshness();
  const { data: me } = useMe();
  const prefersDark = useMediaQuery('(prefers-color-scheme: dark)', false, {
    getInitialValueInEffect: false,
  });
  const go = useNavigate();
  const { history } = useRouter();

  const asOf = freshness?.asOf ?? new Date().toISOString().slice(0, 10);
  const first = twelveMonthsTo(isByCohort(path) ? lastCompleteMonth(asOf) : monthOf(asOf));
  const to = now.to ?? first.to;
  const from = now.from && now.from <= to ? now.from : twelveMonthsTo(to).from;
  const wanted = now.month ?? lastCompleteMonth(asOf);
  const month = wanted >= from && wanted <= to ? wanted : to;
  const filters: Filters = {
    ...now,
    from,
    to,
    month,
    asOf,
    isRunning: isRunning(month, asOf),
    months: monthsBetween(from, to),
    lang: now.lang ?? me?.language ?? 'zh',
    mode: now.mode ?? (prefersDark ? 'dark' : 'light'),
  };

  /** A filter is a history entry, so Back undoes it. */
  const set = (patch: Partial<Address>) =>
    void go({ to: '.', search: (old: Address) => ({ ...old, ...patch }), resetScroll: false });
  /** Look and language replace the entry, also below an open drawer. */
  const look = (patch: Pick<Address, 'lang' | 'mode'>) =>
    void go({
      to: '.',
      search: (old: Address) => ({ ...old, ...patch }),
      replace: true,
      state: true,
      resetScroll: false,
    });
  /** Back to where the drawer was opened; a link that opened with it has no such place. */
  const close = () => {
    const depth = history.location.state.drawerDepth ?? 0;
    if (depth > 0) history.go(-depth);
    else
      void go({
        to: '.',
        search: (old: Address) => ({ ...old, ...closed }),
        replace: true,
        resetScroll: false,
      });
  };
  return { filters, first, set, look, close, depth: history.location.state.drawerDepth ?? 0 };
}
