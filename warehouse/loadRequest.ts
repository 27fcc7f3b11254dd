import type { Drift, OpenSource, Stream } from '../connectors/kit';
import type { Counts } from './warehouse';

export interface LoadRequest {
  connection: string;
  stream: Stream;
  /** The run that this sync belongs to; its row in meta.run_stream exists. */
  syncId: string;
  source: OpenSource;
  spoolFolder: string;
  /** Reads everything again beside the table and swaps the rows in when all are there (refreshStream.ts). */
  isFull?: boolean;
  /** Lets a full refresh delete more rows than the brake allows. */
  isConfirmed?: boolean;
  /** A backfill: only this range, and the stored cursor stays as it is. */
  range?: { from?: string; to?: string };
  /** What becomes of unknown fields; default the stream's own policy. */
  drift?: Drift;
  /** Rows after which a batch is committed; tests want many small ones. */
  batchRows?: number;
  signal?: AbortSignal;
  onProgress?(progress: Progress): void;
}

/** Where a read commits to. */
export interface Target {
  /** Row of meta.stream_state that counts the batches. */
  position: string;
  /** Whether the state of each batch is kept there and the next read starts from it. */
  keepsState: boolean;
  /** Another raw table than the stream's own. */
  table?: string;
}

/** What a sync has done so far; heartbeats and terminals show it. */
export interface Progress extends Counts {
  bytes: number;
  batches: number;
}

export const NOTHING_YET: Progress = {
  read: 0,
  loaded: 0,
  unchanged: 0,
  quarantined: 0,
  bytes: 0,
  batches: 0,
};
