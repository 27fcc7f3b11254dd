import { type CompanyName, readCompanyName } from '../companyName';
import { mayBeForm } from '../legalForms';
import { normalName } from '../spelling';
import type { CustomerRecord } from './records';

/** A name with the keys by which records may be found to be one customer. */
export interface ReadName {
  /** As normal_name() of the models. */
  exact: string;
  parts: CompanyName;
  /** The name is so short that only its exact text counts. */
  isWeak: boolean;
}

export interface RecordNames {
  full: ReadName | null;
  short: ReadName | null;
  former: readonly ReadName[];
  /** The place of the full name, else of the short one; '' if neither has one. */
  place: string;
}

/** Characters of brand and trade from which a name may be recognised without its legal form. */
const CORE_CHARACTERS = 4;
const LATIN_CHARACTERS = 6;
const LEAST_CORE = 2;
const PLAIN_FORMS: readonly string[] = ['有限', '公司'];

export function namesOf({ name, shortName, formerNames }: CustomerRecord): RecordNames {
  const [full, short] = [readName(name), shortName === null ? null : readName(shortName)];
  return {
    full,
    short,
    former: formerNames.map(readName).filter((each) => each !== null),
    place: full?.parts.place || short?.parts.place || '',
  };
}

/** What all spellings of a name share; null for one so short that only its exact text counts. */
export function nameKey(name: string): string | null {
  const read = readName(name);
  return read === null || read.isWeak ? null : read.parts.key;
}

function readName(name: string): ReadName | null {
  const exact = normalName(name);
  if (exact === '') return null;
  const parts = readCompanyName(name);
  return { exact, parts, isWeak: parts.core.length < LEAST_CORE };
}

/** Whether a name leaves its legal form out or open, and what is left is still enough to look for the whole one. */
export function mayBeShort({ parts: { core, branch, isFormOpen, isChinese } }: ReadName): boolean {
  return isFormOpen && branch === '' && core.length >= (isChinese ? CORE_CHARACTERS : LATIN_CHARACTERS);
}

/** Whether one name is the other with its legal form left out or open: 公司 for 有限公司. */
export function isFormShort(short: CompanyName, whole: CompanyName): boolean {
  if (short.core !== whole.core || short.place !== whole.place || short.branch !== whole.branch) return false;
  if (!short.isFormOpen || short.form === whole.form) return false;
  return short.form === '' || mayBeForm(short.form, whole.form);
}

/** A stock company or a group often has a limited sister of its name, so leaving their form out says too little. */
export const isPlainForm = ({ isChinese, form }: CompanyName): boolean =>
  !isChinese || PLAIN_FORMS.includes(form);
