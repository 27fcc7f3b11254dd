/** The text of a file and how it was written, or why it is no text. */
export type Decoded = { text: string; encoding: string } | { problem: string };

/** By byte-order mark; else UTF-8 if all of it is valid UTF-8; else GB18030, which holds GBK and GB2312. */
export function decode(bytes: Buffer): Decoded {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decoded(bytes, 'utf-16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decoded(bytes, 'utf-16be');
  if (looksLikeUtf16(bytes)) return decoded(bytes, bytes[0] === 0 ? 'utf-16be' : 'utf-16le');
  const utf8 = decoded(bytes, 'utf-8');
  return 'text' in utf8 ? utf8 : decoded(bytes, 'gb18030');
}

function decoded(bytes: Buffer, encoding: string): Decoded {
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding };
  } catch {
    return { problem: `It is neither UTF-8, UTF-16 nor GB18030 text` };
  }
}

const SAMPLE_BYTES = 200;

/** Without a mark: digits and commas leave every second byte zero. */
function looksLikeUtf16(bytes: Buffer): boolean {
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  const zeros = sample.filter((byte) => byte === 0).length;
  return zeros > 0 && zeros >= sample.length / 10;
}
