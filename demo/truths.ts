import { addWorkdays } from './company/calendar';
import { BENCHMARK, CONVERSION } from './company/cohorts';
import { type Day, dayAt, dayText, monthStart, monthText } from './company/days';
import type { Company, Customer, Employee, Statement } from './company/entities';
import { type FinanceTruths, financeTruths } from './company/finance';
import { GAP_TOTAL } from './company/gap';
import { centsText } from './company/money';
import { repeated } from './feed/bank';
import { type ApplicationTruths, applicationTruths } from './applicationTruths';
import { BAD_ROWS } from './feed/badRows';
import { type RiskTruths, riskTruths } from './riskTruths';
import { type LedgerTruths, ledgerTruths } from './ledgerTruths';

/** What was planted in the company, in the words of the screens: tests find it again by way of the dashboards' own queries. */
export interface Truths {
  today: string;
  /** Yesterday: the as-of day of every number. */
  businessToday: string;
  gap: {
    /** `2026-09` */
    month: string;
    /** FVA-7 over the month: what was confirmed and had not come when it was flagged. */
    confirmedMissing: string;
    /** FVA-6 at horizon H1: forecast less actual of the whole month. */
    totalGap: string;
    people: { employeeNumber: string; name: string; amount: string }[];
    statements: {
      threadKey: string;
      statedBy: string;
      customerNumber: string;
      customerName: string;
      documentNumber: string;
      amount: string;
      statedDate: string;
      expectedDate: string;
      flaggedDate: string;
      evidence: string;
      arrivedDate: string;
      arrived: string;
      openToday: string;
    }[];
  };
  twoReds: {
    customerNumber: string;
    customerName: string;
    months: [first: string, second: string];
    monthBefore: string;
    ownerNumber: string;
    managerNumber: string;
  };
  conversion: {
    fromStage: string;
    toStage: string;
    percent: string;
    withinDays: number;
    benchmarkRate: string;
    benchmarkSource: string;
    benchmarkDate: string;
  };
  fiveNames: {
    customerNumber: string;
    erpNumbers: [string, string];
    crmId: string;
    creditCode: string;
    names: string[];
  };
  duplicateFile: {
    account: string;
    fileNames: [string, string];
    overlapping: string;
    month: string;
    lines: number;
    netAmount: string;
  };
  blockedOrder: { orderNumber: string; node: number; nodeName: string; missing: string[] };
  /** One mobile number: left one customer, works for another. */
  movedContact: { name: string; from: string; to: string; movedDate: string };
  handover: { region: string; fromNumber: string; toNumber: string; date: string; customers: number };
  badRows: { kingdee: number; fxiaoke: number };
  /** Disputes that people entered, and a ledger that differs by one document. */
  finance: FinanceTruths;
  /** Bills and retention in the ledger of yesterday. */
  ledger: LedgerTruths;
  /** Who pays for whom, what was paid too much, what lay for weeks. */
  application: ApplicationTruths;
  /** What the credit bureau's answers of a day later have that the first did not. */
  risk: RiskTruths;
}

/** Computed from the company, so that no number is written twice. */
export function truthsOf(company: Company): Truths {
  return {
    today: dayText(company.today),
    businessToday: dayText(company.lastDay),
    gap: gapTruth(company),
    twoReds: redTruth(company),
    conversion: {
      fromStage: '技术评审',
      toStage: '商务谈判',
      percent: (CONVERSION * 100).toFixed(1),
      withinDays: 90,
      benchmarkRate: BENCHMARK.rate,
      benchmarkSource: BENCHMARK.source,
      benchmarkDate: BENCHMARK.date,
    },
    fiveNames: namesTruth(company),
    duplicateFile: fileTruth(company),
    blockedOrder: blockedTruth(company),
    movedContact: movedTruth(company),
    handover: handoverTruth(company),
    badRows: { ...BAD_ROWS },
    finance: financeTruths(company),
    ledger: ledgerTruths(company),
    application: applicationTruths(company),
    risk: riskTruths(company),
  };
}

function gapTruth(company: Company): Truths['gap'] {
  const { gapMonth, gapThreads } = company.planted;
  const threads = gapThreads.map(
    (key) =>
      company.statements.find(({ threadKey, version }) => threadKey === key && version === 1) as Statement,
  );
  return {
    month: monthText(gapMonth),
    confirmedMissing: centsText(threads.reduce((sum, { amount }) => sum + amount, 0)),
    totalGap: centsText(GAP_TOTAL),
    people: threads.map(({ statedBy, amount }) => {
      const person = employee(company, statedBy);
      return { employeeNumber: person.number, name: person.name, amount: centsText(amount) };
    }),
    statements: threads.map((statement) => {
      const customer = company.customers[statement.customer] as Customer;
      const paid = company.allocations.filter(
        ({ documentNumber }) => documentNumber === statement.subjectNumber,
      );
      const arrived = paid.reduce((sum, { amount }) => sum + amount, 0);
      return {
        threadKey: statement.threadKey,
        statedBy: statement.statedBy,
        customerNumber: customer.erpNumber ?? '',
        customerName: customer.erpName,
        documentNumber: statement.subjectNumber ?? '',
        amount: centsText(statement.amount),
        statedDate: dayText(dayAt(statement.statedAt)),
        expectedDate: dayText(statement.expectedDate),
        flaggedDate: dayText(flagged(statement)),
        evidence: statement.evidence ?? '',
        arrivedDate: dayText(paid[0]?.valueDate ?? 0),
        arrived: centsText(arrived),
        openToday: centsText(statement.amount - arrived),
      };
    }),
  };
}

/** FVA-7: the first workday after the later of expected and stated date. */
const flagged = ({ expectedDate, statedAt }: Pick<Statement, 'expectedDate' | 'statedAt'>): Day =>
  addWorkdays(Math.max(expectedDate, dayAt(statedAt)), 1);

function redTruth(company: Company): Truths['twoReds'] {
  const customer = company.customers[company.planted.redCustomer] as Customer;
  const month = (back: number) => monthText(monthStart(company.today, -back));
  const owner = employee(company, ownerNow(company, customer.customer));
  return {
    customerNumber: customer.erpNumber ?? '',
    customerName: customer.erpName,
    months: [month(2), month(1)],
    monthBefore: month(3),
    ownerNumber: owner.number,
    managerNumber: owner.managerNumber ?? '',
  };
}

function namesTruth(company: Company): Truths['fiveNames'] {
  const customer = company.customers[company.planted.fiveNames] as Customer;
  return {
    customerNumber: customer.erpNumber ?? '',
    erpNumbers: [customer.erpNumber ?? '', customer.erpTwin?.number ?? ''],
    crmId: customer.crmId,
    creditCode: customer.creditCode,
    names: [
      customer.erpName,
      customer.erpTwin?.name ?? '',
      customer.crmName,
      customer.name,
      customer.payerName,
    ],
  };
}

function fileTruth(company: Company): Truths['duplicateFile'] {
  const { first, again, overlapping } = repeated(company);
  return {
    account: first.account,
    fileNames: [first.name, again.name],
    overlapping: overlapping.name,
    month: monthText(first.from),
    lines: first.lines.length,
    netAmount: centsText(first.lines.reduce((sum, { amount }) => sum + amount, 0)),
  };
}

function blockedTruth(company: Company): Truths['blockedOrder'] {
  const chain = company.taskChains.find(({ orderNumber }) => orderNumber === company.planted.blockedOrder);
  const node = chain?.nodes.find(({ missing }) => missing.length > 0);
  return {
    orderNumber: company.planted.blockedOrder,
    node: node?.node ?? 0,
    nodeName: node?.name ?? '',
    missing: node?.missing ?? [],
  };
}

function movedTruth({ customers, planted }: Company): Truths['movedContact'] {
  const { name, from, to, movedDate } = planted.movedContact;
  const erpName = (customer: number) => customers[customer]?.erpName ?? '';
  return { name, from: erpName(from), to: erpName(to), movedDate: dayText(movedDate) };
}

function handoverTruth(company: Company): Truths['handover'] {
  const { region, fromNumber, toNumber, date } = company.planted.handover;
  const customers = company.assignments.filter(
    ({ ownerNumber, validTo }) => ownerNumber === fromNumber && validTo === date,
  ).length;
  return { region, fromNumber, toNumber, date: dayText(date), customers };
}

const employee = ({ employees }: Company, number: string): Employee => {
  const found = employees.find((each) => each.number === number);
  if (!found) throw new Error(`no employee ${number}`);
  return found;
};

const ownerNow = ({ assignments }: Company, customer: number): string =>
  assignments.findLast((assignment) => assignment.customer === customer)?.ownerNumber ?? '';
