import { durationMs, type Duration } from '../../connectors/kit';
import type { Row, Session } from '../../warehouse';
import type { Setup } from '../setup/setup';
import type { Freshness, SourceFreshness } from './work';

/** A source is late when its last good sync lies more than two intervals back (DAT-1). */
const LATE_AFTER_INTERVALS = 2;

export async function freshness(
  session: Session,
  setup: Pick<Setup, 'config' | 'connections' | 'asOfDate'>,
): Promise<Freshness> {
  const [generation] = await session.rows(
    'select generation, as_of_date, built_at from meta.generation order by generation desc limit 1',
  );
  const runs = await session.rows(
    `select good.connection, good.last_success_at, latest.status, latest.error
     from (
       select connection, max(ended_at) filter (where status in ('done', 'partial')) as last_success_at
       from meta.run where kind = 'sync' group by connection
     ) as good join (
       select connection, status, error, row_number() over (partition by connection order by started_at desc, run_id) as place
       from meta.run where kind = 'sync'
     ) as latest on latest.connection = good.connection and latest.place = 1`,
  );
  const sources = setup.connections.map(({ name, connector }): SourceFreshness => {
    const run = runs.find((row) => row.connection === name);
    const lastSuccessAt = instant(run?.last_success_at);
    const every = setup.config.connections[name]?.every as Duration | undefined;
    const isLate =
      lastSuccessAt === null ||
      (every !== undefined &&
        Date.now() - Date.parse(lastSuccessAt) > durationMs(every) * LATE_AFTER_INTERVALS);
    const status = String(run?.status ?? 'never');
    return {
      connection: name,
      connector: connector.name,
      label: connector.title,
      lastSuccessAt,
      newestAt: lastSuccessAt,
      late: isLate || status === 'failed',
      status,
      lastError: run?.error ? sentenceOf(String(run.error)) : null,
    };
  });
  return {
    generation: generation ? String(generation.generation) : null,
    asOf: String(generation?.as_of_date ?? setup.asOfDate()),
    builtAt: instant(generation?.built_at),
    sources,
  };
}

/** `2026-01-05 08:00:00.123` in UTC → ISO. */
function instant(value: Row[string] | undefined): string | null {
  return typeof value === 'string' ? new Date(`${value.replace(' ', 'T')}Z`).toISOString() : null;
}

function sentenceOf(stored: string): string {
  const { what, code } = JSON.parse(stored) as { what?: string; code?: string };
  return `${what ?? ''} (${code ?? 'internal'})`;
}
