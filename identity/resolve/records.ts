import { MillraceError } from '../../connectors/kit/errors';

/** A cell as a SELECT gives it. */
export type Cell = string | number | bigint | boolean | null;
export type InputRow = Readonly<Record<string, Cell>>;

/** A customer record of a source, or a payer's name on bank lines (kind `payer`), that asks whose it is. */
export interface CustomerRecord {
  /** <connection>:<source_id>; of a payer bank:payer:<normalised name>. */
  id: string;
  connection: string;
  sourceId: string;
  /** erp, crm, bureau or payer. */
  kind: string;
  name: string;
  shortName: string | null;
  formerNames: readonly string[];
  /** As the source writes it. */
  creditCode: string | null;
}

/** A person's decision about records, as events tell it. */
export interface Decision {
  eventId: string;
  kind: 'merged' | 'split' | 'kept_apart' | 'undone';
  records: readonly string[];
  /** The event that an undone takes back. */
  undoes: string | null;
  /** The customer that records were taken out of. */
  from: string | null;
}

const KINDS: Readonly<Record<string, Decision['kind']>> = {
  'customer.merged': 'merged',
  'customer.split': 'split',
  'customer.kept_apart': 'kept_apart',
  'customer.undone': 'undone',
};

/** Rows of the model's SELECT, told apart by `input`: record, payer or decision. Decisions come in the order of `sequence`. */
export function readRows(rows: readonly InputRow[]): { records: CustomerRecord[]; decisions: Decision[] } {
  const records = rows.filter(({ input }) => input !== 'decision').map(recordOf);
  const decisions = rows
    .filter(({ input }) => input === 'decision')
    .toSorted((one, other) => Number(one.sequence) - Number(other.sequence))
    .map(decisionOf);
  return { records: records.toSorted((one, other) => (one.id < other.id ? -1 : 1)), decisions };
}

function recordOf(row: InputRow): CustomerRecord {
  const connection = textOf(row.connection) ?? '';
  const sourceId = textOf(row.source_id) ?? '';
  return {
    id: `${connection}:${sourceId}`,
    connection,
    sourceId,
    kind: textOf(row.kind) ?? '',
    name: textOf(row.name) ?? '',
    shortName: textOf(row.short_name),
    formerNames: (textOf(row.former_names) ?? '').split('|').filter((name) => name.trim() !== ''),
    creditCode: textOf(row.credit_code),
  };
}

function decisionOf(row: InputRow): Decision {
  const eventId = textOf(row.event_id) ?? '';
  const kind = KINDS[textOf(row.kind) ?? ''];
  if (kind === undefined)
    throw new MillraceError('internal', {
      what: `No decision about customers is called ${String(row.kind)}`,
      where: `event ${eventId}`,
    });
  const body = JSON.parse(textOf(row.body) ?? '{}') as {
    records?: unknown;
    event?: unknown;
    from?: unknown;
  } | null;
  const { records, event, from } = body ?? {};
  return {
    eventId,
    kind,
    records: Array.isArray(records) ? records.filter((each): each is string => typeof each === 'string') : [],
    undoes: typeof event === 'string' ? event : null,
    from: typeof from === 'string' ? from : null,
  };
}

const textOf = (cell: Cell | undefined): string | null =>
  cell === null || cell === undefined || String(cell).trim() === '' ? null : String(cell);

/** Decisions that nobody took back, in their order. An undone may be undone itself. */
export function standing(decisions: readonly Decision[]): Decision[] {
  const gone = new Set<string>();
  for (const { eventId, kind, undoes } of decisions.toReversed())
    if (kind === 'undone' && undoes !== null && !gone.has(eventId)) gone.add(undoes);
  return decisions.filter(({ eventId, kind }) => kind !== 'undone' && !gone.has(eventId));
}
