import { createHash } from 'node:crypto';
import { MillraceError } from '../../connectors/kit';
import {
  appendEvents,
  noteWritten,
  type Row,
  type Session,
  type Value,
  type Warehouse,
} from '../../warehouse';
import type { Person } from '../access/users';
import { controlSheet, type ControlFigure } from './controlFile';
import type { ControlReport } from './financeWork';

const ROWS_AT_ONCE = 500;

/** The company's figures: who sees only a part of the customers sees none of them. Error: `not_allowed`. */
function mustSeeAll({ scope, role }: Person): void {
  if (scope !== 'all')
    throw new MillraceError('not_allowed', {
      what: `Control totals are the whole company's; the role ${role} sees a part of it`,
      todo: 'Ask finance',
    });
}

/**
 * Reads a sheet of the source's own figures; with `apply` keeps them, all or none, and the next build compares. The same file twice adds
 * nothing; another file for the same entity, month and measure counts instead. Errors: `file_unreadable`, `bad_request` for bad rows.
 */
export async function importControl(
  warehouse: Warehouse,
  person: Person,
  entities: readonly string[],
  { name, content, apply }: { name: string; content: Buffer; apply: boolean },
): Promise<ControlReport> {
  mustSeeAll(person);
  const importId = createHash('sha256').update(content).digest('hex');
  const { columns, figures, problems } = controlSheet(name, content, entities);
  const report: ControlReport = { importId, columns, figures: figures.length, added: 0, problems };
  if (!apply) return report;
  const [problem] = problems;
  if (problem)
    throw new MillraceError('bad_request', {
      what: `${problems.length} row${problems.length === 1 ? ' is' : 's are'} not understood, the first: ${problem.problem}`,
      where: `file ${name}, row ${problem.row}`,
      todo: 'Correct the file; nothing was kept',
    });
  await appendEvents(warehouse, [], async (session) => {
    if (await isKnown(session, importId)) return [];
    await insert(session, importId, name, person.id, figures);
    await noteWritten(session, 'ops.control_figure');
    report.added = figures.length;
    return [
      {
        eventId: `control/${importId}`,
        kind: 'control.imported',
        actor: person.id,
        subject: importId,
        body: { file: name, figures: figures.length },
      },
    ];
  });
  return report;
}

const isKnown = async (session: Session, importId: string) =>
  (await session.rows('select 1 from ops.control_figure where import_id = ? limit 1', [importId])).length > 0;

async function insert(
  session: Session,
  importId: string,
  file: string,
  by: string,
  figures: readonly ControlFigure[],
): Promise<void> {
  for (let at = 0; at < figures.length; at += ROWS_AT_ONCE) {
    const page = figures.slice(at, at + ROWS_AT_ONCE);
    const row = `(cast(? as varchar), cast(? as bigint), cast(? as varchar), cast(? as varchar), cast(? as varchar), cast(? as varchar), cast(? as varchar),
      cast(? as varchar), cast(? as varchar), cast(? as decimal(18, 2)), cast(? as bigint), cast(? as date), utc_now(), cast(? as varchar))`;
    await session.run(
      `insert into ops.control_figure (import_id, file_row, file_name, entity, month, measure, level, customer, document_number,
         amount_cny, document_count, closed_date, imported_at, imported_by) values ${page.map(() => row).join(', ')}`,
      page.flatMap((figure): Value[] => [
        importId,
        figure.row,
        file,
        figure.entity,
        figure.month,
        figure.measure,
        figure.level,
        figure.customer,
        figure.document,
        figure.amount,
        figure.count,
        figure.closedDate,
        by,
      ]),
    );
  }
}

/** DAT-4 as last built: totals, and the documents that differ of a month or an entity. */
export async function controlTotals(
  session: Session,
  person: Person,
  { month, entity }: { month?: string; entity?: string },
): Promise<{ totals: Row[]; differences: Row[] }> {
  mustSeeAll(person);
  const only = [
    month === undefined ? '' : ' and month = ?',
    entity === undefined ? '' : ' and entity = ?',
  ].join('');
  const values = [month, entity].filter((value) => value !== undefined);
  const totals = await session.rows(
    `select entity, month, measure, here_cny, there_cny, difference_cny, explained_cny, unexplained_cny, here_documents, there_documents,
       differing_documents, state, cast(closed_date as varchar) as closed_date, file_name
     from marts.control_total where true${only} order by month desc, entity, measure`,
    values,
  );
  const differences = await session.rows(
    `select entity, month, measure, kind, document_number, customer_name, here_cny, there_cny, difference_cny, other_month,
       cast(recorded_date as varchar) as recorded_date
     from marts.control_difference where true${only} order by month desc, entity, measure, abs(difference_cny) desc, document_number`,
    values,
  );
  return { totals, differences };
}
