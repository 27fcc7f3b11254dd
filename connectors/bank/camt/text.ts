import { unreadable } from './failure';
import { lineOf } from './outline';

/** Text of an XML file: by byte-order mark, else by the encoding that its declaration names, else UTF-8. */
export function textOf(bytes: Buffer, name: string): { text: string; encoding: string } {
  const encoding = encodingOf(bytes);
  const decoder = decoderOf(encoding, name);
  try {
    return { text: decoder.decode(bytes), encoding: decoder.encoding };
  } catch (cause) {
    const text = new TextDecoder(encoding).decode(bytes);
    throw unreadable(name, lineOf(text, text.indexOf('\ufffd')), `it is not ${encoding} text`, cause);
  }
}

function decoderOf(encoding: string, name: string) {
  try {
    return new TextDecoder(encoding, { fatal: true });
  } catch (cause) {
    throw unreadable(name, 1, `its encoding ${encoding} is not known`, cause);
  }
}

function encodingOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes[0] === 0x3c && bytes[1] === 0) return 'utf-16le';
  if (bytes[0] === 0 && bytes[1] === 0x3c) return 'utf-16be';
  const declaration = /^\s*<\?xml[^>]*?\bencoding\s*=\s*["']([A-Za-z0-9._-]+)["']/;
  const declared = declaration.exec(
    bytes
      .subarray(0, 200)
      .toString('latin1')
      .replace(/^\u00ef\u00bb\u00bf/, ''),
  );
  const label = declared?.[1]?.toLowerCase() ?? 'utf-8';
  return label.startsWith('utf-16') ? 'utf-8' : label; // without a mark and with one byte a character it cannot be UTF-16
}
