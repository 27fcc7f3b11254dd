/** One way to explain a bank line: what it pays, how good that is in points that add up, and why in words. */
export interface Explanation {
  /** How it was found. */
  rule: Rule;
  /** Who paid; null when nobody knows. */
  payer: string | null;
  parts: readonly Part[];
  points: Points;
  /** The sum of the points, in tenths at most. */
  score: number;
  reasons: readonly Reason[];
  /** The remark or the payer's name is good enough to let it through without a person. */
  isSure: boolean;
  /** Who paid is clear enough to be confirmed together with others. */
  isStrong: boolean;
}

type Rule =
  | 'reference' // the remark names what it pays
  | 'single' // one item of exactly this amount
  | 'combination' // several items of exactly this amount
  | 'partial' // less than what is named
  | 'over' // more than what is named or open
  | 'oldest_first' // nothing better is known
  | 'amount_only'; // the one item of this amount, of nobody in particular

export type PartKind =
  | 'cash'
  | 'credit_note'
  | 'discount'
  | 'deduction'
  | 'bank_fee'
  | 'rounding'
  | 'unapplied';

/** Cents by which an item is relieved, or a rest that pays nothing yet. */
export interface Part {
  customer: string | null;
  documentId: string | null;
  itemId: string | null;
  kind: PartKind;
  cents: bigint;
}

type PointName = 'payer' | 'reference' | 'amount' | 'simplicity' | 'chance' | 'due' | 'statement';
export type Points = Readonly<Partial<Record<PointName, number>>>;

/** A sentence by its key, with what it says; hub/words/matching.ts has it in Chinese and English. */
export interface Reason {
  key: ReasonKey;
  values: Readonly<Record<string, string>>;
}

export type ReasonKey =
  | 'payer_booked'
  | 'payer_account'
  | 'payer_name'
  | 'payer_learnt'
  | 'payer_paid_before'
  | 'payer_group'
  | 'payer_mentioned'
  | 'payer_similar'
  | 'payer_unknown'
  | 'payer_contradicts'
  | 'reference_exact'
  | 'reference_noisy'
  | 'reference_order'
  | 'reference_short'
  | 'reference_some'
  | 'reference_other'
  | 'reference_unknown'
  | 'amount_exact'
  | 'amount_sum'
  | 'amount_netted'
  | 'amount_fee'
  | 'amount_rounding'
  | 'amount_discount'
  | 'amount_partial'
  | 'amount_deduction'
  | 'amount_over'
  | 'oldest_first'
  | 'amount_only'
  | 'chance'
  | 'statement'
  | 'tie'
  | 'may_be_booked'
  | 'taken';

export type MatchClass = 'automatic' | 'suggested_strong' | 'suggested_check' | 'none';

/** What a run says about one line. */
export interface Answer {
  lineId: string;
  matchClass: MatchClass;
  /** The explanation chosen over all lines of the run; null for class none. */
  chosen: Explanation | null;
  /** What was left behind, best first. */
  others: readonly Explanation[];
  /** Points by which the whole run would be worse with another explanation of this line. */
  margin: number;
  reasons: readonly Reason[];
}

/** Two explanations that relieve the same documents by the same cents are one, whichever instalments they name. */
export function signatureOf(parts: readonly Part[]): string {
  const byDocument = new Map<string, bigint>();
  for (const { documentId, cents } of parts)
    if (documentId !== null) byDocument.set(documentId, (byDocument.get(documentId) ?? 0n) + cents);
  return [...byDocument]
    .map(([documentId, cents]) => `${documentId}=${cents}`)
    .sort()
    .join('|');
}
