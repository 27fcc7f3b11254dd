import { randomUUID } from 'node:crypto';
import { MillraceError } from '../../connectors/kit';
import { appendEvents, type Row, type Session, type Warehouse } from '../../warehouse';
import { type Person, personOf } from '../access/users';
import type { Config } from '../config/schema';
import { stageSql } from '../finance/liveModels';
import type { BenchmarkInput, BenchmarkOf, BenchmarkWork } from './benchmarkWork';

/** A benchmark is the company's: it is for those who lead it. */
const ROLES: readonly string[] = ['admin', 'manager'];

/** Benchmarks over a warehouse whose models were built at least once. */
export function benchmarksOver(warehouse: Warehouse, config: Config): BenchmarkWork {
  const act = async (kind: string, of: BenchmarkOf, body: Record<string, string>, by: string) => {
    const person = await personOf(by, config, warehouse);
    mustLead(person);
    const { stage, line = '' } = of;
    await appendEvents(
      warehouse,
      [
        {
          eventId: randomUUID(),
          kind,
          actor: person.id,
          subject: line === '' ? stage : `${line} / ${stage}`,
          body: { stage, line, ...body },
        },
      ],
      (session) => mustKnow(session, of),
    );
  };
  return {
    list: () => list(warehouse),
    set: async ({ stage, line, percent, source, date }, by) => {
      await mustBePast(warehouse, date);
      const of = { stage, ...(line !== undefined && { line }) };
      await act('benchmark.set', of, { rate: shareOf(percent), source, date }, by);
    },
    remove: (of, by) => act('benchmark.removed', of, {}, by),
  };
}

/** The same over a warehouse that is opened when it is first asked for. */
export function laterBenchmarks(open: () => Promise<BenchmarkWork>): BenchmarkWork {
  return {
    list: async () => (await open()).list(),
    set: async (input: BenchmarkInput, by) => (await open()).set(input, by),
    remove: async (of: BenchmarkOf, by) => (await open()).remove(of, by),
  };
}

/** As of now, also before the next build. */
async function list(session: Session): Promise<Row[]> {
  const rows = await session.rows(
    `select connection, business_line, stage_key, stage_name, cast(benchmark_rate as varchar) as rate,
       benchmark_source as source, cast(benchmark_date as varchar) as date
     from (${stageSql()}) as stage where has_next
     order by connection, pipeline, stage_rank, stage_key`,
  );
  return rows.map(({ rate, ...row }) => ({
    ...row,
    percent: rate === null || rate === undefined ? null : percentOf(String(rate)),
  }));
}

function mustLead({ role }: Person): void {
  if (!ROLES.includes(role))
    throw new MillraceError('not_allowed', { what: 'Only a manager or an administrator sets benchmarks' });
}

async function mustKnow(session: Session, { stage, line }: BenchmarkOf): Promise<void> {
  const [found] = await session.rows(
    `select count(*) as stages from core.stage
     where (stage_key = cast(? as varchar) or stage_name = cast(? as varchar)) and (cast(? as varchar) is null or pipeline = cast(? as varchar))`,
    [stage, stage, line ?? null, line ?? null],
  );
  if (Number(found?.stages) > 0) return;
  throw new MillraceError('not_found', {
    what: `There is no stage "${stage}"${line === undefined ? '' : ` of the business line "${line}"`}`,
    todo: 'See the stages: npx millrace benchmark list',
  });
}

async function mustBePast(session: Session, date: string): Promise<void> {
  const [row] = await session.rows('select cast(? as date) > business_date(utc_now()) as is_to_come', [date]);
  if (row?.is_to_come === true)
    throw new MillraceError('bad_request', { what: `${date} is still to come: write the day of the source` });
}

/** "17.5" per cent → "0.175000", by moving the point: no number in between. */
function shareOf(percent: string): string {
  const [whole = '0', places = ''] = percent.split('.');
  const digits = `${whole.padStart(3, '0')}${places.padEnd(4, '0').slice(0, 4)}`;
  return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
}

/** "0.175000" → "17.5". */
function percentOf(rate: string): string {
  const [whole = '0', places = ''] = rate.split('.');
  const digits = `${whole}${places.padEnd(6, '0').slice(0, 6)}`;
  const shown = `${digits.slice(0, -4)}.${digits.slice(-4)}`.replace(/\.?0+$/, '');
  return shown.replace(/^0+(?=\d)/, '');
}
