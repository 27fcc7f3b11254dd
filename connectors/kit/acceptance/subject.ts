import type { Connector, OpenSource, Page, Stream } from '../contract';
import { secretsIn } from '../fields';
import { createKit } from '../kit';
import { linesOf, type Row } from '../records';
import type { Fault } from '../sandbox';

/** A connector over its own sandbox, as the acceptance checks drive it. Made anew, and empty, for every check. */
export interface AcceptanceSubject {
  config: Record<string, unknown>;
  /** The same with a bad password or key. */
  wrongConfig: Record<string, unknown>;
  /** Name of the stream to exercise; the vendor's side of it is what the functions below fill and change. */
  stream: string;
  /** Records of a full page with this config; keep it small. */
  pageRows: number;
  /** Creates `count` more records; `sameCursor` gives all of them one cursor value. */
  seed(count: number, options?: { sameCursor?: boolean }): void;
  /**
   * Changes records now, as a user of the vendor would: their cursor becomes the newest of all. With `isLate` the change
   * committed late: its cursor lies before the newest one that was read, but inside the stream's overlap.
   */
  touch(keys: readonly string[], options?: { isLate?: boolean }): void;
  remove(keys: readonly string[]): void;
  /** Creates a record that breaks the contract (an amount that is no number) and gives its key. */
  addBadRow(): string;
  inject(fault: Fault, options?: { after?: number; times?: number }): void;
  /** Takes the right to read the stream away from the config's user. */
  forbid(): void;
  /** Keys of all records that exist, their values joined by '|'. */
  recordsAtVendor(): string[];
  /** How often somebody tried to log in. A vendor without login: requests in all. */
  loginAttempts(): number;
  /** What the vendor says in a `business_error`. */
  businessWords: RegExp;
  /** Milliseconds that a `throttled` answer asks for; 0 when the vendor names no time. */
  throttledForMs: number;
  /** Checks that cannot be made with this vendor, each with the reason. */
  notApplicable?: Readonly<Partial<Record<string, string>>>;
  close(): Promise<void>;
}

export type OpenSubject = () => Promise<AcceptanceSubject>;

/** What a check is given: the subject and shortcuts that open and read the connector. */
export interface Bench {
  connector: Connector;
  subject: AcceptanceSubject;
  open(config?: Record<string, unknown>): Promise<OpenSource>;
  /** Everything from `state` on, until the connector says that there is nothing more. */
  read(state?: unknown): Promise<Reading>;
  stream(source: OpenSource): Stream;
}

/** What a read gave: records by key (the last version wins), how many there were, and the state after each page. */
export interface Reading {
  rows: Map<string, Row>;
  count: number;
  pages: { keys: string[]; state: unknown }[];
  state: unknown;
}

export interface AcceptanceCheck {
  name: string;
  /** Throws when the connector does not do what the name says. */
  run(bench: Bench): Promise<void>;
}

const MAX_PAGES = 1_000;
const RETRY_MS = 1;

export function benchOf(connector: Connector, subject: AcceptanceSubject): Bench {
  const opened: OpenSource[] = [];
  const bench: Bench = {
    connector,
    subject,
    async open(config = subject.config) {
      const secrets = secretsIn(connector.spec, config);
      const kit = createKit({ connection: 'acceptance', secrets, retryMs: RETRY_MS });
      const source = await connector.connect(config, kit);
      opened.push(source);
      return source;
    },
    async read(state) {
      const source = await bench.open();
      return readAll(source, bench.stream(source), state);
    },
    stream(source) {
      const stream = source.streams.find(({ name }) => name === subject.stream);
      if (!stream) throw new Error(`the config gives no stream ${subject.stream}`);
      return stream;
    },
  };
  return bench;
}

export async function readAll(source: OpenSource, stream: Stream, from?: unknown): Promise<Reading> {
  const reading: Reading = { rows: new Map(), count: 0, pages: [], state: from };
  for await (const page of source.read(stream, from, {})) {
    addPage(reading, stream, page);
    if (reading.pages.length > MAX_PAGES) throw new Error('the connector does not come to an end');
  }
  return reading;
}

/** States go through JSON, as they do in the warehouse. */
export function addPage(reading: Reading, stream: Stream, page: Page): void {
  const rows = rowsOf(page);
  const keys = rows.map((row) => keyOf(stream, row));
  rows.forEach((row, index) => reading.rows.set(keys[index] ?? '', row));
  reading.count += rows.length;
  reading.state = JSON.parse(JSON.stringify(page.state)) as unknown;
  reading.pages.push({ keys, state: reading.state });
}

const keyOf = (stream: Stream, row: Row): string => stream.key.map((field) => String(row[field])).join('|');

function rowsOf({ records }: Page): Row[] {
  const lines = linesOf(records).toString('utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Row);
}

export function assert(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Error(otherwise);
}

/** Every record at the vendor was read, nothing else, and (unless changes made it likely) none of them twice. */
export function assertAllOnce({ rows, count }: Reading, subject: AcceptanceSubject): void {
  assertSame(rows.keys(), subject.recordsAtVendor());
  assert(count === rows.size, `${count} records came for ${rows.size} keys: some came twice`);
}

export function assertSame(read: Iterable<string>, expected: readonly string[]): void {
  const got = new Set(read);
  const wanted = new Set(expected);
  const lost = [...wanted].filter((key) => !got.has(key));
  const unknown = [...got].filter((key) => !wanted.has(key));
  assert(lost.length === 0, `${lost.length} of ${wanted.size} records are lost, for example ${lost[0]}`);
  assert(
    unknown.length === 0,
    `${unknown.length} records that the vendor does not have, for example ${unknown[0]}`,
  );
}
