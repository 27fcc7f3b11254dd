import { NOTES } from './company/activities';
import { at, dayAt, dayText, type Instant } from './company/days';
import type { Activity, ActivityType, Company, Opportunity, Order, StageChange } from './company/entities';
import { pad } from './company/orders';
import { Random } from './company/random';
import { ownersOf } from './company/territories';
import { activityRecord, opportunityRecord, peopleOf, stageRecord } from './feed/fxiaoke';
import { orderEntries, orderRecord } from './feed/kingdee';
import { idsOf } from './feed/kingdeeBill';
import type { Seed } from './feed/records';

/** Something that somebody did while the demo runs, as the systems store it. */
export interface Change {
  number: number;
  at: Instant;
  kingdee: Seed[];
  fxiaoke: Seed[];
}

/** The part of the company that live changes are made from. */
export type Actors = Pick<
  Company,
  'seed' | 'today' | 'customers' | 'employees' | 'assignments' | 'opportunities' | 'products' | 'planted'
>;

export const CHANGE_EVERY_MS = 20_000;
/** About four and a half days; a demo that was away longer does not make up for more. */
const MOST_CHANGES = 20_000;
const LIVE_ORDER_ID = 260_000;
const LIVE_LINE_ID = 620_000;
/** Numbers of live records in the CRM begin far behind those of the history. */
const LIVE_RECORD = 1_000_000;

/**
 * The changes of a running demo: number k comes at anchor + k × 20 s and is the same after every restart. If the demo was
 * first started on another day than the one it shows, its clock runs from that day's morning.
 */
export function liveChanges(company: Actors, anchor: Instant): { until(now: Instant): Change[] } {
  const shift = dayAt(anchor) === company.today ? 0 : at(company.today, 8) - anchor;
  const ownerOn = ownersOf(company.assignments);
  const buyers = company.customers.filter(
    ({ erpNumber, habit, isInternal }) => erpNumber !== null && !isInternal && habit.until > company.today,
  );
  const open = company.opportunities.filter(({ status, stage }) => status === 'open' && stage === '线索确认');
  const world = {
    customers: company.customers,
    opportunities: company.opportunities,
    products: company.products,
  };
  const people = peopleOf(company);
  const customerId = idsOf(company);
  const quiet = company.planted.redCustomer;
  let done = 0;

  function change(number: number): Change {
    const random = Random.for(company.seed, `change ${number}`);
    const instant = anchor + number * CHANGE_EVERY_MS + shift;
    const draw = random.next();
    if (draw < 0.22) return order(random, number, instant);
    if (draw < 0.32 && open.length > 0) return stageMove(random, number, instant);
    return activity(random, number, instant);
  }

  function order(random: Random, number: number, instant: Instant): Change {
    const { customer, habit } = random.pick(buyers.filter((each) => each.customer !== quiet));
    const product = random.int(0, world.products.length - 1);
    const price = world.products[product]?.price ?? 10_000;
    const quantity = Math.max(1, Math.round(random.skewed(habit.orderValue, 0.6) / price));
    const amount = quantity * price;
    const orderDate = dayAt(instant);
    const made: Order = {
      id: LIVE_ORDER_ID + number,
      number: `XSDD${dayText(orderDate).slice(2, 7).replace('-', '')}-L${pad(number, 5)}`,
      createdAt: instant,
      modifiedAt: instant,
      approvedAt: instant,
      status: 'approved',
      customer,
      ownerNumber: ownerOn(customer, orderDate),
      orderDate,
      amount,
      isClosed: false,
      lines: [{ id: LIVE_LINE_ID + number, product, quantity, price, amount }],
    };
    const kingdee = [
      { kind: 'SAL_SaleOrder', records: [orderRecord(made, customerId)] },
      { kind: 'SAL_SaleOrder.FSaleOrderEntry', records: orderEntries(made, world) },
    ];
    return { number, at: instant, kingdee, fxiaoke: [] };
  }

  /** Only before 技术评审: what goes on from there is a planted truth. */
  function stageMove(random: Random, number: number, instant: Instant): Change {
    const [moving] = open.splice(random.int(0, open.length - 1), 1) as [Opportunity];
    const move: StageChange = { from: moving.stage, to: '需求沟通', changedAt: instant };
    const moved: Opportunity = { ...moving, stage: move.to, changes: [...moving.changes, move] };
    const fxiaoke = [
      { kind: 'NewOpportunityObj', records: [opportunityRecord(moved, world, people)] },
      { kind: 'StageChange__c', records: [stageRecord(move, LIVE_RECORD + number, moved, people)] },
    ];
    return { number, at: instant, kingdee: [], fxiaoke };
  }

  function activity(random: Random, number: number, instant: Instant): Change {
    const { customer } = random.pick(company.customers.filter((each) => each.customer !== quiet));
    const type = random.pick<ActivityType>(['visit', 'call', 'call', 'message_in', 'quotation']);
    const made: Activity = {
      customer,
      opportunity: null,
      ownerNumber: ownerOn(customer, dayAt(instant)),
      type,
      occurredAt: instant - 240_000,
      note: random.pick(NOTES[type]),
    };
    const fxiaoke = [
      { kind: 'ActiveRecordObj', records: [activityRecord(made, LIVE_RECORD + number, world, people)] },
    ];
    return { number, at: instant, kingdee: [], fxiaoke };
  }

  return {
    /** The changes that have become due since the last call. */
    until(now) {
      const due = Math.min(Math.floor((now - anchor) / CHANGE_EVERY_MS), MOST_CHANGES);
      const changes: Change[] = [];
      while (done < due) changes.push(change(++done));
      return changes;
    },
  };
}
