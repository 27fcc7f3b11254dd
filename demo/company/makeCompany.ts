import { makeActivities } from './activities';
import { makeBankLines } from './bank';
import { makeRiskRecords } from './bureau';
import { makeBundles } from './bundles';
import { makeContacts } from './contacts';
import { makeCustomers } from './customers';
import { addMonths, type Day, dayOf } from './days';
import type { Company } from './entities';
import { settleGap } from './gap';
import { makeOpportunities } from './opportunities';
import { makeSales } from './orders';
import { makePayments } from './payments';
import { makePeople } from './people';
import { handoverOf, makePlot } from './planted';
import { makeProducts } from './products';
import { Random } from './random';
import { makeDocuments } from './receivables';
import { makeStatements } from './statements';
import { makeTaskChains } from './taskChains';
import { makeAssignments, ownersOf } from './territories';

export interface CompanyOptions {
  seed: number;
  /** `2026-11-24`; history ends the day before. */
  today: string;
}

const YEARS = 3;

/** The whole company, the same for the same seed and day on every machine. About two seconds. */
export function makeCompany({ seed, today: todayText }: CompanyOptions): Company {
  const today: Day = dayOf(todayText);
  const lastDay = today - 1;
  const firstDay = addMonths(today, -12 * YEARS);
  const span = { seed, firstDay, lastDay };

  const handover = handoverOf(today, makePeople(firstDay, firstDay));
  const employees = makePeople(firstDay, handover.date);
  const customers = makeCustomers(span);
  const products = makeProducts(Random.for(seed, 'products'));
  const assignments = makeAssignments(seed, customers, employees, handover);
  const ownerOn = ownersOf(assignments);
  const plot = makePlot(seed, today, customers, assignments);
  const world = { ...span, customers, products, ownerOn, plot };

  const { orders, deliveries, returns } = makeSales(world);
  const documents = makeDocuments(world, orders, deliveries, returns);
  const { flows, ...payments } = makePayments(world, orders, documents);
  const receipts = [...payments.receipts, ...payments.unbookedReceipts];
  const bankLines = makeBankLines({
    ...world,
    receipts,
    bills: payments.bills,
    allocations: payments.allocations,
  });
  const opportunities = makeOpportunities(world);
  const saying = { ...world, documents, flows };
  const talks = makeStatements(saying);
  const statements = settleGap(saying, [...talks, ...makeBundles(saying, talks)], bankLines, payments.bills);
  statements.sort(
    (one, other) => one.statedAt - other.statedAt || (one.threadKey < other.threadKey ? -1 : 1),
  );
  const { contacts, moved } = makeContacts(span, customers, plot.fiveNames);
  const { chains, blockedOrder } = makeTaskChains(seed, orders, lastDay);

  const byOrder = new Map(documents.map(({ orderNumber, number }) => [orderNumber, number]));
  const gapDocuments = plot.statements.map(
    ({ plantedOrder }) => byOrder.get(plantedOrder.order?.number ?? '') ?? '',
  );
  return {
    seed,
    today,
    firstDay,
    lastDay,
    employees,
    customers,
    products,
    assignments,
    orders,
    deliveries,
    returns,
    documents,
    ...payments,
    bankLines,
    opportunities,
    contacts,
    activities: makeActivities(world, opportunities),
    statements,
    riskRecords: makeRiskRecords(world),
    taskChains: chains,
    planted: {
      gapMonth: plot.gapMonth,
      gapDocuments,
      gapThreads: gapDocuments.map((number) => `HK-${number}`),
      redCustomer: plot.red.customer,
      fiveNames: plot.fiveNames,
      handover,
      blockedOrder,
      movedContact: moved,
    },
  };
}
