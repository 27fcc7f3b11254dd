import { type MatchCounts, runMatching } from '../../matching';
import { withHeartbeats } from './heartbeats';
import type { Host } from './host';
import { toFailure } from './toFailure';

/** Models whose change can change what a bank line pays. */
const DECIDING = ['core.bank_transaction', 'core.item_balance', 'core.receipt_bank_line'];

export function matchActivities(host: Host) {
  const { warehouse, options } = host;
  return {
    /** Matches what is open; null where the generation named by the sync changed neither lines nor items, or nothing is built yet. */
    async applyMatches(request: { runId: string; generation?: number }): Promise<MatchCounts | null> {
      const { runId, generation } = request;
      try {
        return await withHeartbeats(
          () => runId,
          async () => {
            if (!(await isWorthALook(host, generation))) return null;
            return runMatching(warehouse, { runId, asOfDate: options.asOfDate() });
          },
        );
      } catch (error) {
        throw toFailure(error);
      }
    },
  };
}

async function isWorthALook({ warehouse }: Host, generation: number | undefined): Promise<boolean> {
  const [built] = await warehouse.rows("select 1 as one from meta.model where model = 'core.cash_match'");
  if (!built) return false;
  if (generation === undefined) return true;
  const rows = await warehouse.rows(
    `select 1 as one from meta.model_run
     where generation >= ? and model in (${DECIDING.map(() => '?').join(', ')}) limit 1`,
    [generation, ...DECIDING],
  );
  return rows.length > 0;
}
