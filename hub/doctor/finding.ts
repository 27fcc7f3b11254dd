import type { Session, Warehouse } from '../../warehouse';
import type { Config } from '../config/schema';
import type { SetupOptions } from '../setup/setup';

/** `warn` wants somebody's attention, `bad` makes the command fail. */
export type Level = 'ok' | 'warn' | 'bad';

export interface Finding {
  /** Stable: screens translate by it. */
  check: string;
  level: Level;
  what: string;
  where: string | null;
  /** What the reader does now; null when all is well. */
  todo: string | null;
}

/** A data folder and its config: there is something to look at although the warehouse cannot be opened. */
export interface Place {
  options: SetupOptions;
  dataFolder: string;
  config: Config;
  /** Undefined: the demo company. */
  configFile: string | undefined;
  now: Date;
  /** The hub asks, or runs beside: what it has open is no leftover. */
  hasHub: boolean;
}

export interface Patient extends Place {
  warehouse: Warehouse;
}

/** What a check says; its name comes with it. */
export type Said = Omit<Finding, 'check'>;

/** One thing that may be wrong; an empty answer means that there is nothing to look at. */
export interface Check<On extends Place = Patient> {
  name: string;
  run(on: On): Promise<Said[]> | Said[];
}

export const ok = (what: string, where: string | null = null): Said => ({
  level: 'ok',
  what,
  where,
  todo: null,
});

export const warn = (what: string, where: string | null, todo: string): Said => ({
  level: 'warn',
  what,
  where,
  todo,
});

export const bad = (what: string, where: string | null, todo: string): Said => ({
  level: 'bad',
  what,
  where,
  todo,
});

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** "3 days", "5 hours", "2 minutes". */
export function span(ms: number): string {
  const [count, unit] =
    ms >= 2 * DAY_MS
      ? [Math.floor(ms / DAY_MS), 'day']
      : ms >= 2 * HOUR_MS
        ? [Math.floor(ms / HOUR_MS), 'hour']
        : [Math.max(0, Math.floor(ms / 60_000)), 'minute'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

export const megabytes = (bytes: number): string =>
  `${Math.round(bytes / 1_000_000).toLocaleString('en-US')} MB`;

/** An instant of the warehouse, `2026-01-05 08:00:00.123` in UTC. */
export const instantOf = (value: unknown): Date => new Date(`${String(value).replace(' ', 'T')}Z`);

export async function hasTable(session: Session, schema: string, name: string): Promise<boolean> {
  const [found] = await session.rows(
    'select count(*) as n from information_schema.tables where table_schema = ? and table_name = ?',
    [schema, name],
  );
  return Number(found?.n) > 0;
}
