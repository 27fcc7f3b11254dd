import { type Details, referenceOrNull, textOrNull } from './text';

/**
 * Codewords between slashes, `/TRTP/SEPA OVERBOEKING/IBAN/…/NAME/…/REMI/…/EREF/…`: ABN AMRO, Rabobank (structured), ING,
 * Knab, Deutsche Bank and the French, Belgian and Nordic banks that follow SWIFT's market practice (/ORDP/, /BENM/, /NAME/,
 * /REMI/, /RFB/, /PY/). ING writes /CNTP/account/bank/name/town/ and /REMI/USTD//text/ or /REMI/STRD/CUR/reference/.
 */
const WORDS = [
  [
    'TRTP',
    'TRCD',
    'BUSP',
    'IBAN',
    'ACCW',
    'BIC',
    'NAME',
    'REMI',
    'EREF',
    'CSID',
    'MARF',
    'ORDP',
    'BENM',
    'PY',
    'NPY',
  ],
  [
    'ULTD',
    'ULTC',
    'ULTB',
    'SVCL',
    'PREF',
    'RTRN',
    'CNTP',
    'PURP',
    'ADDR',
    'ISDT',
    'CDTRREFTP',
    'CDTRREF',
    'RFB',
    'RCMT',
  ],
  [
    'KREF',
    'IREF',
    'MREF',
    'CRED',
    'DEBT',
    'OAMT',
    'OCMT',
    'CHGS',
    'EXCH',
    'SUM',
    'ID',
    'PBTC',
    'NRTX',
    'FRST',
    'ROC',
  ],
].flat();
const WORD = new RegExp(`/(${WORDS.join('|')})/`);

export function codewords(lines: readonly string[]): Details | undefined {
  const text = lines.join('');
  if (!WORD.test(text.slice(0, 40)) || !/^\s*(?:\d{1,16} ?)?\//.test(text)) return undefined;
  const [, ...parts] = text.split(WORD);
  const words = new Map<string, string>();
  for (let index = 0; index + 1 < parts.length; index += 2) {
    const [word = '', content = ''] = [parts[index], parts[index + 1]];
    // The payer comes first; who is behind it (ULTD, ADDR …) also has a NAME.
    if (!words.has(word) || (words.get(word) ?? '') === '') words.set(word, withoutSlashes(content));
  }
  const [account = '', , name = ''] = (words.get('CNTP') ?? '').split('/');
  return {
    counterpartyName: textOrNull(name) ?? textOrNull(words.get('NAME')),
    counterpartyAccount: textOrNull(account) ?? accountIn(words),
    remark: remarkOf(words) ?? textOrNull(words.get('PY') ?? words.get('NPY') ?? words.get('TRTP')),
    reference: referenceOrNull(words.get('EREF')) ?? referenceOrNull(words.get('RFB')),
    dialect: 'codewords',
  };
}

/** By hand: an expression that ends with `/+$` takes the square of a long row of slashes. */
function withoutSlashes(text: string): string {
  let [start, end] = [0, text.length];
  while (text[start] === '/') start += 1;
  while (end > start && text[end - 1] === '/') end -= 1;
  return text.slice(start, end);
}

const accountIn = (words: ReadonlyMap<string, string>): string | null =>
  textOrNull(words.get('IBAN') ?? words.get('ACCW')?.split(',')[0])?.replace(/\s/g, '') ?? null;

/** Free text, with the creditor's structured reference where the remark holds one. */
function remarkOf(words: ReadonlyMap<string, string>): string | null {
  const remark = words.get('REMI') ?? words.get('RCMT');
  const reference = words.get('CDTRREF');
  const text = withoutSlashes(remark ?? '').replace(/^(?:USTD|STRD)\/+(?:CUR\/|ISO\/)?/, '');
  return textOrNull([text, reference].filter(Boolean).join(' '));
}
