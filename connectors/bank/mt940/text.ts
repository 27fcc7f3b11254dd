import type { Source } from './source';

/**
 * The text of an MT940 file. SWIFT knows ASCII only, banks write more: a byte-order mark decides, then UTF-8 if all of it is,
 * then GB18030 for an account in CNY, then Windows-1252 (Western Europe, which reads every byte). Amounts, dates and tags are
 * ASCII in all of them, so a wrong guess can spoil a name and nothing else.
 */
export function textOf(bytes: Buffer): Pick<Source, 'text' | 'encoding'> {
  for (const encoding of encodingsOf(bytes)) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      return { text, encoding };
    } catch {
      // not written in it: the next one
    }
  }
  return { text: bytes.toString('latin1'), encoding: 'latin1' };
}

function encodingsOf(bytes: Buffer): string[] {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return ['utf-16le'];
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return ['utf-16be'];
  if (bytes[0] === 0x3a && bytes[1] === 0) return ['utf-16le']; // a colon and half a character
  if (bytes[0] === 0 && bytes[1] === 0x3a) return ['utf-16be'];
  const isChinese = /:60[FM]:[CD]\d{6}CNY/.test(bytes.subarray(0, 4_000).toString('latin1'));
  return ['utf-8', ...(isChinese ? ['gb18030'] : []), 'windows-1252'];
}
