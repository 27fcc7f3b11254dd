import { addWorkdays } from './company/calendar';
import { COHORT_DAYS } from './company/cohorts';
import { checkCharacter } from './company/creditCode';
import { addMonths, dayAt, dayOf, monthEnd, monthStart } from './company/days';
import type { Company, Stage, Statement } from './company/entities';
import { collected, forecastAt } from './company/gap';
import { groupBy } from './company/groupBy';
import { makeCompany } from './company/makeCompany';
import { centsText } from './company/money';
import { plainName } from './company/names';
import { STAGES } from './company/opportunities';
import { bankBytes, bankFiles } from './feed/bank';
import { healthByHand, monthEndsBefore } from './healthByHand';
import { truthsOf } from './truths';

/** The planted truths, found by a second method: in plain TypeScript over the company, not over the hub's numbers. */
const company = makeCompany({ seed: 1, today: '2026-11-24' });
const truths = truthsOf(company);
const sum = (list: readonly { amount: number }[]): number =>
  list.reduce((total, { amount }) => total + amount, 0);

describe('planted: 470,000.00 that three people called confirmed', () => {
  const month = company.planted.gapMonth;
  const receivedFor = receivedFrom(company);

  test('the month is the second last complete one, and three people stated one each before it began', () => {
    expect(truths.gap.month).toBe('2026-09');
    expect(truths.gap.people).toHaveLength(3);
    expect(new Set(truths.gap.people.map(({ employeeNumber }) => employeeNumber)).size).toBe(3);
    expect(truths.gap.statements.map(({ amount }) => amount)).toEqual([
      '180000.00',
      '160000.00',
      '130000.00',
    ]);
    for (const { statedDate, expectedDate, flaggedDate, evidence } of truths.gap.statements) {
      expect(
        statedDate < '2026-09-01' && expectedDate.startsWith('2026-09') && flaggedDate.startsWith('2026-09'),
      ).toBe(true);
      expect(evidence).toBe('客户说预计下周付款');
    }
  });

  test('FVA-7 over the month is 470,000.00 by these three, and nobody else', () => {
    const missing = company.statements
      .filter(({ certainty, isWithdrawn }) => certainty === 'confirmed' && !isWithdrawn)
      .filter((statement) =>
        [statement.expectedDate, flaggedDay(statement)].some((day) => day >= month && day <= monthEnd(month)),
      )
      .map((statement) => ({
        statement,
        amount: statement.amount - receivedFor(statement, dayAt(statement.statedAt), statement.expectedDate),
      }))
      .filter(({ amount, statement }) => amount > Math.max(100, statement.amount * 0.005));
    expect(missing.map(({ statement }) => statement.threadKey).sort()).toEqual(
      [...company.planted.gapThreads].sort(),
    );
    expect(centsText(sum(missing))).toBe('470000.00');
    expect(truths.gap.confirmedMissing).toBe('470000.00');
  });

  test('their customers pay nothing in that month; the money comes 20 to 40 days late, a part is still open', () => {
    for (const { customerNumber, documentNumber, expectedDate, arrivedDate } of truths.gap.statements) {
      const customer = company.customers.findIndex(({ erpNumber }) => erpNumber === customerNumber);
      const inMonth = company.bankLines.filter(
        (line) => line.customer === customer && line.valueDate >= month && line.valueDate <= monthEnd(month),
      );
      expect(inMonth).toEqual([]);
      expect(dayOf(arrivedDate) - dayOf(expectedDate)).toBeGreaterThanOrEqual(20);
      expect(dayOf(arrivedDate) - dayOf(expectedDate)).toBeLessThanOrEqual(40);
      expect(company.documents.some(({ number }) => number === documentNumber)).toBe(true);
    }
    expect(truths.gap.statements.map(({ openToday }) => openToday)).toEqual(['0.00', '60000.00', '0.00']);
  });

  test('the whole gap of the month at H1 is 470,000.00, which no other month comes near', () => {
    const gapOf = (start: number) => {
      const threads = forecastAt(start, company.statements, (statement) =>
        [...receiptsOn(company, statement)].map(({ valueDate, amount }) => ({
          day: valueDate,
          amount,
          isBill: false,
        })),
      );
      return threads.reduce((total, { forecast }) => total + forecast, 0) - collected(start, company);
    };
    expect(centsText(gapOf(month))).toBe('470000.00');
    for (const away of [-6, -5, -4, -3, -2, -1, 1])
      expect(gapOf(addMonths(month, away))).toBeLessThan(40_000_000);
  });
});

describe('planted: red two months in a row', () => {
  const health = healthByHand(company);
  const [last, before, third] = monthEndsBefore(company.today, 3) as [number, number, number];

  test('the customer is red at the ends of the last two complete months and not before', () => {
    const colours = [third, before, last].map((end) => health(company.planted.redCustomer, end).colour);
    expect(colours).toEqual(['yellow', 'red', 'red']);
    expect(truths.twoReds.months).toEqual(['2026-09', '2026-10']);
    expect(truths.twoReds.managerNumber).toMatch(/^QY/);
  });

  test('it is late, silent, sends goods back and has penalties', () => {
    const customer = company.planted.redCustomer;
    expect(health(customer, last)).toMatchObject({ interaction: 0, isOverride: true });
    expect(
      company.returns.some(
        (each) => each.customer === customer && each.returnDate > company.planted.gapMonth,
      ),
    ).toBe(true);
    const kinds = company.riskRecords.filter((each) => each.customer === customer).map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['environmental_penalty', 'administrative_penalty']));
  });

  test('most customers are green, many yellow, few red', () => {
    const recent = new Set(
      company.orders.filter(({ orderDate }) => orderDate > last - 365).map(({ customer }) => customer),
    );
    const colours = groupBy([...recent], (customer) => health(customer, last).colour);
    const share = (colour: 'green' | 'yellow' | 'red') => (colours.get(colour)?.length ?? 0) / recent.size;
    expect(share('green')).toBeGreaterThan(0.45);
    expect(share('yellow')).toBeGreaterThan(0.12);
    expect(share('red')).toBeLessThan(0.12);
  });
});

describe('planted: 技术评审 → 商务谈判 at 18 %', () => {
  const order = (stage: Stage) => (stage === '输单' ? 0 : STAGES.indexOf(stage) + 1);
  const reached = (changes: Company['opportunities'][number]['changes'], stage: number) =>
    changes.find(({ to }) => order(to) >= stage)?.changedAt;
  const cohort = company.opportunities
    .filter(({ status }) => status !== 'invalid')
    .flatMap(({ changes }) => {
      const entered = reached(changes, 3);
      const advanced = reached(changes, 4);
      if (entered === undefined) return [];
      const day = dayAt(entered);
      return [{ day, isAdvanced: advanced !== undefined && dayAt(advanced) - day <= COHORT_DAYS }];
    });
  const lastMature = company.lastDay - COHORT_DAYS;

  test.each`
    way                                     | from                                       | to
    ${'12 months back from yesterday'}      | ${addMonths(company.lastDay, -12)}         | ${lastMature}
    ${'since the same month of last year'}  | ${monthStart(company.today, -12)}          | ${lastMature}
    ${'the last 12 complete months'}        | ${monthStart(company.today, -12)}          | ${Math.min(lastMature, monthStart(company.today) - 1)}
    ${'the last 12 months that are mature'} | ${monthStart(monthStart(lastMature), -12)} | ${monthStart(lastMature) - 1}
  `('$way: 18.0 %', ({ from, to }: { from: number; to: number }) => {
    const entered = cohort.filter(({ day }) => day >= from && day <= to);
    const advanced = entered.filter(({ isAdvanced }) => isAdvanced);
    expect(entered.length).toBeGreaterThan(400);
    expect(((advanced.length / entered.length) * 100).toFixed(1)).toBe('18.0');
  });

  test('single months differ', () => {
    const rates = new Set(
      [...groupBy(cohort, ({ day }) => monthStart(day)).values()].map((list) =>
        Math.round((list.filter(({ isAdvanced }) => isAdvanced).length / list.length) * 100),
      ),
    );
    expect(rates.size).toBeGreaterThan(4);
  });
});

test('planted: one customer under five names, held together by code and normalised name', () => {
  const { names, erpNumbers, creditCode } = truths.fiveNames;
  expect(new Set(names).size).toBe(5);
  const [erp, twin, , , payer] = names as [string, string, string, string, string];
  expect(plainName(twin)).toBe(plainName(erp));
  expect(plainName(payer)).toBe(plainName(erp));
  expect(erpNumbers[0]).not.toBe(erpNumbers[1]);
  expect(checkCharacter(creditCode.slice(0, 17))).toBe(creditCode[17]);
});

test('planted: a region changes hands on one day, half-open', () => {
  const { region, fromNumber, toNumber, date } = company.planted.handover;
  expect(truths.handover.date).toBe('2026-07-01');
  const own = company.assignments.filter((assignment) => assignment.region === region);
  for (const { ownerNumber, validFrom, validTo } of own) {
    if (ownerNumber === fromNumber) expect(validTo).toBe(date);
    else expect([ownerNumber, validTo, validFrom >= date]).toEqual([toNumber, null, true]);
  }
  const customers = new Set(own.map(({ customer }) => customer));
  const sellers = new Set(
    company.orders
      .filter(({ customer, orderDate }) => customers.has(customer) && orderDate >= date)
      .map(({ ownerNumber }) => ownerNumber),
  );
  expect([...sellers]).toEqual([toNumber]);
});

test('planted: an order stands still at node 3, because design has not confirmed', () => {
  expect(truths.blockedOrder).toMatchObject({ node: 3, nodeName: '技术交底会', missing: ['设计'] });
  const chain = company.taskChains.find(({ orderNumber }) => orderNumber === truths.blockedOrder.orderNumber);
  expect(chain?.nodes.map(({ doneAt }) => doneAt !== null)).toEqual([
    true,
    true,
    ...Array<boolean>(10).fill(false),
  ]);
});

test('planted: a bank file is there twice under two names, and one overlaps two others by whole days', () => {
  const files = new Map(bankFiles(company).map((file) => [file.name, file]));
  const [first, again] = truths.duplicateFile.fileNames.map((name) => files.get(name));
  const overlapping = files.get(truths.duplicateFile.overlapping);
  if (!first || !again || !overlapping) throw new Error('a file is missing');
  expect(bankBytes(first).equals(bankBytes(again))).toBe(true);
  expect(first.lines.length).toBe(truths.duplicateFile.lines);
  const others = [...files.values()].filter(
    ({ name, account, from, to }) =>
      name !== overlapping.name &&
      account === overlapping.account &&
      from <= overlapping.to &&
      to >= overlapping.from,
  );
  expect(others).toHaveLength(2);
  const theirs = new Set(others.flatMap(({ lines }) => lines));
  expect(overlapping.lines.filter((line) => !theirs.has(line))).toEqual([]);
});

/** Money for a statement's document or order, by value date; receipts of bills by the day they were signed for. */
function* receiptsOn(
  world: Company,
  { subjectKind, subjectNumber }: Statement,
): Generator<{ valueDate: number; amount: number }> {
  if (subjectNumber === null) return;
  for (const allocation of moneyBySubject(world).get(`${subjectKind} ${subjectNumber}`) ?? [])
    yield allocation;
}

const bySubject = new WeakMap<Company, Map<string, Company['allocations']>>();
function moneyBySubject(world: Company): Map<string, Company['allocations']> {
  const known = bySubject.get(world);
  if (known) return known;
  const orderOf = new Map(world.documents.map(({ number, orderNumber }) => [number, orderNumber]));
  const money = world.allocations.filter(({ kind }) =>
    ['cash', 'bank_bill', 'commercial_bill', 'prepayment_applied'].includes(kind),
  );
  const found = new Map([
    ...groupBy(money, ({ documentNumber }) => `document ${documentNumber}`),
    ...groupBy(money, ({ documentNumber }) => `order ${orderOf.get(documentNumber)}`),
  ]);
  bySubject.set(world, found);
  return found;
}

/** METRICS FVA-7: the first workday after the later of the expected and the stated date. */
const flaggedDay = ({ expectedDate, statedAt }: Statement): number =>
  addWorkdays(Math.max(expectedDate, dayAt(statedAt)), 1);

function receivedFrom(world: Company): (statement: Statement, from: number, to: number) => number {
  return (statement, from, to) =>
    [...receiptsOn(world, statement)].reduce(
      (total, { valueDate, amount }) => total + (valueDate >= from && valueDate <= to ? amount : 0),
      0,
    );
}
