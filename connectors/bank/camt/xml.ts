import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { unreadable } from './failure';

/** An element: its text when it holds nothing else, else its children by name, `@` before attributes. */
export type Element = string | { [name: string]: Element | Element[] };

/** Numbers stay text: 5442.09000 is not 5442.09 before we say so. Entities are ours, see `decoded`. */
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
  cdataPropName: '#cdata',
});

/** Reads one element with what is in it. `line`: where it begins, for the error of one that is not well formed. */
export function elementOf(xml: string, fileName: string, line: number): Element {
  const valid = XMLValidator.validate(xml);
  if (valid !== true)
    throw unreadable(
      fileName,
      line + valid.err.line - 1,
      `it is no well-formed XML: ${valid.err.msg.slice(0, 120)}`,
    );
  const parsed = parser.parse(xml) as { [name: string]: Element };
  return Object.values(parsed)[0] ?? '';
}

/** All children on a path; each step may occur several times. */
export function all(element: Element | undefined, ...path: string[]): Element[] {
  return path.reduce<Element[]>(
    (found, name) =>
      found.flatMap((each) => {
        const child = typeof each === 'string' ? undefined : each[name];
        return child === undefined ? [] : Array.isArray(child) ? child : [child];
      }),
    element === undefined ? [] : [element],
  );
}

/** The first child on a path. */
export const first = (element: Element | undefined, ...path: string[]): Element | undefined =>
  all(element, ...path)[0];

/** The only child on a path; undefined when there is none or, where one must be, several. */
export function only(element: Element | undefined, ...path: string[]): Element | undefined {
  const found = all(element, ...path);
  return found.length === 1 ? found[0] : undefined;
}

/** Text of the first child on a path that has some, blanks made single. */
export function text(element: Element | undefined, ...path: string[]): string | null {
  for (const each of all(element, ...path)) {
    const own = ownText(each).replace(UNPRINTABLE, '\ufffd').replace(/\s+/g, ' ').trim();
    if (own !== '') return own;
  }
  return null;
}

export function attribute(element: Element | undefined, name: string): string | null {
  const value = element === undefined || typeof element === 'string' ? undefined : element[`@${name}`];
  return typeof value === 'string' && value.trim() !== '' ? decoded(value).trim() : null;
}

function ownText(element: Element): string {
  if (typeof element === 'string') return decoded(element);
  const parts = ['#text', '#cdata'].flatMap((name) => element[name] ?? []);
  return parts
    .map((part, index) =>
      typeof part !== 'string' ? '' : index === 0 && '#text' in element ? decoded(part) : part,
    )
    .join('');
}

const UNPRINTABLE = /[^\P{Cc}\t\n\r]/gu; // no database takes them
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** XML's five entities and character numbers. No others exist without a document type, and we refuse those. */
const decoded = (raw: string): string =>
  raw.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|quot|apos));/gi,
    (whole, decimal?: string, hex?: string, named?: string) => {
      if (named !== undefined) return NAMED[named.toLowerCase()] ?? whole;
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
      const isCharacter = code >= 32 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
      return isCharacter ? String.fromCodePoint(code) : ' ';
    },
  );
