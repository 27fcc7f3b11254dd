import { type CreditCode, readCreditCode } from '../creditCode';
import type { CustomerRecord } from './records';
import type { Marks } from './groups';

/** A record's code as read, and what it stands for among all records. */
export interface RecordCode extends Marks {
  read: CreditCode;
  /** Which way it came to its code: as said, repaired, through the organisation code inside, or by registration number. */
  way: 'code' | 'code_repaired' | 'organisation_code' | 'registration_number' | null;
}

const nothing: Omit<RecordCode, 'read'> = { code: null, registration: null, doubt: null, way: null };
const UNIFIED_CHARACTERS = 18;

const doubtOf = ({ said, state }: CreditCode): string | null =>
  said?.length === UNIFIED_CHARACTERS && (state === 'failed' || state === 'suspected') ? said : null;

/**
 * Codes of all records. A repair that only looks right counts where another record carries that very code; an old tax number or an
 * organisation code stands for the one unified code with it inside. What fails its check stands for nothing.
 */
export function codesOf(records: readonly CustomerRecord[]): RecordCode[] {
  const read = records.map(({ creditCode }) => readCreditCode(creditCode));
  const unified = new Set<string>();
  for (const { kind, state, code } of read)
    if (kind === 'unified' && code !== null && state !== 'suspected') unified.add(code);
  const byOrganisation = new Map<string, Set<string>>();
  const byTaxNumber = new Set<string>();
  for (const code of unified) {
    const organisation = code.slice(8, 17);
    byOrganisation.set(organisation, (byOrganisation.get(organisation) ?? new Set()).add(code));
    byTaxNumber.add(code.slice(2, 17));
  }
  const onlyWith = (organisation: string): string | null => {
    const found = byOrganisation.get(organisation);
    const [code = null] = found ?? [];
    return found?.size === 1 ? code : null;
  };
  return read.map((one): RecordCode => {
    const { kind, state, code, organisation } = one;
    if (code === null) return { ...nothing, read: one, doubt: doubtOf(one) };
    if (kind === 'unified') {
      if (state === 'suspected' && !unified.has(code)) return { ...nothing, read: one, doubt: doubtOf(one) };
      return { ...nothing, read: one, code, way: state === 'valid' ? 'code' : 'code_repaired' };
    }
    if (kind === 'registration_number') {
      const same = byTaxNumber.has(code) ? onlyWith(code.slice(6)) : null;
      if (same !== null) return { ...nothing, read: one, code: same, way: 'organisation_code' };
      return { ...nothing, read: one, registration: code, way: 'registration_number' };
    }
    const whole = onlyWith(organisation ?? '') ?? organisation;
    return { ...nothing, read: one, code: whole, way: 'organisation_code' };
  });
}
