import type { Company } from './bureau';
import { plus, times } from './amounts';
import type { Config } from './config';
import { serviceOf } from './services';

/** A row of `bureau_targets`, the riskiest money first. */
export type Target = Readonly<Record<string, string | null>>; // credit_code, company_name, exposure_cny, last_checked_at

/** Where a read stands. Committed with what was bought, so that nothing is bought twice. */
export interface Progress {
  /** Company → business day on which its check ended. */
  checked: Readonly<Record<string, string>>;
  /** The company in the middle. */
  current?: {
    company: string;
    /** When its check began; all its records carry this. */
    checkedAt: string;
    /** Services that are answered. */
    done: readonly string[];
    /** The service in the middle: next page, and what the pages before gave. */
    part?: { service: string; pageIndex: number; read: number; calls: number };
  };
  /** Why the last read ended before its time. */
  stopped?: { reason: 'budget_exhausted'; companiesLeft: number };
}

export interface Plan {
  companies: number;
  /** At least: a company with more than 20 records of one kind takes a call for each further page. */
  calls: number;
  costCny: string;
}

/** What a run would ask and cost now, before it is started. */
export function planOf(config: Config, targets: readonly Target[], now: Date, state?: unknown): Plan {
  const progress = progressOf(state);
  const due = dueCompanies(config, targets, progress, now);
  let costCny = '0.00';
  let calls = 0;
  for (const { key } of due) {
    const done = progress.current?.company === key ? progress.current.done : [];
    for (const service of config.services.filter((name) => !done.includes(name))) {
      calls++;
      costCny = plus(costCny, times(config.pricesCny[service] ?? serviceOf(service).priceCny, 1));
    }
  }
  return { companies: due.length, calls, costCny };
}

export const progressOf = (state: unknown): Progress => (state as Progress | undefined) ?? { checked: {} };

/** Companies to ask about: the one in the middle, then those never asked or asked long enough ago, in the host's order. */
export function dueCompanies(
  config: Config,
  targets: readonly Target[],
  progress: Progress,
  now: Date,
): Company[] {
  const extra = config.companies.map(({ creditCode, name }) => ({
    credit_code: creditCode ?? null,
    company_name: name,
  }));
  const companies = new Map<string, Company>();
  for (const target of [...targets, ...extra] as Target[]) {
    const company = companyOf(target);
    if (!company || companies.has(company.key)) continue;
    const isCurrent = progress.current?.company === company.key;
    if (isCurrent || isDue(config, lastDay(target, progress.checked[company.key]), now))
      companies.set(company.key, company);
  }
  const current = progress.current && companies.get(progress.current.company);
  return current
    ? [current, ...[...companies.values()].filter(({ key }) => key !== current.key)]
    : [...companies.values()];
}

function companyOf({ credit_code, company_name }: Target): Company | undefined {
  const creditCode = credit_code?.trim() || null;
  const name = company_name?.trim() || null;
  const key = creditCode ?? name;
  return key === null ? undefined : { key, creditCode, name };
}

function lastDay({ last_checked_at }: Target, known: string | undefined): string | undefined {
  const told = last_checked_at ? businessDay(instantOf(last_checked_at)) : undefined;
  return told !== undefined && (known === undefined || told > known) ? told : known;
}

const isDue = ({ recheckDays }: Config, last: string | undefined, now: Date): boolean =>
  last === undefined || (Date.parse(businessDay(now)) - Date.parse(last)) / DAY_MS >= recheckDays;

const DAY_MS = 86_400_000;
const SHANGHAI_MS = 8 * 3_600_000;

export const businessDay = (instant: Date): string =>
  new Date(instant.getTime() + SHANGHAI_MS).toISOString().slice(0, 10);

/** A timestamp of the warehouse is in UTC and may come without saying so. */
const instantOf = (written: string): Date =>
  new Date(
    /(Z|[+-]\d\d:?\d\d)$/.test(written)
      ? written
      : `${written.replace(' ', 'T')}${written.includes(':') ? 'Z' : ''}`,
  );

/** Entries that no longer keep a company from being asked are dropped. */
export function withoutOld(config: Config, checked: Progress['checked'], now: Date): Progress['checked'] {
  return Object.fromEntries(Object.entries(checked).filter(([, day]) => !isDue(config, day, now)));
}
