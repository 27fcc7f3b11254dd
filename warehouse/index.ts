export { type AcceptedColumn, acceptColumn } from './contract/acceptColumn';
export { effectiveStream } from './contract/effectiveStream';
export { kindNamed } from './contract/kinds';
export { type Profile, profile } from './contract/profile';
export { listProposals, rejectColumn } from './contract/proposals';
export {
  type Backup,
  backupWarehouse,
} from './backup/backupWarehouse';
export { keepNewest } from './backup/backupFolders';
export { type Manifest, readManifest } from './backup/manifest';
export { type RestoredTable, restoreWarehouse } from './backup/restoreWarehouse';
export { verifyBackup } from './backup/verifyBackup';
export { appendEvents, type NewEvent } from './events/appendEvents';
export { noteWritten } from './events/noteWritten';
export { verifyEvents } from './events/verifyEvents';
export { diskFault } from './diskFault';
export { DuckDbWarehouse } from './duckdb/duckdbWarehouse';
export { chosenSlice, cursorRange, slicesOf } from './backfillSlices';
export { NOTHING_YET, type Progress } from './loadRequest';
export { isRunning } from './isRunning';
export { loadFile } from './loadFile';
export { loadStream } from './loadStream';
export { loadTable } from './loadTable';
export { buildModels } from './models/buildModels';
export {
  type ColumnDescription,
  describeModels,
  type ModelsDescription,
  type TableDescription,
  type TestDescription,
} from './models/describeModels';
export { appliedMigrations, type MigrateOptions, migrations } from './migrate';
export { FROZEN_COPIES } from './models/frozenCopies';
export { type ModelConnection, stagingSources } from './models/staging';
export { PostgresWarehouse } from './postgres/postgresWarehouse';
export { projectFolder } from './projectFolder';
export { isOverBrake } from './reconcilePreview';
export { discard } from './quarantine/discard';
export { listQuarantine, type QuarantineList, showQuarantine } from './quarantine/listQuarantine';
export type { ReplayResult } from './quarantine/replayRequest';
export { replayStream } from './quarantine/replayStream';
export { type QuarantineFilter, type QuarantineTotal, waitingStreams } from './quarantine/waiting';
export { reconcileStream } from './reconcileStream';
export { removeLeftSpools } from './spool';
export { parseSql, type SqlNode } from './sqlParser';
export { tableHash } from './tableHash';
export {
  type Dialect,
  quoted,
  type Row,
  rawTable,
  type Session,
  type Value,
  type Warehouse,
} from './warehouse';
