import type { Row, Session } from '../../warehouse';
import type { BaseData } from './customer360Work';

/** Base data is looked through once a year (C4 of the requirements). */
const REVIEW_DAYS = 365;
const DAY_MS = 86_400_000;

/** The records that are this customer, how old each part is, and whether the yearly refresh is due. */
export async function baseData(
  session: Session,
  customer: Row,
  asOf: string,
): Promise<{ base: BaseData; records: Row[] }> {
  const id = String(customer.customer_id);
  const [records, [review]] = await Promise.all([
    session.rows(RECORDS, [id]),
    session.rows(REVIEW, [id, id]),
  ]);
  const newest = new Map<string, string>();
  for (const { kind, updated_date, is_deleted } of records) {
    if (typeof updated_date !== 'string' || is_deleted === true) continue;
    const known = newest.get(String(kind));
    if (known === undefined || known < updated_date) newest.set(String(kind), updated_date);
  }
  const reviewed = typeof review?.reviewed_date === 'string' ? review.reviewed_date : null;
  const parts = [...newest, ...(reviewed === null ? [] : [['review', reviewed] as const])];
  const freshDate = reviewed ?? [...newest.values()].reduce<string | null>(later, null);
  return {
    records,
    base: {
      customer,
      reviewedAt: typeof review?.reviewed_at === 'string' ? `${review.reviewed_at.replace(' ', 'T')}Z` : null,
      reviewedBy: typeof review?.reviewed_by === 'string' ? review.reviewed_by : null,
      freshDate,
      isReviewDue: freshDate === null || daysBetween(freshDate, asOf) > REVIEW_DAYS,
      ages: parts.map(([part, date]) => ({ part, date, days: Math.max(daysBetween(date, asOf), 0) })),
    },
  };
}

const later = (one: string | null, other: string): string => (one === null || one < other ? other : one);

const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);

/** Payers on bank lines too: they have a name and no record of their own. */
const RECORDS = `select link.record_id, link.connection, link.source_id, link.kind, link.rule, link.step, link.evidence, link.is_ambiguous,
    coalesce(record.name, replace(link.source_id, 'payer:', '')) as name, record.short_name, record.former_names,
    record.said_credit_code as credit_code, link.code_state, coalesce(record.is_deleted, false) as is_deleted,
    cast(business_date(record.source_updated_at) as varchar) as updated_date
  from core.customer_link as link
  left join core.customer_record as record on record.connection = link.connection and record.source_id = link.source_id
  where link.customer_id = ?
  order by case link.kind when 'erp' then 1 when 'crm' then 2 when 'bureau' then 3 else 4 end, link.record_id`;

/** Of the customer under any of its records' ids: it may have been merged since. */
const REVIEW = `select cast(event.happened_at as varchar) as reviewed_at, cast(business_date(event.happened_at) as varchar) as reviewed_date,
    coalesce(employee.name, event.actor) as reviewed_by
  from ops.event as event
  left join core.employee on employee.employee_id = event.actor
  where event.kind = 'customer.reviewed'
    and (event.subject = ? or event.subject in (select connection || ':' || source_id from core.customer_identity where customer_id = ?))
  order by event.sequence desc limit 1`;
