import { at, type Day, type Instant } from '../company/days';
import type {
  Activity,
  ActivityType,
  Company,
  Contact,
  Customer,
  Employee,
  Opportunity,
  Stage,
  StageChange,
  Statement,
} from '../company/entities';
import { REGIONS } from '../company/entities';
import { identifier } from '../company/identifiers';
import { centsText, yuan } from '../company/money';
import { STAGES } from '../company/opportunities';
import { ownersOf } from '../company/territories';
import { badFxiaokeRows } from './badRows';
import type { Seed } from './records';

/** What stands in 纷享销客: people and departments as lists, amounts as text, times and days (midnight in China) in milliseconds. */
export function* fxiaokeSeeds(company: Company): Generator<Seed> {
  const people = peopleOf(company);
  yield { kind: 'DepartmentObj', records: departmentRecords(company) };
  yield {
    kind: 'PersonnelObj',
    records: company.employees.map((employee) => employeeRecord(employee, people, company)),
  };
  yield { kind: 'AccountObj', records: accountRecords(company, people) };
  yield { kind: 'ContactObj', records: company.contacts.map((each, n) => contactRecord(each, n, company)) };
  yield { kind: 'TerritoryAssignment__c', records: territoryRecords(company, people) };
  yield {
    kind: 'NewOpportunityObj',
    records: company.opportunities.map((each) => opportunityRecord(each, company, people)),
  };
  yield { kind: 'StageChange__c', records: stageRecords(company, people) };
  yield { kind: 'OpportunityChange__c', records: editRecords(company, people) };
  yield {
    kind: 'ActiveRecordObj',
    records: company.activities.map((each, n) => activityRecord(each, n, company, people)),
  };
  yield {
    kind: 'CollectionForecast__c',
    records: company.statements.map((each, n) => forecastRecord(each, n, company, people)),
  };
  yield* badFxiaokeRows(company);
}

/** The tenant's own stages, first to last: value and label of NewOpportunityObj.sales_stage. */
export const STAGE_OPTIONS = STAGES.map((label, place) => ({ value: stageValue(label, place), label }));

function stageValue(label: Stage, place = STAGES.indexOf(label)): string {
  return `stage_${place + 1}`;
}

const day = (date: Day): number => at(date, 0);
const midnight = (date: Day | null): number | null => (date === null ? null : day(date));
export type People = (number: string) => string[];

/** What owner fields hold for a staff number. */
export function peopleOf({ employees }: Pick<Company, 'employees'>): People {
  const lists = new Map(employees.map(({ number, crmId }) => [number, [crmId]]));
  return (number) => lists.get(number) ?? [];
}

const TOP_DEPARTMENT = '999999';
const departmentOf = (region: string | null): string =>
  region === null ? TOP_DEPARTMENT : String(2_001 + REGIONS.findIndex((each) => each === region));

function departmentRecords({ firstDay }: Company): Seed['records'] {
  const record = (id: string, name: string, parent: string[]) => ({
    _id: id,
    name,
    parent_id: parent,
    status: '0',
    create_time: day(firstDay - 900),
    last_modified_time: day(firstDay - 900),
  });
  return [
    record(TOP_DEPARTMENT, '销售中心', []),
    ...REGIONS.map((region) => record(departmentOf(region), region, [TOP_DEPARTMENT])),
  ];
}

const POSITIONS = {
  sales: '销售工程师',
  region_manager: '大区经理',
  manager: '销售总监',
  finance: '财务',
} as const;

function employeeRecord(employee: Employee, people: People, { lastDay }: Company) {
  const joined = day(Math.min(employee.joinedDate, lastDay));
  return {
    _id: employee.crmId,
    user_id: employee.crmId,
    name: employee.name,
    full_name: employee.name,
    employee_number: employee.number,
    position: POSITIONS[employee.role],
    main_department: [departmentOf(employee.region)],
    leader: employee.managerNumber === null ? [] : people(employee.managerNumber),
    status: '0',
    create_time: joined,
    last_modified_time: joined,
  };
}

const LEVELS = { A: '1', B: '2', C: '3' } as const;

function accountRecords(company: Company, people: People): Seed['records'] {
  const ownerOn = ownersOf(company.assignments);
  return company.customers.map((customer) => {
    const created = at(customer.createdDate, 9, customer.customer % 60);
    const owner = people(ownerOn(customer.customer, company.lastDay));
    return {
      _id: customer.crmId,
      name: customer.crmName,
      owner,
      data_own_department: [departmentOf(customer.region)],
      created_by: owner,
      create_time: created,
      last_modified_time: lastChange(customer, company),
      account_no: customer.erpNumber,
      account_level: LEVELS[customer.customerClass],
      uniform_social_credit_code: customer.hasCrmCode ? customer.creditCode : null,
      short_name__c: customer.shortName,
      yearly_purchase__c:
        customer.declaredYearlyPurchase === null ? null : centsText(customer.declaredYearlyPurchase),
      credit_limit__c: creditLimit(customer),
      is_internal__c: customer.isInternal,
    };
  });
}

/** Room for several months of what an A or B customer usually orders, in steps of 10,000 yuan; C customers have none. */
function creditLimit({ customerClass, habit }: Customer): string | null {
  if (customerClass === 'C') return null;
  const step = yuan(10_000);
  return centsText(Math.ceil((habit.ordersPerYear * habit.orderValue * 0.7) / step) * step);
}

/** When a customer was handed over its record changed. */
function lastChange(
  { customer, createdDate, region }: Customer,
  { planted: { handover } }: Company,
): Instant {
  const isHandedOver = region === handover.region && createdDate < handover.date;
  return isHandedOver ? at(handover.date, 8, 30) : at(createdDate, 9, customer % 60);
}

function territoryRecords({ assignments, customers }: Company, people: People): Seed['records'] {
  return assignments.map((assignment, place) => {
    const set = at(assignment.validTo ?? assignment.validFrom, 8, 30);
    const customer = customers[assignment.customer] as Customer;
    return {
      _id: identifier('territory', place),
      name: `${customer.shortName} ${assignment.region}`,
      owner: people(assignment.ownerNumber),
      create_time: at(assignment.validFrom, 8, 30),
      last_modified_time: set,
      account__c: customer.crmId,
      assigned_to__c: people(assignment.ownerNumber),
      region__c: assignment.region,
      valid_from__c: day(assignment.validFrom),
      valid_to__c: midnight(assignment.validTo),
    };
  });
}

const SALES_STATUS = { open: '1', won: '2', lost: '3', invalid: '4' } as const;
const LOST_REASONS: Record<string, string> = {
  价格过高: '1',
  交期不满足: '2',
  技术不达标: '3',
  客户项目取消: '4',
  竞争对手中标: '5',
};
const OTHER_REASON = '6';

export function opportunityRecord(
  opportunity: Opportunity,
  { customers }: Pick<Company, 'customers'>,
  people: People,
) {
  const lastMove = opportunity.changes.at(-1)?.changedAt ?? opportunity.createdAt;
  return {
    _id: opportunity.crmId,
    name: opportunity.name,
    owner: people(opportunity.ownerNumber),
    created_by: people(opportunity.ownerNumber),
    create_time: opportunity.createdAt,
    last_modified_time: Math.max(lastMove, opportunity.edits.at(-1)?.changedAt ?? lastMove),
    account_id: customers[opportunity.customer]?.crmId,
    amount: centsText(opportunity.amount),
    sales_process_id: '65process0standard0000001',
    sales_stage: stageValue(opportunity.stage),
    sales_status: SALES_STATUS[opportunity.status],
    close_date: day(opportunity.expectedCloseDate),
    stg_changed_time: lastMove,
    lost_reason:
      opportunity.lostReason === null ? null : (LOST_REASONS[opportunity.lostReason] ?? OTHER_REASON),
    business_line__c: opportunity.businessLine,
    lead_source__c: opportunity.leadSource,
  };
}

function stageRecords(company: Company, people: People): Seed['records'] {
  let number = 0;
  return company.opportunities.flatMap((opportunity) =>
    opportunity.changes.map((change) => stageRecord(change, number++, opportunity, people)),
  );
}

export function stageRecord(change: StageChange, number: number, opportunity: Opportunity, people: People) {
  return {
    _id: identifier('stage', number),
    name: `${change.from ?? '新建'} → ${change.to}`,
    owner: people(opportunity.ownerNumber),
    create_time: change.changedAt,
    last_modified_time: change.changedAt,
    opportunity__c: opportunity.crmId,
    from_stage__c: change.from === null ? null : stageValue(change.from),
    to_stage__c: stageValue(change.to),
    changed_time__c: change.changedAt,
  };
}

function editRecords(company: Company, people: People): Seed['records'] {
  let number = 0;
  return company.opportunities.flatMap((opportunity) =>
    opportunity.edits.map(({ changedAt, amount, close }) => ({
      _id: identifier('edit', number++),
      name: amount ? '商机金额变更' : '预计成交日期变更',
      owner: people(opportunity.ownerNumber),
      create_time: changedAt,
      last_modified_time: changedAt,
      opportunity__c: opportunity.crmId,
      from_amount__c: amount ? centsText(amount.from) : null,
      to_amount__c: amount ? centsText(amount.to) : null,
      from_close_date__c: close ? day(close.from) : null,
      to_close_date__c: close ? day(close.to) : null,
      changed_time__c: changedAt,
    })),
  );
}

/** Option values of ActiveRecordObj.active_record_type, in the order in which the tenant lists them. */
const ACTIVITY_TYPES: readonly ActivityType[] = [
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
];
const TYPE_VALUES = Object.fromEntries(ACTIVITY_TYPES.map((type, place) => [type, String(place + 1)]));

/** Changed last when the person left, else when made. */
function contactRecord(contact: Contact, number: number, { customers }: Company) {
  const { leftDate } = contact;
  return {
    _id: identifier('contact', number),
    name: contact.name,
    account_id: customers[contact.customer]?.crmId,
    job_title: contact.title,
    department: contact.department,
    mobile1: contact.mobile,
    is_key_person__c: contact.isKeyPerson,
    is_left__c: leftDate !== null,
    left_date__c: midnight(leftDate),
    create_time: at(contact.createdDate, 10, number % 60),
    last_modified_time: at(leftDate ?? contact.createdDate, 10, number % 60),
  };
}

export function activityRecord(
  activity: Activity,
  number: number,
  { customers, opportunities }: Pick<Company, 'customers' | 'opportunities'>,
  people: People,
) {
  const account = customers[activity.customer];
  const opportunity = activity.opportunity === null ? undefined : opportunities[activity.opportunity];
  const owner = people(activity.ownerNumber);
  const written = activity.occurredAt + 240_000; // noted some minutes after
  return {
    _id: identifier('activity', number),
    name: `跟进-${number + 1}`,
    owner,
    created_by: owner,
    create_time: written,
    last_modified_time: written,
    active_record_type: TYPE_VALUES[activity.type],
    active_record_content: activity.note,
    related_object_data: [
      { describe_api_name: 'AccountObj', id: account?.crmId, name: account?.crmName },
      ...(opportunity
        ? [{ describe_api_name: 'NewOpportunityObj', id: opportunity.crmId, name: opportunity.name }]
        : []),
    ],
    account_id: account?.crmId,
    new_opportunity_id: opportunity?.crmId,
    occurred_time__c: activity.occurredAt,
  };
}

function forecastRecord(statement: Statement, number: number, { customers }: Company, people: People) {
  const by = people(statement.statedBy);
  return {
    _id: identifier('statement', number),
    name: `${statement.threadKey}-${statement.version}`,
    owner: by,
    created_by: by,
    create_time: statement.statedAt,
    last_modified_time: statement.statedAt,
    account__c: customers[statement.customer]?.crmId,
    thread__c: statement.threadKey,
    subject_kind__c: statement.subjectKind,
    subject_number__c: statement.subjectNumber,
    stated_time__c: statement.statedAt,
    stated_by__c: by,
    amount__c: centsText(statement.amount),
    expected_date__c: day(statement.expectedDate),
    certainty__c: statement.certainty,
    method__c: statement.method === 'cash' ? '电汇' : '银行承兑汇票',
    evidence__c: statement.evidence,
    is_withdrawn__c: statement.isWithdrawn,
  };
}
