import type { PaidPlan } from '../../connectors/kit';
import type { Caps } from '../runtime/bureauBudget';
import type { PlannedCompany, RiskPlan, RiskSum } from './riskWork';

/** How many of the first companies a plan names. */
const FIRST = 20;

/**
 * What the caps let through of a plan today. Goes through it as a run does, call by call in the same order, and ends where a
 * cap refuses the first call. Amounts in decimal text; further pages of long lists come on top.
 */
export function withinCaps(
  connection: string,
  { services, companies }: PaidPlan,
  caps: Caps | undefined,
  spent: RiskPlan['spent'],
): RiskPlan {
  const prices = new Map(services.map(({ service, priceCny }) => [service, unitsOf(priceCny)]));
  const left = caps && leftOf(caps, spent);
  let calls = 0;
  let cost = 0n;
  let stoppedBy: RiskPlan['stoppedBy'] = caps ? null : 'none set';
  const first: PlannedCompany[] = [];
  let todayCompanies = 0;
  for (const [index, company] of companies.entries()) {
    let isToday = false;
    for (const service of company.services) {
      const price = prices.get(service) ?? 0n;
      stoppedBy ??= left ? refusedBy(left, calls + 1, cost + price) : null;
      if (stoppedBy !== null) break;
      isToday = true;
      calls++;
      cost += price;
    }
    if (isToday) todayCompanies++;
    if (index < FIRST) first.push(named(company, index + 1, isToday));
  }
  const due = sumOf(services, companies.length);
  const today = { companies: todayCompanies, calls, costCny: textOf(cost) };
  return {
    connection,
    services,
    due,
    today,
    waiting: {
      companies: due.companies - today.companies,
      calls: due.calls - today.calls,
      costCny: textOf(unitsOf(due.costCny) - cost),
    },
    caps: caps ?? null,
    spent,
    stoppedBy: calls === due.calls ? null : stoppedBy,
    first,
  };
}

const named = (
  { subject, name, exposureCny, services, costCny }: PaidPlan['companies'][number],
  place: number,
  isToday: boolean,
): PlannedCompany => ({ place, subject, name, exposureCny, services: services.length, costCny, isToday });

function sumOf(services: PaidPlan['services'], companies: number): RiskSum {
  const calls = services.reduce((sum, each) => sum + each.calls, 0);
  const cost = services.reduce((sum, each) => sum + unitsOf(each.costCny), 0n);
  return { companies, calls, costCny: textOf(cost) };
}

interface LeftOver {
  dayCny: bigint;
  monthCny: bigint;
  dayCalls: number;
  monthCalls: number;
}

const leftOf = (caps: Caps, spent: RiskPlan['spent']): LeftOver => ({
  dayCny: unitsOf(caps.dayCny) - unitsOf(spent.dayCny),
  monthCny: unitsOf(caps.monthCny) - unitsOf(spent.monthCny),
  dayCalls: (caps.dayCalls ?? Number.MAX_SAFE_INTEGER) - spent.dayCalls,
  monthCalls: (caps.monthCalls ?? Number.MAX_SAFE_INTEGER) - spent.monthCalls,
});

function refusedBy(left: LeftOver, calls: number, cost: bigint): 'day' | 'month' | null {
  if (cost > left.monthCny || calls > left.monthCalls) return 'month';
  return cost > left.dayCny || calls > left.dayCalls ? 'day' : null;
}

const PLACES = 4;
const UNIT = 10_000n;

/** Decimal text in ten-thousandths of a yuan. */
function unitsOf(amount: string): bigint {
  const [whole = '0', places = ''] = amount.split('.');
  return BigInt(whole + places.padEnd(PLACES, '0').slice(0, PLACES));
}

/** Two decimals, or four where they are needed. */
function textOf(units: bigint): string {
  const places = String(units % UNIT).padStart(PLACES, '0');
  return `${units / UNIT}.${places.endsWith('00') ? places.slice(0, 2) : places}`;
}
