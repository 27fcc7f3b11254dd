export type { BoughtAnswer, Budget, PaidCall, PaidPlan } from './budget';
export {
  type Connector,
  type ConnectorDefinition,
  type Cursor,
  type Drift,
  type Duration,
  defineConnector,
  defineStream,
  type OpenSource,
  type Page,
  type ReadRequest,
  type Stream,
  type StreamDefinition,
} from './contract';
export { type Actor, type ErrorCode, MillraceError, messageOf } from './errors';
export {
  businessDate,
  columnName,
  epochMs,
  type Field,
  type FieldKind,
  flag,
  integer,
  json,
  localTime,
  money,
  quantity,
  secret,
  secretsIn,
  utcTime,
} from './fields';
export type { Answer, Explanation, Http, HttpOptions, RequestOptions } from './http';
export { durationMs, type Keyset, keysetPages, type ListQuery, minus } from './keyset';
export { createKit, type Kit, type KitOptions } from './kit';
export {
  countOf,
  fieldsOfRecords,
  isRaw,
  lastOf,
  linesOf,
  type RawRecords,
  type Records,
  type Row,
} from './records';
export { redactor } from './redact';
export { type Fault, Sandbox, type SandboxAnswer, type SandboxRequest } from './sandbox';
export { type Split, type SplitOptions, splitLines, splitRecords } from './split';
