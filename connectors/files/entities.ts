import { z } from 'zod';
import {
  businessDate,
  defineStream,
  flag,
  integer,
  json,
  money,
  quantity,
  type Stream,
  utcTime,
} from '../kit';

const text = () => z.string().nullable();

/** What every record of a file has besides its entity's own columns. */
const everyRecord = () => ({
  source_id: z.string(),
  file_name: z.string(),
  is_read: flag(), // missing in a row that could not be read: that sends it to quarantine
  problem: text(), // what is wrong with it, with line and column
  cells: json().nullable(), // its cells as they came
  source_updated_at: utcTime().nullable(),
  recorded_at: utcTime().nullable(),
});

const FIXED = new Set(['source_id', 'file_name', 'is_read', 'problem', 'cells']);

/** An entity of models/staging as a stream: the contract is the entity's columns, so the staging file only selects. */
function entity(name: string, fields: z.ZodRawShape, amount?: string): Stream {
  return defineStream({
    name,
    vendorName: name,
    key: ['source_id'],
    contract: z.object({ ...everyRecord(), ...fields }),
    isProjected: true,
    ...(amount !== undefined && { amount }),
  });
}

/** Streams by the entity they feed; what a column means stands in models/staging/<entity>.sql. */
export const entities: readonly Stream[] = [
  entity('customer', {
    name: z.string(),
    short_name: text(),
    former_names: text(),
    credit_code: text(),
    customer_class: z.enum(['A', 'B', 'C']).nullable(),
    owner_ref: text(),
    region: text(),
    kind: z.enum(['erp', 'crm', 'bureau']).nullable(), // default crm
    declared_yearly_purchase_cny: money().nullable(),
    credit_limit_cny: money().nullable(),
    payer_class: z.enum(['large_enterprise', 'public_body']).nullable(),
    is_internal: flag().nullable(),
    created_date: businessDate().nullable(),
  }),
  entity('employee', {
    employee_number: text(), // default source_id
    name: z.string(),
    region: text(),
    role: z.enum(['sales', 'region_manager', 'manager', 'finance']).nullable(), // default sales
    manager_number: text(),
  }),
  entity('contact', {
    customer_ref: text(),
    name: z.string(),
    title: text(),
    department: text(),
    phone: text(),
    email: text(),
    is_key_person: flag().nullable(),
    has_left: flag().nullable(),
    left_date: businessDate().nullable(),
    created_at: utcTime().nullable(),
  }),
  entity(
    'opportunity',
    {
      name: text(),
      customer_ref: text(),
      owner_ref: text(),
      stage_key: text(),
      status: z.enum(['open', 'won', 'lost', 'invalid']),
      lost_reason: text(),
      business_line: text(),
      lead_source: text(),
      amount_cny: money().nullable(),
      expected_close_date: businessDate().nullable(),
      closed_date: businessDate().nullable(),
      created_at: utcTime().nullable(),
    },
    'amount_cny',
  ),
  entity('opportunity_change', {
    opportunity_ref: z.string(),
    owner_ref: text(),
    status: z.enum(['open', 'won', 'lost', 'invalid']).nullable(),
    amount_cny: money().nullable(),
    sequence: integer().nullable(),
    expected_close_date: businessDate().nullable(),
    changed_at: utcTime(),
  }),
  entity('stage', {
    stage_key: z.string(),
    stage_name: text(), // default stage_key
    business_line: text(),
    stage_order: integer(),
    is_won: flag().nullable(),
    is_lost: flag().nullable(),
    benchmark_rate: quantity().nullable(),
    benchmark_source: text(),
    benchmark_date: businessDate().nullable(),
  }),
  entity('stage_change', {
    opportunity_ref: z.string(),
    from_stage_key: text(),
    to_stage_key: z.string(),
    changed_by_ref: text(),
    precision: z.enum(['exact', 'snapshot']).nullable(), // default exact
    sequence: integer().nullable(),
    changed_at: utcTime(),
  }),
  entity('activity', {
    customer_ref: text(),
    opportunity_ref: text(),
    owner_ref: text(),
    activity_type: z.enum([
      'visit',
      'call',
      'meeting',
      'message_in',
      'message_out',
      'quotation',
      'sample',
      'drawing',
      'internal_note',
      'planned',
    ]),
    note: text(),
    occurred_at: utcTime(),
  }),
];

export const entityNamed = (name: string): Stream | undefined => entities.find((each) => each.name === name);

/** Columns that a table of the config may fill. */
export const columnsOf = (stream: Stream) => stream.fields.filter(({ name }) => !FIXED.has(name));

/** What became of every file of every table: rows = records + rejected + left_out + repeated. */
export const fileStream = defineStream({
  name: 'files',
  vendorName: 'files',
  key: ['file_name', 'table_number'],
  isProjected: true,
  contract: z.object({
    file_name: z.string(),
    table_number: integer(), // place in `tables` of the config, from 1
    entity: z.string(),
    hash: z.string(),
    encoding: text(),
    rows: integer(),
    records: integer(),
    rejected: integer(), // in quarantine
    left_out: integer(), // by `where`
    repeated: integer(), // further rows of a key, by `repeats`
    problem: text(),
  }),
});
