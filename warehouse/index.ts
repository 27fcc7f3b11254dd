export { DuckDbWarehouse, type DuckDbOptions } from './duckdb/duckdbWarehouse';
export { BATCH, type LoadRequest, loadStream, type Progress } from './loadStream';
export { type BuildRequest, type BuildResult, type BuiltModel, buildModels } from './models/buildModels';
export { FROZEN_COPIES } from './models/frozenCopies';
export { type ModelConnection, stagingSources } from './models/staging';
export { projectFolder } from './projectFolder';
export { type ReconcileStreamRequest, reconcileStream } from './reconcileStream';
export { removeLeftSpools } from './spool';
export { type TableHash, tableHash } from './tableHash';
export {
  type Counts,
  historyTable,
  literal,
  quoted,
  rawTable,
  type ReconcileResult,
  type Row,
  type Session,
  type Value,
  type Warehouse,
} from './warehouse';
