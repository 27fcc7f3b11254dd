import { unreadable } from './failure';

/** Where a statement and its entries stand in the text, so that each entry can be read by itself and memory stays small. */
export interface Outline {
  /** `053` and `001.02` of the message's namespace. */
  messages: { kind: Kind; version: string; line: number; statements: StatementSpan[] }[];
}

type Kind = '052' | '053' | '054';

export interface StatementSpan extends Span {
  entries: Span[];
}

interface Span {
  start: number;
  end: number;
  line: number;
}

interface Open {
  name: string;
  start: number;
  line: number;
  message?: Outline['messages'][number];
  statement?: StatementSpan;
}

const MAX_DEPTH = 64; // a statement is about 15 deep
/** ISO's urn:iso:std:iso:20022:tech:xsd:camt.053.001.08; older and national ones end alike. */
const NAMESPACE = /(?:^|[:/])camt\.(05[234])\.(001\.(?:0[1-9]|1[0-3]))(?:\.xsd)?$/;

/**
 * Walks the tags of an XML text once. Refuses what is not well nested, what declares a document type (an entity could hold a
 * file of this machine, or expand without end), what is nested deeper than any statement, and what holds no CAMT message.
 */
export function outlineOf(text: string, name: string): Outline {
  const outline: Outline = { messages: [] };
  const open: Open[] = [];
  const namespaces: { depth: number; prefix: string; uri: string }[] = [];
  const line = lineCounter(text);
  let root: string | undefined;
  for (let at = text.indexOf('<'); at >= 0; ) {
    const fail = (problem: string) => unreadable(name, line(at), problem);
    if (isDeclaration(text, at))
      throw fail('it declares a document type (DOCTYPE) or an entity, which a bank statement never does');
    const end = endOfMarkup(text, at);
    if (end < 0) throw fail('the file is cut off inside a tag');
    const [, slash, prefix = '', local = ''] =
      /^<(\/?)(?:([^\s/>:]+):)?([^\s/>:]+)/.exec(text.slice(at, at + 120)) ?? [];
    if (text.startsWith('<!--', at) || text.startsWith('<?', at) || text.startsWith('<![CDATA[', at)) {
      // no tag
    } else if (slash === '/') {
      const closed = open.pop();
      if (closed?.name !== local) throw fail(`</${local}> closes <${closed?.name ?? 'nothing'}>`);
      while ((namespaces.at(-1)?.depth ?? -1) >= open.length) namespaces.pop();
      note(outline, open, closed, end);
    } else {
      if (local === '') throw fail('a tag without a name');
      if (root !== undefined && open.length === 0) throw fail(`a second root element <${local}>`);
      if (open.length >= MAX_DEPTH) throw fail(`elements are nested deeper than ${MAX_DEPTH}`);
      const tag = text.slice(at, end);
      if (open.length < 6 && tag.includes('xmlns'))
        for (const each of declared(tag, open.length)) namespaces.push(each);
      const element = opened(open, local, at, line(at));
      if (local.startsWith('BkToCstmr')) {
        const uri = namespaces.findLast((each) => each.prefix === prefix)?.uri ?? '';
        const [, kind, version = ''] = NAMESPACE.exec(uri) ?? [];
        if (kind === undefined)
          throw fail(`<${local}> has the namespace "${uri.slice(0, 80)}", which is not CAMT`);
        element.message = { kind: kind as Kind, version, line: element.line, statements: [] };
      }
      root ??= local;
      open.push(element);
      if (tag.endsWith('/>')) {
        note(outline, open, open.pop(), end);
        while ((namespaces.at(-1)?.depth ?? -1) >= open.length) namespaces.pop();
      }
    }
    at = text.indexOf('<', end);
  }
  const left = open.at(-1);
  if (left)
    throw unreadable(
      name,
      line(text.length),
      `the file ends inside <${left.name}> of line ${left.line}: it is cut off`,
    );
  if (root === undefined) throw unreadable(name, 1, 'it is no XML');
  if (outline.messages.length === 0) {
    const uri = namespaces.at(0)?.uri ?? /xmlns="([^"]{0,80})/.exec(text.slice(0, 4_000))?.[1];
    throw unreadable(
      name,
      1,
      `its root <${root}>${uri ? ` of ${uri}` : ''} holds no statement, report or notification`,
    );
  }
  return outline;
}

function opened(open: readonly Open[], name: string, start: number, line: number): Open {
  const parent = open.at(-1);
  const element: Open = { name, start, line };
  if (parent?.message && /^(?:Stmt|Rpt|Ntfctn)$/.test(name))
    element.statement = { start, end: start, line, entries: [] };
  return element;
}

/** Keeps what has just been closed, if it is a message, a statement or an entry. */
function note(outline: Outline, open: readonly Open[], closed: Open | undefined, end: number): void {
  const parent = open.at(-1);
  if (closed?.message) outline.messages.push(closed.message);
  if (closed?.statement) parent?.message?.statements.push({ ...closed.statement, end });
  if (closed?.name === 'Ntry' && parent?.statement)
    parent.statement.entries.push({ start: closed.start, end, line: closed.line });
}

const isDeclaration = (text: string, at: number): boolean =>
  text.startsWith('<!', at) && !text.startsWith('<!--', at) && !text.startsWith('<![CDATA[', at);

/** Behind the end of the markup that begins at `at`; -1 when it has none. */
function endOfMarkup(text: string, at: number): number {
  const behind = (mark: string, from: number) => {
    const found = text.indexOf(mark, from);
    return found < 0 ? -1 : found + mark.length;
  };
  if (text.startsWith('<!--', at)) return behind('-->', at + 4);
  if (text.startsWith('<![CDATA[', at)) return behind(']]>', at + 9);
  if (text.startsWith('<?', at)) return behind('?>', at + 2);
  for (let index = at + 1; index < text.length; index += 1) {
    const sign = text[index];
    if (sign === '>') return index + 1;
    if (sign === '"' || sign === "'") {
      index = text.indexOf(sign, index + 1);
      if (index < 0) return -1;
    } else if (sign === '<') return -1;
  }
  return -1;
}

function declared(tag: string, depth: number): { depth: number; prefix: string; uri: string }[] {
  return [...tag.matchAll(/\sxmlns(?::([\w.-]+))?\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map(
    ([, prefix = '', double, single]) => ({ depth, prefix, uri: double ?? single ?? '' }),
  );
}

/** Line of an offset, from 1; offsets must not go back, so a file is counted once. */
function lineCounter(text: string): (offset: number) => number {
  let [line, next] = [1, text.indexOf('\n')];
  return (offset) => {
    while (next >= 0 && next < offset) {
      line += 1;
      next = text.indexOf('\n', next + 1);
    }
    return line;
  };
}

/** Line of one offset. */
export const lineOf = (text: string, offset: number): number => lineCounter(text)(offset);
