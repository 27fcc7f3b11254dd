/**
 * Text in GB18030, as Chinese banks write their files; Node decodes it and does not encode it. The two-byte part (GBK) is
 * turned around from the decoder once; a character outside it is refused, since no bank of the demo writes one.
 */
export function gb18030(text: string): Buffer {
  const bytes = Buffer.alloc(text.length * 2);
  let length = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) {
      bytes[length++] = code;
      continue;
    }
    const pair = pairs().get(character);
    if (pair === undefined) throw new Error(`no two-byte GB18030 code for ${character}`);
    bytes[length++] = pair >> 8;
    bytes[length++] = pair & 0xff;
  }
  return bytes.subarray(0, length);
}

let known: Map<string, number> | undefined;

function pairs(): Map<string, number> {
  if (known) return known;
  known = new Map();
  const decoder = new TextDecoder('gb18030');
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      if (trail === 0x7f) continue;
      const character = decoder.decode(Uint8Array.of(lead, trail));
      if (character.length === 1 && character !== '\ufffd' && !known.has(character)) known.set(character, (lead << 8) | trail);
    }
  }
  return known;
}
