import { randomUUID } from 'node:crypto';
import { MillraceError } from '../../connectors/kit';
import { appendEvents, type Session, type Warehouse } from '../../warehouse';
import { type RowRule, rowRule } from '../access/rowRule';
import type { Person } from '../access/users';
import { isDay } from '../setup/day';
import type { MorningList, ScopeFilter, TodoAct } from './financeWork';
import { todoStateSql } from './liveModels';

const ruleOf = (person: Person): RowRule =>
  rowRule(person, { region: 'morning_task.rls_region', owner: 'morning_task.rls_owner' });

/** The tasks as last built, with the newest word on each; what is open comes first, of a kind the newest, then the largest. */
const live = (rule: RowRule) => `
  with task as (
    select
      morning_task.task_key, morning_task.task_kind, morning_task.customer_id, morning_task.customer_name, morning_task.who,
      morning_task.owner_name, morning_task.document_number, morning_task.statement_id, morning_task.item_id,
      morning_task.bank_transaction_id, morning_task.detail, morning_task.amount_cny, morning_task.days, morning_task.is_disputed,
      cast(morning_task.task_date as varchar) as task_date, cast(morning_task.list_date as varchar) as list_date,
      case
        when todo.action = 'done' then 'done'
        when todo.action = 'snoozed' and todo.until_date > business_today() then 'snoozed'
        when todo.action = 'asked' then 'asked'
        else 'open'
      end as state,
      cast(case when todo.action = 'snoozed' then todo.until_date end as varchar) as snoozed_until,
      case when todo.action <> 'reopened' then todo.reason end as state_reason,
      case when todo.action <> 'reopened' then cast(todo.acted_date as varchar) end as acted_date,
      case morning_task.task_kind when 'missing' then 1 when 'broken' then 2 when 'payer' then 3 when 'match' then 4 when 'bank' then 5
        when 'said' then 6 when 'due' then 7 else 8 end as kind_order
    from marts.morning_task
    left join (${todoStateSql()}) as todo on todo.task_key = morning_task.task_key
    where ${rule.sql}
  )`;

/** B7: what finance has to do this morning, within the person's rows. */
export async function morningList(
  session: Session,
  person: Person,
  { region, owner }: ScopeFilter,
): Promise<MorningList> {
  const rule = ruleOf(person);
  if (region !== undefined) {
    rule.sql += ' and morning_task.rls_region = ?';
    rule.values = [...rule.values, region];
  }
  if (owner !== undefined) {
    rule.sql += ' and morning_task.rls_owner = ?';
    rule.values = [...rule.values, owner];
  }
  const tasks = await session.rows(
    `${live(rule)} select * from task order by kind_order, task_date desc, amount_cny desc, task_key`,
    rule.values,
  );
  const totals = await session.rows(
    `${live(rule)}
     select task_kind, cast(count(*) as int) as tasks, cast(count(*) filter (where state in ('open', 'asked')) as int) as open_tasks,
       (coalesce(sum(amount_cny) filter (where state in ('open', 'asked')), 0))::decimal(18, 2) as open_cny
     from task group by task_kind, kind_order order by kind_order`,
    rule.values,
  );
  const [days] = await session.rows(
    `select cast(business_today() as varchar) as as_of,
       cast((select min(day) from core.calendar where is_workday and day > business_today()) as varchar) as list_date`,
  );
  return { asOf: String(days?.as_of), listDate: String(days?.list_date), tasks, totals };
}

/**
 * Writes down what somebody did with a task. Errors: `not_found` for a task that is not on the person's list, `bad_request` for a
 * snooze without a reason or a later day.
 */
export async function act(warehouse: Warehouse, person: Person, input: TodoAct): Promise<void> {
  const { taskKey, action, until, reason } = input;
  await appendEvents(warehouse, [], async (session) => {
    const rule = ruleOf(person);
    const [task] = await session.rows(
      `select task_key, cast(business_today() as varchar) as today from marts.morning_task where task_key = ? and ${rule.sql}`,
      [taskKey, ...rule.values],
    );
    if (!task)
      throw new MillraceError('not_found', {
        what: 'This task is not on your list',
        where: `task ${taskKey}`,
        todo: 'Load the list again: it may have been done by the last build',
      });
    if (action === 'snoozed') mustBeSnooze(until, reason, String(task.today));
    return [
      {
        eventId: randomUUID(),
        kind: `todo.${action}`,
        actor: person.id,
        subject: taskKey,
        body: { until: action === 'snoozed' ? (until ?? null) : null },
        ...(reason !== undefined && { reason }),
      },
    ];
  });
}

function mustBeSnooze(until: string | undefined, reason: string | undefined, today: string): void {
  if (until === undefined || !isDay(until) || until <= today)
    throw new MillraceError('bad_request', { what: `A task is put off until a day after ${today}` });
  if (!reason?.trim()) throw new MillraceError('bad_request', { what: 'A task is put off with a reason' });
}
