import { type Details, textOrNull } from './text';

/**
 * The German :NS: field ("non-SWIFT") in place of :86:, lines that begin with a number of two digits: 01–14 remark ·
 * 15 payer or payee · 16 his bank · 17 kind of booking · 19 journal · 20 text key. The field's lines come with that mark in front.
 */
export const NON_SWIFT = 'NS:';

export function nonSwift(lines: readonly string[]): Details | undefined {
  const [first = ''] = lines;
  if (!first.startsWith(NON_SWIFT)) return undefined;
  const rows = [first.slice(NON_SWIFT.length), ...lines.slice(1)].map((line) => ({
    code: line.slice(0, 2),
    text: line.slice(2),
  }));
  const remark = rows.filter(({ code }) => /^(?:0[1-9]|1[0-4])$/.test(code)).map(({ text }) => text.trim());
  const kind = rows.find(({ code }) => code === '17')?.text;
  return {
    counterpartyName: textOrNull(rows.find(({ code }) => code === '15')?.text),
    counterpartyAccount: null,
    remark: textOrNull(remark.join(' ')) ?? textOrNull(kind),
    reference: null,
    dialect: 'non-SWIFT',
  };
}
