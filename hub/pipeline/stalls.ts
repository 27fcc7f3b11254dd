import { randomUUID } from 'node:crypto';
import { MillraceError } from '../../connectors/kit';
import { appendEvents, type Row, type Session, type Value, type Warehouse } from '../../warehouse';
import { rowRule } from '../access/rowRule';
import type { Person } from '../access/users';
import { stallSnoozeSql } from '../finance/liveModels';
import { isDay } from '../setup/day';
import type { Snoozed, SnoozeInput, StallFilter } from './pipelineWork';

/** METRICS section 15: a stall is put off for at most 30 days, twice. */
const LONGEST_DAYS = 30;
const MOST_SNOOZES = 2;

const ruleOf = (person: Person) =>
  rowRule(person, { region: 'stalled.rls_region', owner: 'stalled.rls_owner' });

/** Stalls as last built, with the snoozes as they stand now. */
const live = (condition: string) => `
  with snoozed as (
    select stall_id, max(until_date) as until_date, cast(count(*) as int) as snoozes
    from (${stallSnoozeSql()}) as snooze group by stall_id
  ),
  found as (
    select
      stalled.stall_id, stalled.opportunity_id, stalled.opportunity_name, stalled.customer_id, stalled.customer_name,
      stalled.business_line, stalled.stage_name, stalled.amount_cny, cast(stalled.expected_close_date as varchar) as expected_close_date,
      cast(stalled.last_movement_date as varchar) as last_movement_date, stalled.last_movement_kind, stalled.stall_days,
      cast(stalled.begun_date as varchar) as begun_date, cast(snoozed.until_date as varchar) as snoozed_until,
      coalesce(snoozed.snoozes, 0) as snoozes, coalesce(snoozed.until_date >= business_today(), false) as is_snoozed,
      stalled.rls_region as region, stalled.rls_owner as owner_id, stalled.owner_name,
      cast(business_today() as varchar) as today, cast(business_today() + ${LONGEST_DAYS} as varchar) as last_until
    from marts.stalled
    left join snoozed on snoozed.stall_id = stalled.stall_id
    where ${condition}
  )
  select * from found`;

/** Stalls of today within the person's rows; the largest first. */
export async function listStalls(
  session: Session,
  person: Person,
  { region, owner, customer, businessLine, all = false }: StallFilter,
): Promise<Row[]> {
  const rule = ruleOf(person);
  const conditions = [rule.sql];
  const values: Value[] = [...rule.values];
  const only = (condition: string, ...more: string[]) => {
    conditions.push(condition);
    values.push(...more);
  };
  if (region !== undefined) only('stalled.rls_region = ?', region);
  if (owner !== undefined) only('stalled.rls_owner = ?', owner);
  if (customer !== undefined)
    only('(stalled.customer_id = ? or stalled.customer_name = ?)', customer, customer);
  if (businessLine !== undefined) only('stalled.business_line = ?', businessLine);
  const rows = await session.rows(
    `${live(conditions.join(' and '))} ${all ? '' : 'where not is_snoozed'} order by amount_cny desc, stall_id`,
    values,
  );
  return rows.map(({ today: _today, last_until: _last, ...row }) => row);
}

/** Puts a stall off. Errors: see PipelineWork. */
export async function snooze(warehouse: Warehouse, person: Person, input: SnoozeInput): Promise<Snoozed> {
  const snoozeId = input.id ?? randomUUID();
  let snoozed: Snoozed | undefined;
  await appendEvents(warehouse, [], async (session) => {
    const stall = await stallOf(session, person, input.stall);
    mustBeSnooze(input, String(stall.today), String(stall.last_until));
    const isRetry = await isKnown(session, snoozeId);
    const used = Number(stall.snoozes) - (isRetry ? 1 : 0);
    if (used >= MOST_SNOOZES)
      throw new MillraceError('not_allowed', {
        what: `This stall was put off ${MOST_SNOOZES} times already`,
        where: `opportunity ${String(stall.opportunity_name)}`,
        todo: 'Get in touch with the customer, or close the opportunity in the CRM with a reason',
      });
    snoozed = {
      snoozeId,
      stallId: String(stall.stall_id),
      opportunityName: String(stall.opportunity_name),
      until: input.until,
      left: MOST_SNOOZES - used - 1,
    };
    return [
      {
        eventId: snoozeId,
        kind: 'stall.snoozed',
        actor: person.id,
        subject: String(stall.stall_id),
        body: { opportunity_id: stall.opportunity_id ?? null, until: input.until },
        reason: input.reason.trim(),
      },
    ];
  });
  if (!snoozed) throw new MillraceError('internal', { what: 'The snooze was not written down' });
  return snoozed;
}

/** Takes the latest snooze of a stall back. Errors: see PipelineWork. */
export async function wake(warehouse: Warehouse, person: Person, stall: string): Promise<void> {
  await appendEvents(warehouse, [], async (session) => {
    const { stall_id, opportunity_name } = await stallOf(session, person, stall);
    const [last] = await session.rows(
      `select snooze_id from (${stallSnoozeSql()}) as snooze where stall_id = ? order by recorded_at desc, snooze_id limit 1`,
      [String(stall_id)],
    );
    if (!last)
      throw new MillraceError('not_allowed', {
        what: 'This stall is not snoozed',
        where: `opportunity ${String(opportunity_name)}`,
      });
    return [
      {
        eventId: `woken/${String(last.snooze_id)}`,
        kind: 'stall.woken',
        actor: person.id,
        subject: String(stall_id),
        body: { snooze: String(last.snooze_id) },
      },
    ];
  });
}

async function stallOf(session: Session, person: Person, name: string): Promise<Row> {
  const rule = ruleOf(person);
  const rows = await session.rows(
    live(
      `${rule.sql} and (stalled.stall_id = ? or stalled.opportunity_id = ? or stalled.opportunity_name = ?)`,
    ),
    [...rule.values, name, name, name],
  );
  const [stall, another] = rows;
  if (!stall)
    throw new MillraceError('not_found', {
      what: 'No stalled opportunity on your list has this id or name',
      where: name,
      todo: 'Load the list again: something may have moved it (millrace stall list --all)',
    });
  if (another)
    throw new MillraceError('bad_request', {
      what: `${rows.length} stalled opportunities have this name`,
      where: name,
      todo: `Name one by its id, for example ${String(stall.opportunity_id)}`,
    });
  return stall;
}

async function isKnown(session: Session, eventId: string): Promise<boolean> {
  const rows = await session.rows('select 1 as n from ops.event where event_id = ?', [eventId]);
  return rows.length > 0;
}

function mustBeSnooze({ until, reason }: SnoozeInput, today: string, last: string): void {
  if (!reason.trim()) throw new MillraceError('bad_request', { what: 'A stall is put off with a reason' });
  if (Number.isNaN(Date.parse(until)) || !isDay(until) || until <= today || until > last)
    throw new MillraceError('bad_request', {
      what: `A stall is put off until a day after ${today}, at most ${LONGEST_DAYS} days: until ${last}`,
    });
}
