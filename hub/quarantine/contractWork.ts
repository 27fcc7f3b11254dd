import type {
  AcceptedColumn,
  Profile,
  QuarantineFilter,
  QuarantineList,
  QuarantineTotal,
  ReplayResult,
  Row,
} from '../../warehouse';
import type { ReplayInput, ReplayOutcome } from '../../workflows';

interface StreamPlace {
  connection: string;
  stream: string;
}

interface FieldPlace extends StreamPlace {
  /** As the vendor names it. */
  field: string;
}

interface ShowQuarantined extends StreamPlace {
  reason?: string;
  /** Also what was replayed, superseded or discarded. */
  all?: boolean;
  limit: number;
}

interface DiscardInput extends StreamPlace {
  reason?: string;
  /** Hashes, or at least their first eight digits. */
  records?: string[];
  why: string;
  by: string;
  /** Without it the answer says what would go. */
  isConfirmed: boolean;
}

interface AcceptInput extends FieldPlace {
  /** Default: what the values look like. */
  kind?: string;
  column?: string;
  by: string;
  isForced: boolean;
}

/** What a replay would do, per stream. */
export type ReplayPreview = (ReplayResult & StreamPlace)[];

/** What people do with bad records and unknown fields. */
export interface ContractWork {
  quarantine(filter: QuarantineFilter): Promise<QuarantineList>;
  /** Raw records: they may hold personal data. */
  quarantined(request: ShowQuarantined): Promise<Row[]>;
  /** Does everything in a transaction that is rolled back. */
  previewReplay(input: Omit<ReplayInput, 'cause'>): Promise<ReplayPreview>;
  replay(input: Omit<ReplayInput, 'cause'>): Promise<ReplayOutcome>;
  discard(input: DiscardInput): Promise<QuarantineTotal>;
  /** Unknown fields; decided ones only with `all`. */
  columns(filter: { connection?: string; all?: boolean }): Promise<Row[]>;
  column(place: FieldPlace): Promise<Profile>;
  acceptColumn(input: AcceptInput): Promise<AcceptedColumn>;
  rejectColumn(input: FieldPlace & { by: string }): Promise<void>;
}
