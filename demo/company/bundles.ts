import { workdaysOfMonth } from './calendar';
import { at, type Day, monthEnd, monthStart } from './days';
import type { Customer, ReceivableDocument, Statement } from './entities';
import { groupBy } from './groupBy';
import { type Cents, yuan } from './money';
import { Random } from './random';
import { isTalkedAbout, type SayingWorld, STATEMENT_MONTHS } from './statements';

const SMALLEST = yuan(2_000);

/**
 * What the small documents of a larger customer will bring next month, in one sum (零星货款合计): a thread without a subject per
 * customer, restated on the last workday of every month and withdrawn when there is nothing left to expect.
 */
export function makeBundles(world: SayingWorld, statements: readonly Statement[]): Statement[] {
  const told = new Set(statements.map(({ threadKey }) => threadKey));
  const untold = world.documents.filter(
    (document) => isTalkedAbout(world, document) && !told.has(`HK-${document.number}`),
  );
  const byCustomer = groupBy(untold, ({ customer }) => customer);
  return world.customers.flatMap((customer) => {
    const isSpoken =
      customer.customerClass !== 'C' &&
      !world.plot.silence.has(customer.customer) &&
      customer.customer !== world.plot.red.customer;
    return isSpoken ? bundle(world, customer, byCustomer.get(customer.customer) ?? []) : [];
  });
}

function bundle(
  world: SayingWorld,
  customer: Customer,
  documents: readonly ReceivableDocument[],
): Statement[] {
  const random = Random.for(world.seed, `bundle of ${customer.customer}`);
  const said: Statement[] = [];
  for (
    let start = monthStart(world.lastDay, -STATEMENT_MONTHS + 1);
    start <= world.lastDay;
    start = monthStart(start, 1)
  ) {
    const statedOn = workdaysOfMonth(start).at(-1) as Day;
    if (statedOn > world.lastDay) break;
    const month = monthStart(start, 1);
    const hope = documents.reduce(
      (sum, document) => sum + hopeFor(random, world, customer, document, statedOn, month),
      0,
    );
    const amount = Math.round((hope * random.normal(1.2, 0.1)) / 10_000) * 10_000;
    const isWithdrawn = amount < SMALLEST;
    const before = said.at(-1);
    if (isWithdrawn && (!before || before.isWithdrawn)) continue;
    said.push({
      threadKey: `HK-${customer.erpNumber}`,
      version: said.length + 1,
      customer: customer.customer,
      subjectKind: 'none',
      subjectNumber: null,
      statedAt: at(statedOn, random.int(13, 17), random.int(0, 59), random.int(0, 59)),
      statedBy: world.ownerOn(customer.customer, statedOn),
      amount: isWithdrawn && before ? before.amount : amount,
      expectedDate: workdaysOfMonth(month).at(-random.int(2, 8)) as Day,
      certainty: 'expected',
      method: 'cash',
      evidence: '零星货款合计',
      isWithdrawn,
    });
  }
  return said;
}

/** What the person thinks a document still brings in the month: half the time he knows, else he adds the customer's habit to the due date. */
function hopeFor(
  random: Random,
  { flows }: SayingWorld,
  { habit }: Customer,
  document: ReceivableDocument,
  statedOn: Day,
  month: Day,
): Cents {
  if (document.documentDate > statedOn || document.dueDate < statedOn - 200) return 0;
  const coming = (flows.get(document.number) ?? []).filter(({ day }) => day > statedOn);
  const rest = coming.reduce((sum, { amount }) => sum + amount, 0);
  const first = coming[0];
  if (!first || rest <= 0) return 0;
  const day = random.chance(0.5) ? first.day : Math.max(document.dueDate + habit.lateDays, statedOn + 1);
  return day >= month && day <= monthEnd(month) ? rest : 0;
}
