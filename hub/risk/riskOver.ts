import type { Client } from '@temporalio/client';
import { MillraceError } from '../../connectors/kit';
import type { Session, Value } from '../../warehouse';
import { type Host, planOfConnection, type RiskOutcome } from '../../workflows';
import { rowRule } from '../access/rowRule';
import type { Person } from '../access/users';
import { type Caps, spentOf } from '../runtime/bureauBudget';
import { riskNow } from '../runtime/work';
import { withinCaps } from './planRisk';
import type { ListRiskCost, ListRiskEvents, RiskCost, RiskPlan, RiskWork } from './riskWork';

type Reading = Pick<RiskWork, 'events' | 'cost'>;

/** What only reads the warehouse. */
export const riskReading = (warehouse: Session): Reading => ({
  events: (filter, person) => listEvents(warehouse, filter, person),
  cost: (filter) => listCost(warehouse, filter),
});

/** With the bureaus and a client of Temporal. */
export function riskOver(
  { warehouse, host, client }: { warehouse: Session; host: Host; client: Client },
  budgets: ReadonlyMap<string, Caps>,
): RiskWork {
  const chosen = (connection: string | undefined) => paidConnections(budgets, connection);
  return {
    ...riskReading(warehouse),
    async plan(connection) {
      const plans: RiskPlan[] = [];
      for (const name of chosen(connection)) {
        const plan = await planOfConnection(host, name);
        plans.push(withinCaps(name, plan, budgets.get(name), await spentOf(warehouse, name)));
      }
      return plans;
    },
    async run({ connection, maxCalls }) {
      const outcomes: RiskOutcome[] = [];
      for (const name of chosen(connection))
        outcomes.push(
          await riskNow(client, {
            connection: name,
            cause: 'manual',
            ...(maxCalls !== undefined && { maxCalls }),
          }),
        );
      return outcomes;
    },
  };
}

/** Opens what each command needs when it is asked for. */
export function laterRisk(light: () => Promise<Reading>, full: () => Promise<RiskWork>): RiskWork {
  return {
    plan: async (connection) => (await full()).plan(connection),
    run: async (input) => (await full()).run(input),
    events: async (filter, person) => (await light()).events(filter, person),
    cost: async (filter) => (await light()).cost(filter),
  };
}

function paidConnections(budgets: ReadonlyMap<string, Caps>, connection: string | undefined): string[] {
  const names = [...budgets.keys()];
  if (connection === undefined && names.length > 0) return names;
  if (connection !== undefined && names.includes(connection)) return [connection];
  throw new MillraceError('not_found', {
    what:
      connection === undefined
        ? 'No connection has a budget for paid calls'
        : `${connection} has no budget for paid calls`,
    todo: `Write budget: {dayCny, monthCny} into the config of a credit bureau's connection${names.length > 0 ? `; there is one for: ${names.join(', ')}` : ''}`,
  });
}

async function listEvents(session: Session, filter: ListRiskEvents, person: Person) {
  const rule = rowRule(person, { region: 'rls_region', owner: 'rls_owner' });
  const { change, kind, customer, since, limit } = filter;
  const conditions: [string, Value | undefined][] = [
    ['change = ?', change],
    ['kind = ?', kind],
    ['customer_id = ?', customer],
    ['found_date >= cast(? as date)', since],
  ];
  const asked = conditions.filter(([, value]) => value !== undefined);
  return session.rows(
    `select customer_name, change, kind, title, case_number, amount_cny, event_date, is_live, found_date, service,
       order_number, call_cost_cny, business_date(before_at) as not_there_on, customer_id, risk_event_id, bureau_check_id
     from marts.risk_event
     where ${[rule.sql, ...asked.map(([sql]) => sql)].join(' and ')}
     order by found_date desc, case change when 'new' then 1 when 'lifted' then 2 else 3 end, finding_id
     limit ${limit}`,
    [...rule.values, ...asked.map(([, value]) => value ?? null)],
  );
}

const MONTHS = 12;

async function listCost(session: Session, { month }: ListRiskCost): Promise<RiskCost> {
  const months = await session.rows(
    `select connection, month, calls, cost_cny, budget_cny, left_cny, used_share, customers, cost_per_customer_cny
     from marts.bureau_budget
     where case when cast(? as varchar) is null
       then month_start > cast(month_start(business_today()) - interval '${MONTHS} months' as date) else month = ? end
     order by month desc, connection`,
    [month ?? null, month ?? null],
  );
  const services = await session.rows(
    `select connection, month, service, cast(sum(calls) as bigint) as calls, cast(sum(cost_cny) as decimal(18, 4)) as cost_cny,
       count(distinct company_key) as customers
     from marts.bureau_cost
     where case when cast(? as varchar) is null
       then month_start > cast(month_start(business_today()) - interval '${MONTHS} months' as date) else month = ? end
     group by connection, month, service
     order by month desc, connection, cost_cny desc, service`,
    [month ?? null, month ?? null],
  );
  return { months, services };
}
