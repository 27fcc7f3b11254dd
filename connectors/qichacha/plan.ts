import type { PaidPlan } from '../kit';
import type { Company } from './bureau';
import { plus, times } from './amounts';
import type { Config } from './config';
import { type ServiceName } from './services';
import { priceOf, refreshDaysOf } from './terms';

/**
 * A row of `bureau_targets`, the riskiest money first: credit_code, company_name, exposure_cny, checked (JSON: service → business
 * day of its last check) or last_checked_at (of all services), is_renamed ('true': the bureau's last answer knows another name).
 */
export type Target = Readonly<Record<string, string | null>>;

/** Service → business day of its check. */
type Days = Readonly<Record<string, string>>;

/** Where a read stands. Committed with what was bought, so that nothing is bought twice. */
export interface Progress {
  /** Company → services with the day of their check; one day stands for all services (as earlier versions wrote it). */
  checked: Readonly<Record<string, Days | string>>;
  /** The company in the middle. */
  current?: {
    company: string;
    /** When its check began; its records carry this. */
    checkedAt: string;
    /** Services that are answered. */
    done: Days;
    /** The service in the middle: next page, and what the pages before gave. */
    part?: { service: string; pageIndex: number; read: number; calls: number; checkedAt: string };
  };
  /** Why the last read ended before its time. */
  stopped?: { reason: 'budget_exhausted'; companiesLeft: number };
}

/** A company with what is to be asked about it. */
export interface Due extends Company {
  services: readonly ServiceName[];
  exposureCny: string | null;
  /** The bureau knows it by a name that we have not heard of: its former names are asked for before their year is over. */
  isRenamed: boolean;
}

/** What a run would ask and cost now, before it is started. */
export function planOf(config: Config, targets: readonly Target[], now: Date, state?: unknown): PaidPlan {
  const due = dueCompanies(config, targets, progressOf(state), now);
  return {
    services: config.services.map((service) => {
      const calls = due.filter(({ services }) => services.includes(service)).length;
      const priceCny = priceOf(config, service);
      const refreshDays = refreshDaysOf(config, service);
      return { service, priceCny, refreshDays, calls, costCny: times(priceCny, calls) };
    }),
    companies: due.map(({ key, name, services, exposureCny }) => ({
      subject: key,
      name,
      services,
      costCny: services.map((service) => priceOf(config, service)).reduce(plus, '0.00'),
      exposureCny,
    })),
  };
}

/** The stored state. A check that an earlier version left in the middle is done anew: its answers are kept by the host. */
export function progressOf(state: unknown): Progress {
  const { current, ...progress } = (state as Progress | undefined) ?? { checked: {} };
  return current && !Array.isArray(current.done) ? { ...progress, current } : progress;
}

/** Companies to ask about: the one in the middle, then those with a service never asked or asked long enough ago, in the host's order. */
export function dueCompanies(
  config: Config,
  targets: readonly Target[],
  progress: Progress,
  now: Date,
): Due[] {
  const extra = config.companies.map(({ creditCode, name }) => ({
    credit_code: creditCode ?? null,
    company_name: name,
    exposure_cny: null,
  }));
  const companies = new Map<string, Due>();
  for (const target of [...targets, ...extra] as Target[]) {
    const company = companyOf(target);
    if (!company || companies.has(company.key)) continue;
    const current = progress.current?.company === company.key ? progress.current : undefined;
    const isRenamed = target.is_renamed === 'true';
    const services = config.services.filter(
      (service) =>
        !(service in (current?.done ?? {})) &&
        isDue(
          freshFrom(config, service, isRenamed, now),
          lastDay(target, progress.checked[company.key], service),
        ),
    );
    if (services.length > 0 || current)
      companies.set(company.key, {
        ...company,
        services,
        isRenamed,
        exposureCny: target.exposure_cny ?? null,
      });
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

/** The later of what the host and the state know. */
function lastDay(
  { checked, last_checked_at }: Target,
  known: Days | string | undefined,
  service: ServiceName,
): string | undefined {
  const told = checked
    ? (JSON.parse(checked) as Days)[service]
    : last_checked_at
      ? businessDay(instantOf(last_checked_at))
      : undefined;
  const own = typeof known === 'string' ? known : known?.[service];
  return told !== undefined && (own === undefined || told > own) ? told : own;
}

/** What was checked on this business day or later is still fresh. */
export function freshFrom(config: Config, service: ServiceName, isRenamed: boolean, now: Date): string {
  const days = refreshDaysOf(config, service);
  const period = service === 'BasicDetails' && isRenamed ? Math.min(days, config.recheckDays) : days;
  return businessDay(new Date(now.getTime() - (period - 1) * DAY_MS));
}

const isDue = (fresh: string, last: string | undefined): boolean => last === undefined || last < fresh;

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
  const fresh = new Map(
    config.services.map((service) => [service as string, freshFrom(config, service, false, now)]),
  );
  const kept: Record<string, Days> = {};
  for (const [company, known] of Object.entries(checked)) {
    const days =
      typeof known === 'string'
        ? Object.fromEntries(config.services.map((service) => [service, known]))
        : known;
    const young = Object.entries(days).filter(([service, day]) => day >= (fresh.get(service) ?? ''));
    if (young.length > 0) kept[company] = Object.fromEntries(young);
  }
  return kept;
}
