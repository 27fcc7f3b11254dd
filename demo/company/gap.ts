import { endOf } from './bills';
import { workdayFrom, workdaysOfMonth } from './calendar';
import { at, type Day, dayAt, monthEnd, monthStart } from './days';
import type { BankCategory, BankLine, Bill, Company, ReceivableDocument, Statement } from './entities';
import { groupBy } from './groupBy';
import { type Cents, yuan } from './money';
import type { Flow } from './payments';
import { Random } from './random';
import { isTalkedAbout, type SayingWorld } from './statements';

/** What the month's gap G = F(M, T) - A(M) comes to (METRICS FVA-6), with T the end of the month before: horizon H1. */
export const GAP_TOTAL = yuan(470_000);
const COLLECTED = new Set<BankCategory>(['customer', 'unknown_payer', 'refund']);

/** Customers' money of a month (METRICS 5.3): bank lines of customers and of unknown payers, bank bills signed for, less refunds and bills that came back. */
export function collected(
  month: Day,
  { customers, bankLines, bills }: Pick<Company, 'customers' | 'bankLines' | 'bills'>,
): Cents {
  const isIn = (day: Day) => day >= month && day <= monthEnd(month);
  const isOurs = (customer: number | null) => customer !== null && customers[customer]?.isInternal === true;
  const cash = bankLines
    .filter(
      ({ valueDate, category, customer }) => isIn(valueDate) && COLLECTED.has(category) && !isOurs(customer),
    )
    .reduce((sum, { amount }) => sum + amount, 0);
  const bankBills = bills.filter(({ kind, customer }) => kind === 'bank_bill' && !isOurs(customer));
  const returned = bankBills.filter((bill) => {
    const end = endOf(bill, monthEnd(month));
    return end?.event === 'dishonoured' && isIn(end.day);
  });
  return (
    bankBills.filter(({ signedDate }) => isIn(signedDate)).reduce((sum, { amount }) => sum + amount, cash) -
    returned.reduce((sum, { amount }) => sum + amount, 0)
  );
}

/** The threads that count in F(month, T), each with what it still expected at T. */
export function forecastAt(
  month: Day,
  statements: readonly Statement[],
  flowsOf: (statement: Statement) => readonly Flow[],
): { statement: Statement; forecast: Cents }[] {
  const cutoff = at(month, 0);
  const current = new Map<string, Statement>();
  for (const statement of statements) {
    const other = current.get(statement.threadKey);
    if (statement.statedAt < cutoff && (!other || other.version < statement.version))
      current.set(statement.threadKey, statement);
  }
  return [...current.values()]
    .filter(
      ({ expectedDate, isWithdrawn }) =>
        !isWithdrawn && expectedDate >= month && expectedDate <= monthEnd(month),
    )
    .map((statement) => {
      const since = flowsOf(statement).filter(({ day }) => day > dayAt(statement.statedAt) && day < month);
      const matched = since.reduce((sum, { amount }) => sum + amount, 0);
      return { statement, forecast: Math.max(0, statement.amount - matched) };
    })
    .filter(({ forecast }) => forecast > 0);
}

/**
 * Makes the gap month's whole gap 470,000.00, to the cent: people say a little more or less about other customers, whose
 * statements and money otherwise cancel out. What the three planted statements say is left as it is.
 */
export function settleGap(
  world: SayingWorld,
  statements: readonly Statement[],
  bankLines: readonly BankLine[],
  bills: readonly Bill[],
): Statement[] {
  const { gapMonth } = world.plot;
  const actual = collected(gapMonth, {
    customers: [...world.customers],
    bankLines: [...bankLines],
    bills: [...bills],
  });
  const flowsOf = flowsBySubject(world);
  const planted = new Set(world.plot.statements.map(({ plantedOrder }) => plantedOrder.customer));
  let kept = [...statements];
  const gap = (): Cents =>
    forecastAt(gapMonth, kept, flowsOf).reduce((sum, { forecast }) => sum + forecast, -actual);

  const random = Random.for(world.seed, 'gap');
  const disappointing = random.shuffled(
    forecastAt(gapMonth, kept, flowsOf).filter(
      ({ statement }) =>
        !planted.has(statement.customer) &&
        statement.certainty !== 'confirmed' &&
        !paysIn(gapMonth, flowsOf(statement)),
    ),
  );
  let missing = GAP_TOTAL - gap();
  for (const { statement, forecast } of disappointing) {
    if (missing >= 0) break;
    kept = kept.filter(({ threadKey }) => threadKey !== statement.threadKey);
    missing += forecast;
  }
  const told = new Set(kept.map(({ threadKey }) => threadKey));
  const untold = random.shuffled(
    world.documents.filter(
      (document) =>
        isTalkedAbout(world, document) &&
        !planted.has(document.customer) &&
        !told.has(`HK-${document.number}`) &&
        document.documentDate < gapMonth - 8 &&
        document.amount < yuan(60_000) &&
        (world.flows.get(document.number) ?? []).some(
          ({ day, amount }) => amount === document.amount && day >= gapMonth && day <= monthEnd(gapMonth),
        ),
    ),
  );
  for (const document of untold) {
    if (missing < yuan(20_000) && missing >= 0) break;
    if (document.amount > missing - yuan(2_000)) continue;
    kept.push(addedStatement(random, world, document, document.amount));
    told.add(`HK-${document.number}`);
    missing -= document.amount;
  }
  const last = untold.find(
    (document) =>
      !told.has(`HK-${document.number}`) &&
      document.amount >= missing * 0.7 &&
      document.amount <= missing * 2.5,
  );
  if (!last) throw new Error('no document is left to make the gap exact');
  kept.push(addedStatement(random, world, last, missing));
  return kept;
}

const paysIn = (month: Day, flows: readonly Flow[]): boolean =>
  flows.some(({ day }) => day >= month && day <= monthEnd(month));

function flowsBySubject({ documents, flows }: SayingWorld): (statement: Statement) => readonly Flow[] {
  const byOrder = groupBy(
    documents.filter(({ isCreditNote }) => !isCreditNote),
    ({ orderNumber }) => orderNumber,
  );
  return ({ subjectKind, subjectNumber }) => {
    if (subjectNumber === null) return [];
    if (subjectKind === 'document') return flows.get(subjectNumber) ?? [];
    return (byOrder.get(subjectNumber) ?? []).flatMap(({ number }) => flows.get(number) ?? []);
  };
}

function addedStatement(
  random: Random,
  world: SayingWorld,
  document: ReceivableDocument,
  amount: Cents,
): Statement {
  const { gapMonth } = world.plot;
  const days = workdaysOfMonth(monthStart(gapMonth, -1))
    .filter((day) => day > document.documentDate)
    .slice(-6);
  const statedOn = random.pick(days);
  const paid = world.flows.get(document.number)?.find(({ day }) => day >= gapMonth)?.day ?? gapMonth + 15;
  const expectedDate = Math.min(
    workdayFrom(Math.max(gapMonth, paid + random.int(-5, 5))),
    workdaysOfMonth(gapMonth).at(-1) ?? paid,
  );
  return {
    threadKey: `HK-${document.number}`,
    version: 1,
    customer: document.customer,
    subjectKind: 'document',
    subjectNumber: document.number,
    statedAt: at(statedOn, random.int(9, 17), random.int(0, 59), random.int(0, 59)),
    statedBy: world.ownerOn(document.customer, statedOn),
    amount,
    expectedDate,
    certainty: 'expected',
    method: 'cash',
    evidence: null,
    isWithdrawn: false,
  };
}
