import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Row } from '../../kit';
import { rowsOf } from '../../kit/tables';
import { longId } from '../ids';
import { type SalesforceSandbox, timeText } from '.';

type Cells = Record<string, string>;

/** The file of each object, and fields whose names are not the column's words joined (account_id → AccountId). */
const SEEDS: readonly { object: string; file: string }[] = [
  { object: 'User', file: 'user' },
  { object: 'Account', file: 'account' },
  { object: 'Contact', file: 'contact' },
  { object: 'Lead', file: 'lead' },
  { object: 'Opportunity', file: 'opportunity' },
  { object: 'Task', file: 'task' },
  { object: 'Event', file: 'event' },
];
const FLAGS = /^(is_|has_)/;
const NUMBERS = /^(amount|probability|annual_revenue)$/;
const DAYS = new Set(['close_date', 'activity_date', 'converted_date']);

/**
 * Fills the sandbox with the seed files of a folder (connectors/salesforce/fixtures): extracts of real orgs whose texts were hashed by
 * their publisher. Times are written as the API writes them; what an extract lacks is made up here: SystemModstamp from the time of
 * the extract, the stages from those that opportunities are in, OpportunityHistory from the versions in opportunity_history.
 */
export function seedFrom(folder: string, sandbox: SalesforceSandbox): void {
  const read = (file: string) => cellsOf(join(folder, `sf_${file}_data.csv`));
  for (const { object, file } of SEEDS) sandbox.seed(object, read(file).map(recordOf));
  const versions = read('opportunity_history');
  sandbox.seed(
    'OpportunityHistory',
    versions.map((cells, index) => ({
      Id: longId(`008${String(index + 1).padStart(12, '0')}`),
      OpportunityId: cells.id,
      StageName: stageOf(cells.stage_name ?? ''),
      Amount: cells.amount ? Number(cells.amount) : null,
      CloseDate: (cells.close_date ?? '').slice(0, 10),
      CreatedById: null,
      CreatedDate: timeOf(cells._fivetran_start ?? ''),
    })),
  );
  const stages = new Map(read('opportunity').map((cells) => [stageOf(cells.stage_name ?? ''), cells]));
  sandbox.seed(
    'OpportunityStage',
    [...stages].map(([label, { is_won, is_closed }], index) => ({
      Id: longId(`01J${String(index + 1).padStart(12, '0')}`),
      ApiName: label,
      MasterLabel: label,
      SortOrder: index + 1,
      IsActive: true,
      SystemModstamp: '2018-10-31T00:00:00.000+0000',
      IsClosed: is_closed === 'true',
      IsWon: is_won === 'true',
    })),
  );
}

/** The two files hash the same stage with and without padding. */
const stageOf = (hash: string): string => hash.replace(/=+$/, '');

function cellsOf(file: string): Cells[] {
  const [header, ...rows] = rowsOf(readFileSync(file, 'utf8'));
  return rows.map(({ cells }) =>
    Object.fromEntries((header?.cells ?? []).map((name, index) => [name, cells[index] ?? ''])),
  );
}

function recordOf(cells: Cells): Row {
  const fields = Object.entries(cells).flatMap(([column, text]): [string, unknown][] =>
    column.startsWith('_') || column.endsWith('_c') ? [] : [[fieldName(column), valueOf(column, text)]],
  );
  const record: Row = Object.fromEntries(fields);
  if (typeof record.StageName === 'string') record.StageName = stageOf(record.StageName);
  const extracted = timeOf(cells._fivetran_synced ?? '');
  return {
    ...record,
    CreatedDate: record.CreatedDate ?? extracted,
    SystemModstamp: record.SystemModstamp ?? extracted,
  };
}

const fieldName = (column: string): string =>
  column === 'system_modstamp'
    ? 'SystemModstamp'
    : column.replace(/(?:^|_)([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());

function valueOf(column: string, text: string): unknown {
  if (FLAGS.test(column)) return text.toLowerCase() === 'true';
  if (text === '') return null;
  if (NUMBERS.test(column)) return Number(text);
  if (DAYS.has(column)) return text.slice(0, 10);
  return /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text) ? timeOf(text) : text;
}

const timeOf = (text: string): string => timeText(new Date(`${text.replace(' ', 'T')}Z`));
