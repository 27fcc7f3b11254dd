import { columnName, MillraceError } from '../../connectors/kit';
import { reasonsOf } from '../check/columns';
import { literal, type Session, type Warehouse } from '../warehouse';
import { rowsWith } from './fieldValues';
import { KINDS, LOOKS_LIKE } from './kinds';

export interface FieldPlace {
  connection: string;
  stream: string;
  field: string;
}

/** What all stored values of a proposed column look like. */
export interface Profile extends FieldPlace {
  firstSeenAt: string;
  lastSeenAt: string;
  /** Rows that have the field; of these, rows where it is null or blank. */
  rows: number;
  blankRows: number;
  distinctValues: number;
  /** What it seems to be. */
  kind: string;
  /** The share of rows with a value that fit each kind, 0 to 1, as the loader would take them; for json, lists and objects. */
  fits: Record<string, number>;
  /** The three most frequent values. */
  samples: string[];
  /** Characters. */
  shortest: number | null;
  longest: number | null;
}

/** Below this share a kind is not proposed: the field is text with some numbers in it. */
const PROPOSED_FROM = 0.95;

/** Looks at every value of a field in `_extra`. Error: `not_found` with the fields that there are. */
export async function profile(warehouse: Warehouse, place: FieldPlace): Promise<Profile> {
  const { connection, stream, field } = place;
  const seen = await sightOf(warehouse, place);
  return warehouse.transaction(async (session) => {
    await warehouse.dialect.throughDuckDb(session, {
      source: `select json_member(_extra, ${literal(field)}) as value, count(*) as records from ${rowsWith(connection, stream, field)} group by 1`,
      select: (relation) =>
        `select value, records, trim(coalesce(value, '')) = '' as is_blank, ${fitColumns().join(', ')} from ${relation}`,
      table: 'field_value',
    });
    const kinds = Object.keys(KINDS);
    const sums = kinds.flatMap((kind, index) => [
      `sum(case when fits_${index} and not is_blank then records end) as fits_${index}`,
      `sum(case when fits_${index} and looks_${index} and not is_blank then records end) as looks_${index}`,
    ]);
    const [row] = await session.rows(
      `select sum(records) as records, sum(case when is_blank then records else 0 end) as blank, count(value) as distinct_values,
         min(case when not is_blank then length(value) end) as shortest, max(case when not is_blank then length(value) end) as longest, ${sums.join(', ')}
       from field_value`,
    );
    const samples = await session.rows(
      'select value from field_value where not is_blank order by records desc, value limit 3',
    );
    await session.run('drop table field_value');
    const count = (name: string) => Number(row?.[name] ?? 0);
    const filled = count('records') - count('blank');
    const share = (name: string) => (filled === 0 ? 0 : count(name) / filled);
    const likely = kinds.find((_, index) => share(`looks_${index}`) >= PROPOSED_FROM) ?? 'text';
    const size = (name: string) => (row?.[name] == null ? null : Number(row[name]));
    return {
      ...place,
      ...seen,
      rows: count('records'),
      blankRows: count('blank'),
      distinctValues: count('distinct_values'),
      kind: likely,
      fits: Object.fromEntries(
        kinds.map((kind, index) => [kind, share(kind === 'json' ? `looks_${index}` : `fits_${index}`)]),
      ),
      samples: samples.map(({ value }) => String(value)),
      shortest: size('shortest'),
      longest: size('longest'),
    };
  });
}

/** For each kind whether the loader takes the value, and whether the value looks as if it were meant so. */
function fitColumns(): string[] {
  return Object.entries(KINDS).flatMap(([name, kind], index) => {
    const reasons = reasonsOf([{ name: 'value', column: columnName('value'), kind, isRequired: false }]);
    return [
      `${reasons} is null as fits_${index}`,
      `coalesce(${LOOKS_LIKE[name] ?? 'true'}, false) as looks_${index}`,
    ];
  });
}

async function sightOf(session: Session, { connection, stream, field }: FieldPlace) {
  const rows = await session.rows(
    'select field, first_seen_at, last_seen_at from meta.unknown_field where connection = ? and stream = ? order by field',
    [connection, stream],
  );
  const row = rows.find((one) => one.field === field);
  if (row) return { firstSeenAt: String(row.first_seen_at), lastSeenAt: String(row.last_seen_at) };
  const known = rows.map((one) => String(one.field)).join(', ');
  throw new MillraceError('not_found', {
    what: `No unknown field ${field} was seen`,
    where: `connection ${connection}, stream ${stream}`,
    todo: known ? `Fields: ${known}` : 'List them with: millrace columns list',
  });
}
