import { createHash } from 'node:crypto';
import type { Entry, Rejected } from './parsed';

/**
 * What a line says that no later export of it changes (METRICS APP-5): account, date, amount, counterparty, remark and
 * reference. A bank's own reference stands for the texts where there is one: an intraday report and the statement of the day
 * word them differently. It is never enough alone, because banks use one again. Balance and time are no part of it: a line
 * that is posted late changes all later balances. Equal lines are told apart by `KnownLines`.
 */
export function lineDigest(entry: Entry): string {
  const { account, date, amount, counterpartyName, counterpartyAccount, remark, reference, bankReference } =
    entry;
  if (bankReference !== null) return digest([account, date, amount, 'bank', bankReference]);
  return digest([account, date, amount, counterpartyName, counterpartyAccount, remark, reference]);
}

/** Ids of rows in quarantine, by what they say: the same row of the same file again is the same record. */
export function rejectedIds(rejected: readonly Rejected[]): string[] {
  const seen = new Map<string, number>();
  return rejected.map(({ account, cells }) => {
    const each = digest([account, ...cells]);
    const number = (seen.get(each) ?? 0) + 1;
    seen.set(each, number);
    return `bad-${each}-${number}`;
  });
}

const digest = (parts: readonly (string | null)[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
