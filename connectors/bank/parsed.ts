/**
 * What every format of a bank file is read into. A parser takes bytes and the file's name and gives a `ParsedFile`, or throws a
 * MillraceError('file_unreadable') that names file, line and cause. rows = entries + ignored + rejected: none is left out.
 */
export interface ParsedFile {
  format: FileFormat;
  /** The bank's layout or dialect, such as `icbc_history`, `camt.053.001.02` or `mt940`. */
  layout: string;
  /** The bank's name where the layout tells it. */
  bank?: string;
  encoding: string;
  rows: number;
  statements: StatementFacts[];
  entries: Entry[];
  ignored: Ignored[];
  rejected: Rejected[];
  /** What a person should look at although it was read: a statement that does not balance, a missing page, a value date of 30 February. */
  notes?: Note[];
}

/** Something odd in a file that was read. */
export interface Note {
  line: number;
  text: string;
}

export type FileFormat = 'csv' | 'workbook' | 'camt' | 'mt940';

/** What a file says about one statement of one account; `Entry.statement` is its index in the file. */
export interface StatementFacts {
  account: string;
  /** ISO 4217. */
  currency: string;
  number: string | null;
  /** `yyyy-mm-dd`: the first and last day that the file says it covers; null where it says nothing. */
  from: string | null;
  to: string | null;
  /** Signed decimal text as the file states it, overdrawn is negative; null where it states none. */
  opening: string | null;
  closing: string | null;
}

/** A line that the bank booked, signed from the company's view: money in is positive. */
export interface Entry {
  /** Line of the file, or of the workbook's sheet, from 1. */
  line: number;
  /** Sheet of a workbook that has several. */
  sheet?: string;
  statement: number;
  account: string;
  /** `yyyy-mm-dd`, the bank's booking date. */
  date: string;
  /** `yyyy-mm-dd`, from which the bank counts interest; null where the file has none. */
  valueDate: string | null;
  /** `hh:mm:ss`, the bank's local time. */
  time: string | null;
  /** Exact decimal text in `currency`, with two decimals or as many as the currency has. */
  amount: string;
  /** Of the account after this line, where the bank gives one. */
  balance: string | null;
  currency: string;
  counterpartyName: string | null;
  counterpartyAccount: string | null;
  remark: string | null;
  /** What the payer or the payee calls it: voucher, end-to-end id, customer reference. */
  reference: string | null;
  /** What the bank calls the booking (AcctSvcrRef, the reference behind // of MT940); may be used again by the bank. */
  bankReference: string | null;
  /** The payments of a batch that is booked as one line; empty where the line is one payment. */
  details: EntryDetail[];
}

/** One payment within a batch. Its amount has the sign of the line. */
export interface EntryDetail {
  amount: string | null;
  currency: string | null;
  counterpartyName: string | null;
  counterpartyAccount: string | null;
  remark: string | null;
  reference: string | null;
}

/** A row that is no booking, and what it is: title, header, blank, total, notice, pending … */
export interface Ignored {
  line: number;
  sheet?: string;
  name: string;
}

/** A row that should be a booking and cannot be read; it goes to quarantine with its text. */
export interface Rejected {
  line: number;
  sheet?: string;
  account: string | null;
  /** What is missing or wrong. */
  why: 'date' | 'amount' | 'direction' | 'currency' | 'account' | 'columns' | 'status' | 'form' | 'text';
  date: string | null;
  amount: string | null;
  cells: string[];
}
