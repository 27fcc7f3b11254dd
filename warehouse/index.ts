export { DuckDbWarehouse } from './duckdb/duckdbWarehouse';
export { loadStream, type Progress } from './loadStream';
export { buildModels } from './models/buildModels';
export { FROZEN_COPIES } from './models/frozenCopies';
export { type ModelConnection, stagingSources } from './models/staging';
export { projectFolder } from './projectFolder';
export { reconcileStream } from './reconcileStream';
export { removeLeftSpools } from './spool';
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
