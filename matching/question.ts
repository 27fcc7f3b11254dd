/** What a run is asked: plain data, money in cents. `matching/readQuestion.ts` reads it from the warehouse; benchmarks make their own. */
export interface Question {
  lines: readonly BankLine[];
  items: readonly OpenItem[];
  customers: readonly Party[];
  /** Who paid for whom before. */
  payers: readonly KnownPayer[];
  /** What people refused or took back; it is not offered again. */
  declined: readonly Declined[];
  /** What people said would come. */
  said: readonly Said[];
}

/** Money that came in and is not matched yet. */
export interface BankLine {
  id: string;
  /** `YYYY-MM-DD`, the bank's booking date. */
  day: string;
  /** What is left of it. */
  cents: bigint;
  payerName: string | null;
  payerAccount: string | null;
  remark: string;
  /** The customer for whom the ERP has booked it, without saying yet what it pays. */
  bookedFor: string | null;
  /** The ERP may have booked it under a receipt that names no bank line: never automatic. */
  mayBeBooked: boolean;
}

/** What a customer owes (or is owed: a credit note is negative), less what the hub has matched to it and the ERP has not booked yet. */
export interface OpenItem {
  id: string;
  documentId: string;
  customer: string;
  cents: bigint;
  documentNumber: string;
  orderNumber: string | null;
  contractNumber: string | null;
  documentDay: string;
  dueDay: string;
  isRetention: boolean;
  /** Early-payment discount by term: what may be kept back by this day. */
  discount?: { cents: bigint; until: string };
}

export interface Party {
  id: string;
  /** Every spelling that some source has. */
  names: readonly string[];
  accounts: readonly string[];
  /** Customers of one group pay for each other. */
  group: string | null;
}

/** Evidence from before: `booked` by the ERP from a line of this payer, `confirmed` by a person in the hub. */
export interface KnownPayer {
  name: string | null;
  account: string | null;
  customer: string;
  source: 'booked' | 'confirmed';
  times: number;
}

interface Declined {
  lineId: string;
  /** None of this customer's items; or only this combination (signatureOf). */
  customer: string | null;
  signature: string | null;
}

export interface Said {
  customer: string;
  documentNumber: string | null;
  orderNumber: string | null;
  cents: bigint;
  day: string;
}

export interface Settings {
  /** A bank keeps this much of a transfer at most. */
  feeCents: bigint;
  /** METRICS 3.2: differences up to this are rounding. */
  roundingCents: bigint;
  /** Points from which a sure explanation is applied without a person. */
  automaticFrom: number;
  /** Points by which it must be better than any other way to explain all lines of the run (APP-6). */
  margin: number;
  /** How many combinations may be expected to fit by chance. */
  chance: number;
}

export const SETTINGS: Settings = {
  feeCents: 5_000n,
  roundingCents: 100n,
  automaticFrom: 42,
  margin: 5,
  chance: 0.01,
};
