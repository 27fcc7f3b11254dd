import { type Duration, durationMs } from '../../connectors/kit';
import type { Row, Session } from '../../warehouse';
import type { Config } from '../config/schema';
import type { Completeness, Section, SectionName, SourceState } from './customer360Work';
import { ENTITIES, OF_THE_HUB } from './sections';

/** A source is late when its last good sync lies more than two intervals back (DAT-1), as on the freshness line. */
const LATE_AFTER_INTERVALS = 2;
const WORST: readonly Completeness[] = ['failed', 'late', 'complete'];

/** Of each section: which connections feed it, and how their last reads went. */
export async function sourceStates(
  session: Session,
  config: Pick<Config, 'connections'>,
  now = Date.now(),
): Promise<(section: SectionName) => Omit<Section, 'lists'>> {
  const rows = await session.rows(
    `with run as (
       select connection, status, ended_at, row_number() over (partition by connection order by started_at desc, run_id) as place
       from meta.run where kind = 'sync'
     ),
     good as (select connection, max(ended_at) as ended_at from run where status in ('done', 'partial') group by connection)
     select distinct replace(source.model, 'staging.', '') as entity, split_part(source.source, '.', 1) as connection, run.status,
       cast(good.ended_at as varchar) as last_success_at
     from meta.model_source as source
     left join run on run.connection = split_part(source.source, '.', 1) and run.place = 1
     left join good on good.connection = run.connection
     where source.kind = 'stream' and source.model like 'staging.%'
     order by connection`,
  );
  return (section) => stateOf(section, rows, config, now);
}

function stateOf(
  section: SectionName,
  rows: readonly Row[],
  { connections }: Pick<Config, 'connections'>,
  now: number,
): Omit<Section, 'lists'> {
  const entities = ENTITIES[section];
  const found = new Map<string, SourceState>();
  for (const row of rows) {
    if (!entities.includes(String(row.entity))) continue;
    const connection = String(row.connection);
    const lastSuccessAt = instant(row.last_success_at);
    const every = connections[connection]?.every as Duration | undefined;
    const isLate =
      every !== undefined &&
      lastSuccessAt !== null &&
      now - Date.parse(lastSuccessAt) > durationMs(every) * LATE_AFTER_INTERVALS;
    const completeness =
      row.status === 'failed' || lastSuccessAt === null ? 'failed' : isLate ? 'late' : 'complete';
    found.set(connection, { connection, lastSuccessAt, completeness });
  }
  const sources = [...found.values()];
  const isOfHub = entities.length === 0 || OF_THE_HUB.includes(section);
  const worst = WORST.find((one) => sources.some(({ completeness }) => completeness === one));
  const reads = sources.map(({ lastSuccessAt }) => lastSuccessAt).filter((at) => at !== null);
  return {
    completeness: worst ?? (isOfHub ? 'complete' : 'not_connected'),
    readAt: reads.length > 0 ? reads.reduce((one, other) => (one < other ? one : other)) : null,
    sources,
  };
}

/** `2026-01-05 08:00:00.123` in UTC → ISO. */
const instant = (value: Row[string] | undefined): string | null =>
  typeof value === 'string' ? new Date(`${value.replace(' ', 'T')}Z`).toISOString() : null;
