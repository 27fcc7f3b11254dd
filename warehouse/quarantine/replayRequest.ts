import type { Drift, Stream } from '../../connectors/kit';
import type { Counts } from '../warehouse';

export interface ReplayRequest {
  connection: string;
  /** With the columns that were accepted (contract/effectiveStream.ts). */
  stream: Stream;
  /** Only records with this reason. */
  reason?: string;
  /** The run that it belongs to; its row in meta.run_stream exists, unless it is a dry run. */
  runId: string;
  spoolFolder: string;
  drift?: Drift;
  /** Does everything and rolls it back. */
  isDryRun: boolean;
  signal?: AbortSignal;
  onProgress?(result: ReplayResult): void;
}

/** read = loaded + unchanged + quarantined, as of every load. */
export interface ReplayResult extends Counts {
  /** Why records are still bad, and how many for each reason. */
  reasons: Record<string, number>;
}
