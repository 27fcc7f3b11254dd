import type { Row, Session } from '../../warehouse';
import type { Setup } from '../setup/setup';
import { freshness } from './freshness';
import type { Metric, Sample } from './prometheusText';

type Known = Pick<Setup, 'config' | 'connections' | 'asOfDate'>;

/** What operators watch (H2), all of it from meta.* and quarantine: the same figures as `millrace runs`, whichever process ran. */
export async function operatorMetrics(session: Session, setup: Known): Promise<Metric[]> {
  return [
    ...(await runMetrics(session)),
    ...(await streamMetrics(session)),
    ...(await sourceMetrics(session, setup)),
    ...(await quarantineMetrics(session)),
    ...(await bureauMetrics(session)),
    ...(await generationMetrics(session)),
  ];
}

async function runMetrics(session: Session): Promise<Metric[]> {
  const rows = await session.rows(
    `select kind, coalesce(connection, '') as connection, status, count(*) as runs,
       coalesce(sum(extract(epoch from ended_at - started_at)), 0) as seconds
     from meta.run group by kind, coalesce(connection, ''), status order by kind, connection, status`,
  );
  const labels = ['kind', 'connection', 'status'];
  return [
    counter('millrace_runs_total', 'Runs by kind, connection and status.', rows, labels, 'runs'),
    counter(
      'millrace_run_seconds_total',
      'Seconds that finished runs took.',
      rows.filter(({ status }) => status !== 'running'),
      labels,
      'seconds',
    ),
  ];
}

const OUTCOMES = ['read', 'loaded', 'unchanged', 'quarantined', 'deleted'] as const;

async function streamMetrics(session: Session): Promise<Metric[]> {
  const sums = OUTCOMES.map((outcome) => `sum(${outcome}_rows) as ${outcome}`).join(', ');
  const rows = await session.rows(
    `select connection, stream, ${sums}, sum(bytes) as bytes, sum(batches) as batches,
       coalesce(sum(extract(epoch from ended_at - started_at)), 0) as seconds
     from meta.run_stream group by connection, stream order by connection, stream`,
  );
  const labels = ['connection', 'stream'];
  return [
    {
      name: 'millrace_rows_total',
      help: 'Rows by what became of them; read = loaded + unchanged + quarantined.',
      type: 'counter',
      samples: rows.flatMap((row) =>
        OUTCOMES.map((outcome) => ({
          labels: { ...labelsOf(row, labels), outcome },
          value: valueOf(row[outcome]),
        })),
      ),
    },
    counter('millrace_bytes_total', 'Bytes that vendors sent.', rows, labels, 'bytes'),
    counter('millrace_batches_total', 'Batches committed.', rows, labels, 'batches'),
    counter('millrace_stream_seconds_total', 'Seconds that finished streams took.', rows, labels, 'seconds'),
  ];
}

async function sourceMetrics(session: Session, setup: Known): Promise<Metric[]> {
  const { sources } = await freshness(session, setup);
  const now = Date.now();
  const lag = sources.flatMap(({ connection, lastSuccessAt }): Sample[] =>
    lastSuccessAt === null
      ? [] // no sample rather than a false one: alert on `late`
      : [{ labels: { connection }, value: ((now - Date.parse(lastSuccessAt)) / 1_000).toFixed(3) }],
  );
  return [
    gauge('millrace_source_lag_seconds', 'Seconds since the last good sync of a source ended.', lag),
    gauge(
      'millrace_source_late',
      '1 when a source is late: its last good sync lies more than two intervals back, or the last one failed.',
      sources.map(({ connection, late }) => ({ labels: { connection }, value: late ? 1 : 0 })),
    ),
  ];
}

async function quarantineMetrics(session: Session): Promise<Metric[]> {
  const rows = await session.rows(
    `select connection, stream, count(*) as records, coalesce(sum(amount_cny), 0) as amount_cny
     from quarantine.record where resolved_at is null group by connection, stream order by connection, stream`,
  );
  const labels = ['connection', 'stream'];
  return [
    gauge(
      'millrace_quarantine_waiting',
      'Records that wait in quarantine.',
      samplesOf(rows, labels, 'records'),
    ),
    gauge(
      'millrace_quarantine_waiting_cny',
      'Money in the records that wait in quarantine.',
      samplesOf(rows, labels, 'amount_cny'),
    ),
  ];
}

async function bureauMetrics(session: Session): Promise<Metric[]> {
  const rows = await session.rows(
    `select connection, service, count(*) as calls, sum(price_cny) as price_cny
     from meta.bureau_call group by connection, service order by connection, service`,
  );
  const labels = ['connection', 'service'];
  return [
    counter('millrace_bureau_calls_total', 'Paid calls to credit bureaus.', rows, labels, 'calls'),
    counter('millrace_bureau_cost_cny_total', 'What paid calls cost, in CNY.', rows, labels, 'price_cny'),
  ];
}

async function generationMetrics(session: Session): Promise<Metric[]> {
  const rows = await session.rows(
    `select generation, seconds, extract(epoch from timezone('UTC', now()) - built_at) as age
     from meta.generation order by generation desc limit 1`,
  );
  return [
    gauge('millrace_generation', 'The published generation of models.', samplesOf(rows, [], 'generation')),
    gauge(
      'millrace_generation_build_seconds',
      'Seconds that it took to build.',
      samplesOf(rows, [], 'seconds'),
    ),
    gauge('millrace_generation_age_seconds', 'Seconds since it was built.', samplesOf(rows, [], 'age')),
  ];
}

const gauge = (name: string, help: string, samples: readonly Sample[]): Metric => ({
  name,
  help,
  type: 'gauge',
  samples,
});

const counter = (
  name: string,
  help: string,
  rows: readonly Row[],
  labels: readonly string[],
  value: string,
): Metric => ({ name, help, type: 'counter', samples: samplesOf(rows, labels, value) });

const samplesOf = (rows: readonly Row[], labels: readonly string[], value: string): Sample[] =>
  rows.map((row) => ({ labels: labelsOf(row, labels), value: valueOf(row[value]) }));

const labelsOf = (row: Row, labels: readonly string[]): Record<string, string> =>
  Object.fromEntries(labels.map((name) => [name, String(row[name] ?? '')]));

const valueOf = (value: Row[string] | undefined): string => String(value ?? 0);
