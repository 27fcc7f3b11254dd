import { z } from 'zod';
import { defineStream, epochMs, flag, integer, json, money, type Stream } from '../kit';

/**
 * Objects of 纷享销客 in the vendor's own field names (developer.fxiaoke.com, "字段值说明"): amounts are text, times are
 * milliseconds, people and departments are lists even when there is one (`["1000"]`), a select holds an option's value,
 * an empty field is left out of the answer. Fields that end in `__c` are a tenant's own: README says which ones we look for.
 */
const standardFields = () => ({
  _id: z.string(),
  name: z.string().nullable(),
  owner: json().nullable(),
  data_own_department: json().nullable(),
  life_status: z.string().nullable(), // normal, ineffective, under_review, in_change, invalid (作废)
  created_by: json().nullable(),
  create_time: epochMs().nullable(),
  last_modified_time: epochMs(),
});

/** What every object has; asked for without looking at the object's description. */
export const STANDARD_FIELDS: readonly string[] = Object.keys(standardFields());

/** A change is visible to queries a moment after its time; ten minutes is far more than was ever reported. */
const cursor = { field: 'last_modified_time', tie: '_id', overlap: '10 minutes' } as const;

const accounts = defineStream({
  name: 'accounts',
  vendorName: 'AccountObj',
  key: ['_id'],
  cursor,
  contract: z.object({
    ...standardFields(),
    account_level: z.string().nullable(), // option; its label begins with A, B or C
    uniform_social_credit_code: z.string().nullable(),
    short_name__c: z.string().nullable(),
    yearly_purchase__c: money().nullable(), // what the customer says it buys a year, from everybody, CNY
    credit_limit__c: money().nullable(), // how much it may owe, CNY
    is_internal__c: flag().nullable(),
  }),
});

/** The user a person logs in as. Visible only by a sharing rule of its own, even to an administrator: see README. */
export const employees = defineStream({
  name: 'employees',
  vendorName: 'PersonnelObj',
  key: ['user_id'],
  cursor,
  contract: z.object({
    ...standardFields(),
    user_id: z.string(), // what owner fields of other objects hold
    full_name: z.string().nullable(),
    employee_number: z.string().nullable(),
    position: z.string().nullable(),
    main_department: json().nullable(),
    leader: json().nullable(),
    status: z.string().nullable(), // 0 enabled, 1 disabled
  }),
});

const departments = defineStream({
  name: 'departments',
  vendorName: 'DepartmentObj',
  key: ['_id'],
  cursor,
  contract: z.object({ ...standardFields(), parent_id: json().nullable(), status: z.string().nullable() }),
});

/** 商机2.0. Its history is not to be had by query, so each change of these fields that a sync sees is kept. */
const opportunities = defineStream({
  name: 'opportunities',
  vendorName: 'NewOpportunityObj',
  key: ['_id'],
  cursor,
  amount: 'amount',
  snapshot: ['sales_stage', 'sales_status', 'amount', 'close_date'],
  contract: z.object({
    ...standardFields(),
    account_id: z.string().nullable(),
    amount: money().nullable(),
    sales_process_id: z.string().nullable(),
    sales_stage: z.string().nullable(),
    sales_status: z.string().nullable(),
    close_date: epochMs().nullable(), // expected; midnight in China
    stg_changed_time: epochMs().nullable(), // of the last change of stage
    lost_reason: z.string().nullable(),
    business_line__c: z.string().nullable(),
    lead_source__c: z.string().nullable(),
  }),
});

/** 联系人. Its history is not to be had by query, so each change of these fields that a sync sees is kept: job changes. */
const contacts = defineStream({
  name: 'contacts',
  vendorName: 'ContactObj',
  key: ['_id'],
  cursor,
  snapshot: ['job_title', 'department', 'account_id', 'is_left__c'],
  contract: z.object({
    ...standardFields(),
    account_id: z.string().nullable(),
    job_title: z.string().nullable(),
    department: z.string().nullable(),
    mobile1: z.string().nullable(),
    email: z.string().nullable(),
    is_key_person__c: flag().nullable(),
    is_left__c: flag().nullable(), // no longer works there
    left_date__c: epochMs().nullable(), // midnight in China
  }),
});

/** 销售记录 (跟进记录). Which record it is about stands in a list; newer tenants also fill the two lookups. */
const activities = defineStream({
  name: 'activities',
  vendorName: 'ActiveRecordObj',
  key: ['_id'],
  cursor,
  contract: z.object({
    ...standardFields(),
    active_record_type: z.string().nullable(),
    active_record_content: z.string().nullable(),
    related_object_data: json().nullable(), // [{"describe_api_name":"AccountObj","id":"…","name":"…"}]
    account_id: z.string().nullable(),
    new_opportunity_id: z.string().nullable(),
    occurred_time__c: epochMs().nullable(),
  }),
});

/** A tenant's own object, filled by a workflow rule on the opportunity's stage field. */
export const stageChanges = defineStream({
  name: 'stage_changes',
  vendorName: 'StageChange__c',
  key: ['_id'],
  cursor,
  contract: z.object({
    ...standardFields(),
    opportunity__c: z.string(),
    from_stage__c: z.string().nullable(),
    to_stage__c: z.string(),
    changed_time__c: epochMs(),
  }),
});

/** A tenant's own object, filled by a workflow rule on the opportunity's amount and expected close; a field that did not change is empty. */
export const opportunityChanges = defineStream({
  name: 'opportunity_changes',
  vendorName: 'OpportunityChange__c',
  key: ['_id'],
  cursor,
  contract: z.object({
    ...standardFields(),
    opportunity__c: z.string(),
    from_amount__c: money().nullable(),
    to_amount__c: money().nullable(),
    from_close_date__c: epochMs().nullable(), // midnight in China
    to_close_date__c: epochMs().nullable(),
    changed_time__c: epochMs(),
  }),
});

/** A tenant's own object: what a person said will be paid (回款预测). Each saying is a record; none is edited. */
export const collectionForecasts = defineStream({
  name: 'collection_forecasts',
  vendorName: 'CollectionForecast__c',
  key: ['_id'],
  cursor,
  amount: 'amount__c',
  contract: z.object({
    ...standardFields(),
    account__c: z.string(),
    thread__c: z.string().nullable(),
    subject_kind__c: z.string().nullable(), // option: document 应收单, order 订单, none 无
    subject_number__c: z.string().nullable(),
    stated_time__c: epochMs().nullable(),
    stated_by__c: json().nullable(),
    amount__c: money(),
    expected_date__c: epochMs(),
    certainty__c: z.string(), // option: expected 预计, promised 承诺, confirmed 已确认
    method__c: z.string().nullable(),
    evidence__c: z.string().nullable(),
    is_withdrawn__c: flag().nullable(),
  }),
});

/** A tenant's own object: who looks after a customer, from when to when (客户归属). */
export const territoryAssignments = defineStream({
  name: 'territory_assignments',
  vendorName: 'TerritoryAssignment__c',
  key: ['_id'],
  cursor,
  contract: z.object({
    ...standardFields(),
    account__c: z.string(),
    assigned_to__c: json().nullable(),
    region__c: z.string().nullable(),
    valid_from__c: epochMs(),
    valid_to__c: epochMs().nullable(), // the first day on which it no longer holds
  }),
});

/** The select options of every object we read: what the people of this tenant see for a stored value. Read whole. */
export const options = defineStream({
  name: 'options',
  vendorName: 'object/describe',
  key: ['stream', 'field', 'value'],
  contract: z.object({
    stream: z.string(), // which of the streams above; a tenant's own objects have names of their own
    field: z.string(),
    value: z.string(),
    label: z.string(),
    position: integer(), // 1 is the first
  }),
});

export const objectStreams: readonly Stream[] = [
  accounts,
  employees,
  departments,
  contacts,
  opportunities,
  activities,
  stageChanges,
  opportunityChanges,
  collectionForecasts,
  territoryAssignments,
];
