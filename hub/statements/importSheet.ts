import { createHash } from 'node:crypto';
import { MillraceError } from '../../connectors/kit';
import { appendEvents, type NewEvent, type Session, type Warehouse } from '../../warehouse';
import type { Person } from '../access/users';
import { readSheet, type SheetRow } from '../sheets/readSheet';
import { certaintyDoubts, isDay, type SayingDay, wordProblems } from './entryRules';
import { certaintyOf, type ColumnName, dayOf, headed } from './sheetWords';
import type { ImportReport, ImportRow, StatementInput } from './statementWork';
import { madeEvent, prepare, sayingDay } from './prepare';

const HEADER_WITHIN = 20;
const MOST_ROWS = 2_000;
/** Without these a row says nothing. */
const NEEDED: readonly ColumnName[] = ['amount', 'expectedDate', 'certainty'];

interface Sheet {
  name: string;
  content: Buffer;
  apply: boolean;
}

type Said = StatementInput & { statedAt?: string };

/**
 * A sheet of statements: every row is new, known (the same was imported before) or bad with all reasons. With `apply` the new ones
 * are written, all or none; rows are kept as they were said, with doubts where the form would have refused them.
 * Errors: `file_unreadable` when there is no header row or too many rows.
 */
export async function importSheet(warehouse: Warehouse, person: Person, sheet: Sheet): Promise<ImportReport> {
  const rows = readSheet(sheet.name, sheet.content);
  const { columns, header } = headerOf(rows, sheet.name);
  const body = rows.filter(({ number }) => number > header.number);
  if (body.length > MOST_ROWS)
    throw new MillraceError('file_unreadable', {
      what: `The sheet has ${body.length} rows; at most ${MOST_ROWS} are imported at once`,
      where: `file ${sheet.name}`,
      todo: 'Split it by region or month',
    });
  const batch = `sheet-${digest([sheet.name, createHash('sha256').update(sheet.content).digest('hex')])}`;
  const report: ImportReport = {
    batch,
    columns: Object.fromEntries([...columns].map(([name, place]) => [name, header.cells[place] ?? ''])),
    rows: [],
    added: 0,
  };
  const look = async (session: Session) => {
    const looked = await lookAt(session, person, body, columns, batch);
    report.rows = looked.rows;
    return looked.events;
  };
  if (sheet.apply) report.added = await appendEvents(warehouse, [], look);
  else await look(warehouse);
  return report;
}

function headerOf(
  rows: readonly SheetRow[],
  name: string,
): { header: SheetRow; columns: Map<ColumnName, number> } {
  for (const header of rows.slice(0, HEADER_WITHIN)) {
    const columns = headed(header.cells);
    const hasSubject = (['customer', 'document', 'order'] as const).some((column) => columns.has(column));
    if (hasSubject && NEEDED.every((column) => columns.has(column))) return { header, columns };
  }
  throw new MillraceError('file_unreadable', {
    what: `No row of the first ${HEADER_WITHIN} heads customer or document, amount, expected date and certainty`,
    where: `file ${name}`,
    todo: 'Head the columns 客户 or 应收单号, 金额, 预计回款日期, 确定性; also 业务员, 依据, 填报日期',
  });
}

async function lookAt(
  session: Session,
  person: Person,
  body: readonly SheetRow[],
  columns: Map<ColumnName, number>,
  batch: string,
): Promise<{ rows: ImportRow[]; events: NewEvent[] }> {
  const day = await sayingDay(session);
  const rows: ImportRow[] = [];
  const events: NewEvent[] = [];
  const seen = new Map<string, number>();
  for (const { number, cells } of body) {
    const said = saidIn(cells, columns);
    const problems = said.problems.length > 0 ? said.problems : wordProblems(said.statement);
    if (problems.length > 0) {
      rows.push({ row: number, status: 'bad', doubts: [], problems });
      continue;
    }
    try {
      const prepared = await prepare(session, person, said.statement);
      const { stated } = prepared;
      const same = digest(['statement', prepared.threadId, ...wordsOf(said.statement)]);
      const nth = (seen.get(same) ?? 0) + 1;
      seen.set(same, nth);
      const event = madeEvent(`${same}-${nth}`, person, { ...said.statement, batch }, prepared);
      const isKnown = await isThere(session, event.eventId);
      if (!isKnown) events.push(event);
      rows.push({
        row: number,
        status: isKnown ? 'known' : 'new',
        statement: said.statement,
        doubts: [...certaintyDoubts(said.statement, dayOfSaying(said.statement, day)), ...stated.doubts],
        problems: [],
      });
    } catch (error) {
      if (!(error instanceof MillraceError) || error.code === 'internal' || error.actor === 'retry')
        throw error;
      rows.push({ row: number, status: 'bad', doubts: [], problems: [`${error.what} (${error.where})`] });
    }
  }
  return { rows, events };
}

/** The next workday after a day that the sheet tells is judged by the model; the report judges by today. */
const dayOfSaying = ({ statedAt }: Said, day: SayingDay): SayingDay =>
  statedAt === undefined ? day : { ...day, nextWorkday: '9999-12-31' };

function saidIn(
  cells: readonly string[],
  columns: Map<ColumnName, number>,
): { statement: Said; problems: string[] } {
  const cell = (name: ColumnName) => cells[columns.get(name) ?? -1]?.trim() || undefined;
  const problems: string[] = [];
  const certainty = certaintyOf(cell('certainty') ?? '');
  if (!certainty) problems.push(`“${cell('certainty') ?? ''}” is neither 预计, 承诺 nor 已确认`);
  const expectedDate = dayOf(cell('expectedDate') ?? '');
  if (expectedDate === undefined)
    problems.push(`“${cell('expectedDate') ?? ''}” is no day; write 2026-03-31`);
  const statedDay = cell('statedAt');
  const stated = statedDay === undefined ? undefined : dayOf(statedDay);
  if (statedDay !== undefined && (stated === undefined || !isDay(stated)))
    problems.push(`“${statedDay}” is no day on which it was said; write 2026-03-31`);
  const optional = {
    customer: cell('customer'),
    document: cell('document'),
    order: cell('document') === undefined ? cell('order') : undefined,
    method: cell('method'),
    evidence: cell('evidence'),
    onBehalfOf: cell('person'),
    statedAt: stated === undefined ? undefined : `${stated} 04:00:00`, // noon in Shanghai, in UTC
  };
  const statement = {
    amount: cell('amount') ?? '',
    expectedDate: expectedDate ?? '',
    certainty: certainty ?? 'expected',
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
  };
  return { statement, problems };
}

const wordsOf = ({ amount, expectedDate, certainty, evidence, method, statedAt }: Said) => [
  amount,
  expectedDate,
  certainty,
  evidence ?? '',
  method ?? '',
  statedAt ?? '',
];

async function isThere(session: Session, eventId: string): Promise<boolean> {
  const rows = await session.rows('select event_id from ops.event where event_id = ?', [eventId]);
  return rows.length > 0;
}

/**
 * Takes an import back: what stood before in a thread is said again, a thread that began with the import is withdrawn; threads in
 * which somebody spoke since stay. The rows stay in the record. Errors: `not_found`; `not_allowed` for another's import.
 */
export async function undoSheet(warehouse: Warehouse, person: Person, batch: string): Promise<number> {
  return appendEvents(warehouse, [], async (session) => {
    const rows = await session.rows(
      `select event_id, actor, subject, cast(body as varchar) as body, json_text(body, 'batch') as batch
       from ops.event where kind = 'statement.made' and subject in (
         select subject from ops.event where kind = 'statement.made' and json_text(body, 'batch') = ?)
       order by sequence`,
      [batch],
    );
    const own = rows.filter((row) => row.batch === batch);
    if (own.length === 0)
      throw new MillraceError('not_found', {
        what: `There is no import ${batch}`,
        todo: 'An import tells its name',
      });
    if (person.scope !== 'all' && own.some(({ actor }) => actor !== person.id))
      throw new MillraceError('not_allowed', { what: 'Somebody else imported this sheet', where: batch });
    const threads = new Set(own.map(({ subject }) => String(subject)));
    return [...threads].flatMap((thread) => {
      const versions = rows.filter(({ subject }) => subject === thread);
      const last = versions.at(-1);
      if (last?.batch !== batch) return [];
      const before = versions.findLast((row) => row.batch !== batch);
      const {
        batch: _batch,
        stated_at: _stated,
        ...said
      } = JSON.parse(String((before ?? last).body)) as Record<string, unknown>;
      const body = before ? said : { ...said, is_withdrawn: true };
      return [
        {
          eventId: `undo-${digest([batch, String(last.event_id)])}`,
          kind: 'statement.made',
          actor: person.id,
          subject: thread,
          body: { ...body, on_behalf_of: thread.slice(0, thread.indexOf('/')) },
          reason: `undoes ${batch}`,
        },
      ];
    });
  });
}

const digest = (parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 24);
