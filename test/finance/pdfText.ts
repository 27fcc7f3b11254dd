import { inflateSync } from 'node:zlib';

/**
 * The text of a PDF that pdfkit wrote, in the order it was drawn, one piece a line: glyph ids through each font's ToUnicode map. A
 * second method: nothing of the writer is used.
 */
export function pdfText(pdf: Buffer): string[] {
  const objects = objectsOf(pdf);
  const fonts = new Map<string, Map<string, string>>();
  for (const { head } of objects.values()) {
    for (const [, name = '', font = ''] of head.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const map = /\/ToUnicode (\d+) 0 R/.exec(objects.get(font)?.head ?? '')?.[1];
      if (map) fonts.set(name, unicodeOf(objects.get(map)?.stream ?? ''));
    }
  }
  return [...objects.values()].flatMap(({ stream }) =>
    /\bBT\b/.test(stream) ? piecesOf(stream, fonts) : [],
  );
}

interface PdfObject {
  head: string;
  stream: string;
}

function objectsOf(pdf: Buffer): Map<string, PdfObject> {
  const text = pdf.toString('latin1');
  const objects = new Map<string, PdfObject>();
  for (const match of text.matchAll(/^(\d+) 0 obj\n/gm)) {
    const from = match.index + match[0].length;
    const end = text.indexOf('\nendobj', from);
    const streamAt = text.indexOf('stream\n', from);
    const hasStream = streamAt >= 0 && streamAt < end;
    const head = text.slice(from, hasStream ? streamAt : end);
    const length = Number(/\/Length (\d+)/.exec(head)?.[1] ?? 0);
    const bytes = hasStream ? pdf.subarray(streamAt + 7, streamAt + 7 + length) : Buffer.alloc(0);
    const stream = head.includes('/FlateDecode')
      ? inflateSync(bytes).toString('latin1')
      : bytes.toString('latin1');
    objects.set(match[1] ?? '', { head, stream });
  }
  return objects;
}

function unicodeOf(cmap: string): Map<string, string> {
  const map = new Map<string, string>();
  for (const [, from = '', , list = ''] of cmap.matchAll(/<([0-9a-f]{4})> <([0-9a-f]{4})> \[([^\]]*)\]/gi)) {
    [...list.matchAll(/<([0-9a-f ]+)>/gi)].forEach(([, hex = ''], place) => {
      const glyph = (Number.parseInt(from, 16) + place).toString(16).padStart(4, '0');
      map.set(glyph, Buffer.from(hex.replaceAll(' ', ''), 'hex').swap16().toString('utf16le'));
    });
  }
  return map;
}

function piecesOf(stream: string, fonts: Map<string, Map<string, string>>): string[] {
  let font: Map<string, string> | undefined;
  const pieces: string[] = [];
  for (const [, name, shown] of stream.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
    if (name !== undefined) font = fonts.get(name);
    else {
      const glyphs = [...(shown ?? '').matchAll(/<([0-9a-f]*)>/gi)].map(([, hex = '']) => hex).join('');
      pieces.push(
        (glyphs.match(/.{4}/g) ?? []).map((glyph) => font?.get(glyph.toLowerCase()) ?? '?').join(''),
      );
    }
  }
  return pieces;
}
