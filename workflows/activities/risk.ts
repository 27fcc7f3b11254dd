import { MillraceError, type PaidPlan } from '../../connectors/kit';
import { noteWritten, type Session, type Warehouse } from '../../warehouse';
import type { RiskCounts } from '../messages';
import { withHeartbeats } from './heartbeats';
import type { Host } from './host';
import { withSource } from './openStream';
import { raiseSuggestions } from './raiseSuggestions';
import { newRiskEvents } from './riskSuggestions';
import { toFailure } from './toFailure';

export function riskActivities(host: Host) {
  const { warehouse } = host;
  return {
    /** What a run would ask without caps; writes down prices and periods for the models that say when a check is due. */
    async planRisk({ connection }: { connection: string }): Promise<RiskCounts> {
      try {
        const plan = await planOfConnection(host, connection);
        await keepServices(warehouse, connection, plan);
        return countsOf(plan);
      } catch (error) {
        throw toFailure(error, (text) => host.redact(connection, text));
      }
    },

    /** What a run has booked. */
    async paidInRun({ connection, runId }: { connection: string; runId: string }): Promise<RiskCounts> {
      const [row] = await warehouse.rows(
        `select coalesce(max(calls), 0) as calls, cast(cast(coalesce(max(cost_cny), 0) as decimal(18, 2)) as varchar) as cost_cny,
           (select count(distinct subject) from ops.bureau_answer where connection = ? and run_id = ?) as companies
         from ops.bureau_run where connection = ? and run_id = ?`,
        [connection, runId, connection, runId],
      );
      return {
        companies: Number(row?.companies ?? 0),
        calls: Number(row?.calls ?? 0),
        costCny: String(row?.cost_cny ?? '0.00'),
      };
    },

    /** Tells owner and manager of every new event that nobody was told of; gives how many suggestions that made. */
    async raiseRiskEvents({ runId }: { runId: string }): Promise<number> {
      try {
        return await withHeartbeats(
          () => runId,
          () => raiseSuggestions(warehouse, newRiskEvents),
        );
      } catch (error) {
        throw toFailure(error);
      }
    },
  };
}

/** The plan of a connection from where its stream stands. Errors: `not_allowed` for a source whose calls cost nothing. */
export async function planOfConnection(host: Host, connection: string): Promise<PaidPlan> {
  return withSource(host, connection, undefined, async (source) => {
    const [stream] = source.streams;
    if (!source.plan || !stream)
      throw new MillraceError('not_allowed', {
        what: `Calls of ${connection} cost nothing: there is nothing to plan`,
        where: `connection ${connection}`,
        todo: 'Name a connection of a credit bureau',
      });
    const { state } = await host.warehouse.streamState(connection, stream.name);
    return source.plan(stream, state);
  });
}

function countsOf({ services, companies }: PaidPlan): RiskCounts {
  return {
    companies: companies.length,
    calls: services.reduce((sum, { calls }) => sum + calls, 0),
    costCny: sumOf(services.map(({ costCny }) => costCny)),
  };
}

const HUNDRED = 100n;

/** Adds amounts of two decimals exactly. */
function sumOf(amounts: readonly string[]): string {
  const cents = amounts.reduce((sum, amount) => sum + BigInt(amount.replace('.', '')), 0n);
  return `${cents / HUNDRED}.${String(cents % HUNDRED).padStart(2, '0')}`;
}

async function keepServices(warehouse: Warehouse, connection: string, { services }: PaidPlan): Promise<void> {
  const wanted = services.map(
    ({ service, priceCny, refreshDays }) => `${service} ${priceCny} ${refreshDays}`,
  );
  await warehouse.transaction(async (session: Session) => {
    const rows = await session.rows(
      `select service || ' ' || cast(cast(price_cny as decimal(18, 2)) as varchar) || ' ' || cast(refresh_days as varchar) as text
       from ops.bureau_service where connection = ?`,
      [connection],
    );
    const there = rows.map(({ text }) => String(text)).sort();
    if (JSON.stringify(there) === JSON.stringify(wanted.sort())) return;
    await session.run('delete from ops.bureau_service where connection = ?', [connection]);
    for (const { service, priceCny, refreshDays } of services)
      await session.run(
        'insert into ops.bureau_service values (?, ?, cast(? as decimal(18, 4)), cast(? as int))',
        [connection, service, priceCny, refreshDays],
      );
    await noteWritten(session, 'ops.bureau_service');
  });
}
