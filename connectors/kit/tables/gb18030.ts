/**
 * Text as GB18030, as banks write it; Node can read it but not write it. Two-byte characters only: what is beyond them
 * (rare characters of names) is refused rather than replaced.
 */
export function encodeGb18030(text: string): Buffer {
  const bytes: number[] = [];
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    if (code < 0x80) bytes.push(code);
    else {
      const pair = pairs().get(char);
      if (pair === undefined) throw new Error(`no two bytes for ${char}`);
      bytes.push(pair >> 8, pair & 0xff);
    }
  }
  return Buffer.from(bytes);
}

let known: Map<string, number> | undefined;

/** Character → its two bytes, from what the decoder says of every pair. */
function pairs(): Map<string, number> {
  if (known) return known;
  known = new Map();
  const decoder = new TextDecoder('gb18030');
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const char = decoder.decode(Uint8Array.of(lead, trail));
      if (trail !== 0x7f && [...char].length === 1 && char !== '\ufffd') known.set(char, (lead << 8) | trail);
    }
  }
  return known;
}
