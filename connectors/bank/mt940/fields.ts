/** A tagged field of an MT940 message with the lines that follow it. */
export interface Field {
  /** Without colons: `20`, `60F`, `61`, `86`, `NS`. */
  tag: string;
  line: number;
  lines: { line: number; text: string }[];
}

/** What stands in a file, in its order. */
export type Part =
  | { kind: 'field'; field: Field }
  /** `-` or `-}`: the message ends here. */
  | { kind: 'end'; line: number }
  /** The message type of block 2, such as 940 or 942. */
  | { kind: 'type'; line: number; type: string }
  /** What belongs to no field: header lines of the bank, envelope blocks, text before the first message. */
  | { kind: 'other'; line: number; name: string; text: string };

const KNOWN = new Set(
  ['20', '21', '25', '25P', '28', '28C', '60F', '60M', '61', '86', '62F', '62M', '64', '65', 'NS'].concat(
    ['34F', '13', '13D', '90C', '90D', '940', '942'], // MT942; Rabobank opens its file with :940:
  ),
);
const ONE_LINE = new Set([...KNOWN].filter((tag) => !['61', '86', 'NS'].includes(tag)));
const TAG = /^[ \t]*:(\d{2}[A-Z]?|NS|94[02]):(.*)$/s;
const ENVELOPE = /^\{[1-5S]:/;
const CONTROL = /[^\P{Cc}\t]|\ufeff/gu; // all but the tab

/** Takes a file apart. Every line that is not blank is in exactly one part. */
export function partsOf(text: string): Part[] {
  const lines = text.split(/\r\n|\r|\n/).map((raw, index) => ({ line: index + 1, text: printable(raw) }));
  const followers = tagsBehind(lines);
  const parts: Part[] = [];
  let open: Field | undefined;
  lines.forEach(({ line, text: whole }, index) => {
    let rest = whole;
    if (rest.trim() === '') {
      if (open?.tag === '86') open.lines.push({ line, text: '' }); // parts the text, SNS
      return;
    }
    if (isEnd(rest) && endsMessage(followers[index])) {
      parts.push({ kind: 'end', line });
      open = undefined;
      rest = rest.slice(1);
      if (!rest.startsWith('}')) return;
      rest = rest.slice(1).trim();
      if (rest === '') return;
    }
    if (ENVELOPE.test(rest)) {
      const type = /\{2:[IO](\d{3})/.exec(rest)?.[1];
      if (type !== undefined) parts.push({ kind: 'type', line, type });
      parts.push({ kind: 'other', line, name: 'envelope', text: '' });
      open = undefined;
      rest = /\{4:(.*)$/.exec(rest)?.[1] ?? '';
      if (rest.trim() === '') return;
    }
    const [, tag, content = ''] = TAG.exec(rest) ?? [];
    if (tag !== undefined && KNOWN.has(tag)) {
      open = { tag, line, lines: [{ line, text: content }] };
      parts.push({ kind: 'field', field: open });
      return;
    }
    const isText = open !== undefined && !ONE_LINE.has(open.tag);
    if (tag !== undefined)
      parts.push({ kind: 'other', line, name: `unknown tag :${tag}:`, text: isText ? '' : rest });
    if (open !== undefined && isText) {
      open.lines.push({ line, text: rest }); // an unknown tag may be text that the bank wrapped: 13\n:12:11
    } else if (tag === undefined) {
      const type = /^94[02](?=\s|$)/.exec(rest.trim())?.[0];
      if (type !== undefined) parts.push({ kind: 'type', line, type });
      parts.push({
        kind: 'other',
        line,
        name: open === undefined ? 'header' : `text behind :${open.tag}:`,
        text: rest,
      });
    }
  });
  return parts;
}

/** Without control characters at its ends, where mBank wraps a message in 01 and 03; inside, one stands for a lost character. */
function printable(line: string): string {
  const text = line.replace(CONTROL, '\ufffd');
  if (text === line) return line;
  const isLost = (index: number) => text[index] === '\ufffd' && line[index] !== '\ufffd';
  let [start, end] = [0, text.length];
  while (start < end && isLost(start)) start += 1;
  while (end > start && isLost(end - 1)) end -= 1;
  return text.slice(start, end);
}

const isEnd = (text: string): boolean => /^-(?:\}.*|XXX)?$/.test(text.trimEnd());

/** A single dash may also be the rest of a wrapped text: it ends a message only where another begins, or nothing follows. */
const endsMessage = (follower: string | undefined): boolean =>
  follower === undefined || ['{', '20', '25', '940', '942'].includes(follower);

/** For each line the tag that follows it, `{` for an envelope. */
function tagsBehind(lines: readonly { text: string }[]): (string | undefined)[] {
  const behind: (string | undefined)[] = [];
  let next: string | undefined;
  for (let index = lines.length - 1; index >= 0; index -= 1) {
    behind[index] = next;
    const text = lines[index]?.text ?? '';
    next = ENVELOPE.test(text) ? '{' : (TAG.exec(text)?.[1] ?? next);
  }
  return behind;
}
