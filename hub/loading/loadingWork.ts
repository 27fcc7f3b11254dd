import type { Row } from '../../warehouse';
import type { BackfillInput, ReconcileInput, ReconcileResult } from '../../workflows';

export type Steering = 'pause' | 'resume' | 'cancel';

/** What the commands `reconcile` and `backfill` ask for. */
export interface LoadingWork {
  /** Compares keys; the previews hold examples of what is gone. */
  reconcile(input: Omit<ReconcileInput, 'cause'>): Promise<Reconciled>;
  /** Starts one; it goes on by itself. */
  backfill(input: Omit<BackfillInput, 'backfillId' | 'cause'>): Promise<{ backfillId: string }>;
  backfills(): Promise<Row[]>;
  backfillOf(id: string): Promise<BackfillDetail>;
  /** By its id or the beginning of it. */
  steerBackfill(id: string, steering: Steering): Promise<{ backfillId: string }>;
}

export interface Reconciled extends ReconcileResult {
  previews: Row[];
}

export interface BackfillDetail {
  backfill: Row;
  streams: Row[];
  slices: Row[];
}
