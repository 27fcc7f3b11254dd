import { createHash } from 'node:crypto';
import type { Entry, Rejected } from './statement';

/**
 * Ids of lines (METRICS APP-5): account, date, amount, counterparty, remark and reference, and which of the equal lines of
 * that day it is. So a file that is loaded twice gives the same ids, and equal lines of one day stay as many as they are.
 */
export function entryIds(entries: readonly Entry[]): string[] {
  return numbered(
    entries.map(({ account, date, amount, counterpartyName, counterpartyAccount, remark, reference }) =>
      digest([account, date, amount, counterpartyName, counterpartyAccount, remark, reference]),
    ),
  );
}

/** Ids of rows in quarantine, by what they say: the same row of the same file again is the same record. */
export function rejectedIds(rejected: readonly Rejected[]): string[] {
  return numbered(rejected.map(({ account, cells }) => `bad-${digest([account, ...cells])}`));
}

export const contentHash = (bytes: Buffer): string =>
  createHash('sha256').update(bytes).digest('hex').slice(0, 32);

function numbered(digests: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return digests.map((each) => {
    const number = (seen.get(each) ?? 0) + 1;
    seen.set(each, number);
    return `${each}-${number}`;
  });
}

const digest = (parts: readonly (string | null)[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
