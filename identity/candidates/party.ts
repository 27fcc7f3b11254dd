import type { ReadName } from '../resolve/names';

/** A customer, or a payer of no customer, as the search for candidates sees it: its names and codes, whatever record they are of. */
export interface Party {
  /** customer_id, or the payer's record. */
  id: string;
  isPayer: boolean;
  names: readonly PartyName[];
  /** Valid codes. */
  codes: ReadonlySet<string>;
  /** Codes as said that fail their check. */
  failed: ReadonlySet<string>;
}

export interface PartyName {
  read: ReadName;
  /** As the record has it. */
  text: string;
  recordId: string;
  /** full, short or former. */
  kind: 'full' | 'short' | 'former';
}
