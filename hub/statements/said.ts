import type { Row, Session, Value } from '../../warehouse';
import { MillraceError } from '../../connectors/kit';
import type { Person } from '../access/users';
import { customerRule } from '../records/customerRule';
import { isDay } from './entryRules';
import type { StatementFilter } from './statementWork';

/** All statements: those the last build read, and what was said in the hub since. */
const SAID = `
  select statement_id, thread_id, customer_id, stated_by, subject_kind, subject_number, certainty, method, evidence,
    amount_cny, expected_date, is_withdrawn, is_future_confirmed, lacks_evidence, stated_at, recorded_at
  from core.forecast_statement
  union all
  select 'hub:' || event_id, 'hub:' || json_text(body, 'thread'), json_text(body, 'customer_id'),
    coalesce(json_text(body, 'on_behalf_of'), actor),
    json_text(body, 'subject_kind'), json_text(body, 'subject_number'), json_text(body, 'certainty'),
    json_text(body, 'method'), json_text(body, 'evidence'),
    cast(json_text(body, 'amount') as decimal(18, 2)), cast(json_text(body, 'expected_date') as date),
    cast(json_text(body, 'is_withdrawn') as boolean), false, false,
    coalesce(cast(json_text(body, 'stated_at') as timestamp), happened_at), happened_at
  from ops.event
  where kind = 'statement.made' and event_id not in (select source_id from core.stated_in_hub)`;

/** What stood at a time: each thread's last statement by then, unless it took the thread back (METRICS 5.1). */
const standing = (until: string) => `
  with said as (${SAID}),
  ranked as (
    select said.*, row_number() over (partition by thread_id order by stated_at desc, statement_id desc) as place,
      count(*) over (partition by thread_id) as versions
    from said where ${until}
  ),
  standing as (
    select ranked.*,
      subject_kind <> 'none' and min(stated_by) over subject <> max(stated_by) over subject as has_conflict
    from ranked where place = 1 and not is_withdrawn
    window subject as (partition by customer_id, subject_kind, subject_number)
  )`;

/** Statements that stand, newest first, of customers the person may see and those he made himself. */
export async function listStatements(
  session: Session,
  person: Person,
  { asOf, customer, person: speaker, conflicts }: StatementFilter,
): Promise<Row[]> {
  const until = untilOf(asOf);
  const rule = customerRule(person, 'standing.customer_id');
  const conditions = [`(${rule.sql} or standing.stated_by = ?)`];
  const values: Value[] = [...until.values, ...rule.values, person.id];
  if (customer !== undefined) {
    conditions.push('(standing.customer_id = ? or customer.name = ?)');
    values.push(customer, customer);
  }
  if (speaker !== undefined) {
    conditions.push('standing.stated_by = ?');
    values.push(speaker);
  }
  if (conflicts) conditions.push('has_conflict');
  return session.rows(
    `${standing(until.sql)}
     select standing.statement_id, standing.customer_id, customer.name as customer_name, subject_kind, subject_number,
       standing.amount_cny, expected_date, certainty, evidence, standing.stated_by, employee.name as stated_by_name,
       stated_at, cast(versions as int) as version, has_conflict, is_future_confirmed, lacks_evidence
     from standing
     left join core.customer on customer.customer_id = standing.customer_id
     left join core.employee on employee.employee_id = standing.stated_by
     where ${conditions.join(' and ')}
     order by stated_at desc, standing.statement_id`,
    values,
  );
}

function untilOf(asOf: string | undefined): { sql: string; values: Value[] } {
  if (asOf === undefined) return { sql: 'true', values: [] };
  if (isDay(asOf)) return { sql: 'business_date(stated_at) <= cast(? as date)', values: [asOf] };
  const instant = new Date(asOf);
  if (Number.isNaN(instant.getTime())) {
    throw new MillraceError('bad_request', {
      what: `${asOf} is neither a day nor an instant`,
      todo: 'Write 2026-03-31, or 2026-03-31T09:30:00Z',
    });
  }
  return {
    sql: 'stated_at <= cast(? as timestamp)',
    values: [instant.toISOString().replace('T', ' ').replace('Z', '999')], // to the end of its millisecond
  };
}

/** How often something was said in a thread, and whether somebody else's word about the same subject stands. */
export async function whatWasSaid(
  session: Session,
  { threadId, customerId, kind, number, statedBy }: Saying,
): Promise<{ versions: number; isStanding: boolean; hasOther: boolean }> {
  const [row] = await session.rows(
    `${standing('true')}
     select (select count(*) from said where thread_id = ?) as versions,
       (select count(*) from standing where thread_id = ?) as own,
       (select count(*) from standing where customer_id = ? and subject_kind = ? and subject_number = ? and stated_by <> ?) as others`,
    [threadId, threadId, customerId, kind, number ?? '', statedBy],
  );
  return {
    versions: Number(row?.versions),
    isStanding: Number(row?.own) > 0,
    hasOther: Number(row?.others) > 0,
  };
}

interface Saying {
  threadId: string;
  customerId: string;
  kind: string;
  number: string | null;
  statedBy: string;
}
