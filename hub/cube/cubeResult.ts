type Cell = string | number | boolean | null | object;

interface TimeDimension {
  dimension: string;
  granularity?: string;
  dateRange?: unknown;
}

interface AskedQuery {
  measures?: readonly (string | { name: string })[];
  dimensions?: readonly (string | { name: string })[];
  timeDimensions?: readonly TimeDimension[];
}

/** What Cube hands over with the rows of the database. */
export interface TransformRequest {
  aliasToMemberNameMap: Record<string, string>;
  /** Members that this user may see; one that is missing here is hidden. */
  annotation: Record<string, { type?: string }>;
  query: AskedQuery;
  queryType?: string;
  resType?: string;
}

interface Columnar {
  members: string[];
  columns: Cell[][];
}

interface OutputColumn {
  member: string;
  values: readonly Cell[];
}

/**
 * Rows of the database → rows by member name, as Cube's add-on makes them: default, compact or columnar. Throws for a
 * hidden member, also when there is no row: this is where Cube enforces `public: false`.
 */
export function transformResult(request: TransformRequest, rows: Uint8Array): unknown {
  const data = JSON.parse(Buffer.from(rows).toString('utf8')) as Columnar;
  const columns = outputColumns(request, data);
  const rowCount = data.columns[0]?.length ?? 0;
  if (request.queryType === 'compareDateRangeQuery') {
    const label = rangeLabel(request.query);
    columns.push({
      member: 'compareDateRange',
      values: Array.from({ length: rowCount }, () => label),
    });
  }
  const members = columns.map(({ member }) => member);
  if (request.resType === 'columnar') return { members, columns: columns.map(({ values }) => values) };
  const dataset = Array.from({ length: rowCount }, (_, row) =>
    columns.map(({ values }) => values[row] ?? null),
  );
  if (request.resType === 'compact') return { members, dataset };
  return dataset.map((cells) => Object.fromEntries(members.map((member, i) => [member, cells[i]])));
}

/** The query by which a client pivots the answer of several. */
export function blendedPivotQuery(
  queryType: string,
  queries: readonly Record<string, unknown>[],
): Record<string, unknown> {
  const pivot: Record<string, unknown> = { ...queries[0], queryType };
  if (queryType === 'compareDateRangeQuery') {
    pivot.dimensions = ['compareDateRange', ...listIn(pivot, 'dimensions')];
  } else if (queryType === 'blendingQuery') {
    pivot.measures = [...new Set(queries.flatMap((query) => listIn(query, 'measures')))];
    pivot.dimensions = [...new Set(queries.flatMap((query) => listIn(query, 'dimensions')))];
    const [first] = listIn(queries[0] ?? {}, 'timeDimensions') as TimeDimension[];
    pivot.timeDimensions = [{ dimension: 'time', granularity: first?.granularity }];
  }
  return pivot;
}

const listIn = (query: Record<string, unknown>, key: string): unknown[] =>
  Array.isArray(query[key]) ? query[key] : [];

/** Columns in the order of the answer. A time dimension also answers to its bare name, in its finest granularity. */
function outputColumns(request: TransformRequest, data: Columnar): OutputColumn[] {
  const { annotation, query } = request;
  if (data.members.length === 0) {
    for (const member of askedMembers(query)) if (!annotation[member]) throw hidden(member);
    return [];
  }
  const output: OutputColumn[] = [];
  const bare = new Map<string, { fineness: number; values: readonly Cell[] }>();
  data.members.forEach((alias, i) => {
    const member = request.aliasToMemberNameMap[alias];
    if (!member) throw new Error(`Member name not found for alias: '${alias}'`);
    const known = annotation[member];
    if (!known) throw hidden(member);
    const values = known.type === 'time' ? (data.columns[i] ?? []).map(timeText) : (data.columns[i] ?? []);
    output.push({ member, values });
    const [view, name, granularity] = member.split('.');
    const short = `${view}.${name}`;
    if (!granularity || query.dimensions?.includes(short)) return;
    const fineness = finenessOf(granularity);
    if (fineness <= (bare.get(short)?.fineness ?? Infinity)) bare.set(short, { fineness, values });
  });
  for (const [member, { values }] of bare) output.push({ member, values });
  return request.queryType === 'blendingQuery' ? [...output, ...blendedTime(query, output)] : output;
}

function blendedTime({ timeDimensions }: AskedQuery, output: readonly OutputColumn[]): OutputColumn[] {
  const time = timeDimensions?.[0];
  const column = output.find(({ member }) => member === `${time?.dimension}.${time?.granularity}`);
  return column ? [{ member: `time.${time?.granularity}`, values: column.values }] : [];
}

function askedMembers({ measures = [], dimensions = [], timeDimensions = [] }: AskedQuery): string[] {
  const named = [...measures, ...dimensions].map((member) =>
    typeof member === 'string' ? member : member.name,
  );
  return [...named, ...timeDimensions.map(({ dimension }) => dimension)];
}

function hidden(member: string): Error {
  return new Error(
    `You requested hidden member: '${member}'. Please make it visible using \`public: true\`.`,
  );
}

const STANDARD_ORDER = ['second', 'minute', 'hour', 'day', 'week', 'month', 'quarter', 'year'];

function finenessOf(granularity: string): number {
  const place = STANDARD_ORDER.indexOf(granularity);
  return place < 0 ? STANDARD_ORDER.length : place;
}

function rangeLabel({ timeDimensions }: AskedQuery): string {
  const range = timeDimensions?.[0]?.dateRange;
  if (!Array.isArray(range)) throw new Error('compareDateRange needs a time dimension with a date range');
  return range.join(' - ');
}

const TIME = /^(\d{4,}-\d\d-\d\d)(?:[T ](\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?)?(?:Z| UTC|[+-]\d\d(?::?\d\d)?)?$/;

/** Cube's form of a time on the wire: ISO with milliseconds and no zone. */
function timeText(value: Cell): Cell {
  if (typeof value !== 'string') return value;
  const [, day, clock, fraction] = TIME.exec(value) ?? [];
  if (!day) return value;
  return `${day}T${clock ?? '00:00:00'}.${(fraction ?? '').padEnd(3, '0').slice(0, 3)}`;
}
