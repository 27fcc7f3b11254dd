import type { Cause, Problem, RunStatus } from '../messages';
import type { Host } from './host';

export interface BeginRun {
  runId: string;
  kind: 'sync' | 'build' | 'forecast' | 'freeze' | 'reconcile' | 'backfill' | 'replay' | 'match' | 'risk';
  connection?: string;
  cause: Cause;
}

export interface EndRun {
  runId: string;
  status: Exclude<RunStatus, 'running'>;
  error?: Problem;
}

/** Bookkeeping of runs in meta.run: pages and `millrace runs` read it from there, not from Temporal. */
export function runActivities({ warehouse }: Host) {
  return {
    async beginRun({ runId, kind, connection, cause }: BeginRun): Promise<void> {
      await warehouse.run(
        // A microsecond later than all before it: runs keep their order while the clock stands (helpers.sql).
        `insert into meta.run values (?, ?, ?, ?, utc_now() + interval '1 microsecond', null, 'running', null)
         on conflict do nothing`,
        [runId, kind, connection ?? null, cause],
      );
    },
    async endRun({ runId, status, error }: EndRun): Promise<void> {
      await warehouse.run(
        'update meta.run set ended_at = utc_now(), status = ?, error = ? where run_id = ?',
        [status, error ? JSON.stringify(error) : null, runId],
      );
    },
  };
}
