import { type Details, referenceOrNull, textOrNull } from './text';

/**
 * German banks (Anlage 3 of the DFÜ agreement, MT940) and those that write like them (Austria, Czechia, Poland: mBank, ING,
 * BPH, Pekao): a code of three digits (GVC), then subfields of a sign and two digits, `166?00GUTSCHRIFT?20…`. The sign is `?`,
 * in Poland also `^`, `<`, `~`. 00 kind of booking · 10 journal · 20–29 and 60–63 remark · 30 bank · 31 account · 32–33 name ·
 * 34 text key · 38 IBAN (Poland). A subfield goes on in the next line without a blank. Some write the code alone first.
 */
const START = /^\s*(\d{3})?\s*([?^<~>|@$§])(\d\d)/;

export function subfields(lines: readonly string[]): Details | undefined {
  const [first = '', ...others] = lines;
  const text = /^\s*\d{3}\s*$/.test(first) && START.test(others[0] ?? '') ? others.join('') : lines.join('');
  const sign = START.exec(text)?.[2];
  if (sign === undefined) return undefined;
  const fields = partsOf(text, sign);
  const join = (...codes: string[]) => codes.map((code) => fields.get(code) ?? '').join('');
  const purpose = join('20', '21', '22', '23', '24', '25', '26', '27', '28', '29', '60', '61', '62', '63');
  const words = sepaWords(purpose);
  const iban = textOrNull(fields.get('38'))?.replace(/\s/g, '');
  return {
    counterpartyName: textOrNull(join('32', '33')) ?? textOrNull(words.get('ABWA')),
    counterpartyAccount:
      iban ?? textOrNull(fields.get('31'))?.replace(/\s/g, '') ?? textOrNull(words.get('IBAN')),
    remark:
      textOrNull(words.get('SVWZ') ?? words.get('')) ?? textOrNull(fields.get('00')) ?? textOrNull(purpose),
    reference: referenceOrNull(words.get('EREF')) ?? referenceOrNull(words.get('KREF')),
    dialect: 'subfields',
  };
}

/** Subfield → text; the same number twice is joined. */
function partsOf(text: string, sign: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const part of text.slice(text.indexOf(sign)).split(sign).slice(1)) {
    const [, code, content = ''] = /^(\d\d)(.*)$/s.exec(part) ?? [];
    if (code !== undefined) {
      fields.set(code, (fields.get(code) ?? '') + content);
      continue;
    }
    const last = [...fields.keys()].at(-1); // the sign stands in a text
    if (last !== undefined) fields.set(last, `${fields.get(last) ?? ''}${sign}${part}`);
  }
  return fields;
}

const WORD =
  /((?:EREF|KREF|MREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE|ANAM|IBAN|BIC|PURP|RTRN)(?=\+)|MTLG(?=[+:]))[+:]/;

/** The SEPA words inside the remark, `EREF+…SVWZ+…`; what stands before the first one has the name ''. */
function sepaWords(purpose: string): Map<string, string> {
  const [before = '', ...parts] = purpose.split(WORD);
  const words = new Map<string, string>();
  if (before.trim() !== '') words.set('', before);
  for (let index = 0; index + 1 < parts.length; index += 2) {
    const word = parts[index] ?? '';
    words.set(word, (words.get(word) ?? '') + (parts[index + 1] ?? ''));
  }
  if (!words.has('SVWZ') && words.has('MTLG')) words.set('SVWZ', words.get('MTLG') ?? '');
  return words;
}
