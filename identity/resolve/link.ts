import type { RecordCode } from './codes';
import type { CustomerRecord } from './records';

/** Which rule says whose a record is. `none`: it stands alone; a payer's name leads to nobody. */
type Rule = 'credit_code' | 'name' | 'reviewed' | 'none';

/** How exactly: the word that a page translates. */
export type Step =
  | 'code'
  | 'code_repaired'
  | 'organisation_code'
  | 'registration_number'
  | 'name'
  | 'name_spelling'
  | 'name_former'
  | 'name_short'
  | 'merged'
  | 'split'
  | 'kept_apart'
  | 'ambiguous'
  | 'alone';

/** Whose a record is, by which rule and on what evidence. */
export interface Link {
  record: CustomerRecord;
  /** The smallest ERP record of its group, else the smallest of all; null for a payer of nobody. */
  customerId: string | null;
  rule: Rule;
  step: Step;
  /** The code of the customer, as far as this record led to one. */
  creditCode: string | null;
  code: RecordCode;
  /** In words: rule, what agreed, with which record. */
  evidence: string;
  /** Code, or name and the code it led to: short enough for a list. */
  proof: string;
  /** Records that the rule looked at: the one it joined; those between which it cannot choose. */
  others: readonly string[];
  /** The event of the person who decided. */
  eventId: string | null;
  isAmbiguous: boolean;
}

const WORDS: Readonly<Record<Step, string>> = {
  code: 'credit code',
  code_repaired: 'credit code, read again',
  organisation_code: 'organisation code inside',
  registration_number: 'registration number',
  name: 'same name',
  name_spelling: 'same name in another spelling',
  name_former: 'former name',
  name_short: 'name without its legal form, of one customer only',
  merged: 'brought together by a person',
  split: 'taken apart by a person',
  kept_apart: 'kept apart by a person',
  ambiguous: 'its name leads to several customers',
  alone: 'no other record has its code or its name',
};

/** The sentence of a link. */
export function evidenceOf({ step, proof, code, others, eventId }: Omit<Link, 'evidence'>): string {
  const parts = [`${WORDS[step]}: ${proof}`];
  if (others.length > 0) parts.push(step === 'ambiguous' ? others.join(', ') : `with ${others.join(', ')}`);
  if (eventId !== null) parts.push(`event ${eventId}`);
  const { read } = code;
  if (read.note !== null && read.said !== null && step !== 'code')
    parts.push(
      step === 'code_repaired'
        ? `said ${read.said}, ${read.note}`
        : `its code ${read.said} links nothing: ${read.note}`,
    );
  return parts.join('; ');
}
