import { z } from 'zod';
import { businessDate, defineStream, flag, integer, json, localTime, money, utcTime } from '../kit';

const text = () => z.string().nullable();

/**
 * Lines of bank statements (银行流水), one file after another. A line never changes and is never deleted: a file that goes
 * away takes nothing with it. A row that cannot be read comes with its own text as date or amount, and so is quarantined.
 */
export const transactions = defineStream({
  name: 'transactions',
  vendorName: '银行流水',
  key: ['id'],
  amount: 'amount',
  contract: z.object({
    id: z.string(), // see identity.ts
    account: z.string(),
    date: businessDate(), // the bank's booking date
    value_date: businessDate().nullable(), // from which the bank counts interest
    booked_at: localTime('Asia/Shanghai').nullable(),
    amount: money(), // money in is positive
    currency: z.string(),
    counterparty_name: text(),
    counterparty_account: text(),
    remark: text(),
    reference: text(),
    bank_reference: text(),
    balance: money().nullable(),
    category: text(),
    layout: z.string(),
    file_name: z.string(),
    line_number: integer(),
    details: json().nullable(), // the payments of a batch
    problem: text(), // what is wrong with a row or file that could not be read
    cells: json().nullable(), // its cells as they came
  }),
});

/** Files that were read: which days of which account are known, and whether the balances add up (METRICS APP-5). */
export const files = defineStream({
  name: 'files',
  vendorName: '银行流水文件',
  key: ['file_name', 'account'],
  contract: z.object({
    file_name: z.string(),
    account: z.string(), // '(unknown)' for a file that could not be read
    hash: z.string(),
    format: text(),
    bank: text(),
    layout: text(),
    encoding: text(),
    covered_from: businessDate().nullable(),
    covered_to: businessDate().nullable(),
    rows: integer(), // of the whole file: entries + ignored + rejected
    entries: integer(), // of this account
    new_entries: integer(), // that no file before had
    known_entries: integer(),
    ignored: integer(),
    rejected: integer(),
    ignored_rows: json().nullable(), // line and name of each
    notes: json().nullable(), // line and text of what is odd although it was read
    opening_balance: money().nullable(),
    closing_balance: money().nullable(),
    balance_ok: flag().nullable(), // null: the bank gives no balances
    gap_count: integer(),
    first_gap_line: integer().nullable(),
    first_gap_difference: money().nullable(),
    duplicate_of: text(), // an earlier file with the same bytes
    problem: text(),
    read_at: utcTime(),
  }),
});

/** Statements of the files, for the check of APP-5: opening + Σ lines = closing, and each opening = the closing before. */
export const statements = defineStream({
  name: 'statements',
  vendorName: '银行对账单',
  key: ['id'],
  contract: z.object({
    id: z.string(), // hash of the file and place in it
    file_name: z.string(),
    account: z.string(),
    currency: z.string(),
    number: text(),
    from_date: businessDate().nullable(),
    to_date: businessDate().nullable(),
    opening_balance: money().nullable(), // as stated, else from the lines' own balances
    closing_balance: money().nullable(),
    is_stated: flag(),
    lines: integer(),
    lines_total: money(),
    difference: money().nullable(), // opening + lines - closing
    gap_count: integer(),
    position: integer(),
    read_at: utcTime(),
  }),
});
