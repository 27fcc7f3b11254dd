import { candidateRows } from '../../../identity';
import type { Link } from '../../../identity/resolve/link';
import { resolveCustomers } from '../../../identity/resolve/resolveCustomers';
import type { Labelled } from './dirtyRecords';

/** Pairs of records: of one company, put together, and both. */
interface Pairs {
  true: number;
  linked: number;
  right: number;
}

export interface Measured {
  records: number;
  links: Pairs;
  payers: { all: number; known: number; led: number; right: number };
  /** Records, and those that stand with another record of their company, by what was done to name and code. */
  byDirt: Map<string, { records: number; found: number; wrong: number }>;
  candidates: {
    pairs: number;
    right: number;
    sure: number;
    sureRight: number;
    missing: number;
    found: number;
  };
  seconds: { links: number; candidates: number };
}

const SURE_SCORE = 70;

/** Resolves labelled records and compares with what is true, pair by pair. */
export function measure(labelled: readonly Labelled[]): Measured {
  const truth = new Map(labelled.map((one) => [one.record.id, one]));
  const [links, linkSeconds] = timed(() =>
    resolveCustomers(
      labelled.map(({ record }) => record),
      [],
    ),
  );
  const rows = links.map(rowOf);
  const [found, candidateSeconds] = timed(() => candidateRows(rows));
  const customers = links.filter(({ record }) => record.kind !== 'payer');
  return {
    records: labelled.length,
    links: pairsOf(customers, truth),
    payers: payersOf(links, truth),
    byDirt: dirtOf(customers, truth),
    candidates: candidatesOf(customers, found, truth),
    seconds: { links: linkSeconds, candidates: candidateSeconds },
  };
}

type Truth = ReadonlyMap<string, Labelled>;

const companyOf = (truth: Truth, id: string): number => truth.get(id)?.company ?? -1;
const pairs = (count: number): number => (count * (count - 1)) / 2;

function countBy<T>(list: readonly T[], keyOf: (one: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const one of list) counts.set(keyOf(one), (counts.get(keyOf(one)) ?? 0) + 1);
  return counts;
}

const sumOfPairs = (counts: ReadonlyMap<string, number>): number =>
  [...counts.values()].reduce((sum, count) => sum + pairs(count), 0);

function pairsOf(links: readonly Link[], truth: Truth): Pairs {
  const company = ({ record }: Link): string => String(companyOf(truth, record.id));
  const customer = ({ customerId }: Link): string => customerId ?? '';
  return {
    true: sumOfPairs(countBy(links, company)),
    linked: sumOfPairs(countBy(links, customer)),
    right: sumOfPairs(countBy(links, (link) => `${company(link)} ${customer(link)}`)),
  };
}

function payersOf(links: readonly Link[], truth: Truth): Measured['payers'] {
  const known = new Set(
    links.filter(({ record }) => record.kind !== 'payer').map(({ record }) => companyOf(truth, record.id)),
  );
  const payers = links.filter(({ record }) => record.kind === 'payer');
  const led = payers.filter(({ customerId }) => customerId !== null);
  return {
    all: payers.length,
    known: payers.filter(({ record }) => known.has(companyOf(truth, record.id))).length,
    led: led.length,
    right: led.filter(
      ({ record, customerId }) => companyOf(truth, record.id) === companyOf(truth, customerId ?? ''),
    ).length,
  };
}

function dirtOf(links: readonly Link[], truth: Truth): Measured['byDirt'] {
  const company = (id: string): number => companyOf(truth, id);
  const inCompany = countBy(links, ({ record }) => String(company(record.id)));
  const together = countBy(links, ({ record, customerId }) => `${customerId} ${company(record.id)}`);
  const inCustomer = countBy(links, ({ customerId }) => customerId ?? '');
  const byDirt: Measured['byDirt'] = new Map();
  for (const { record, customerId } of links) {
    if ((inCompany.get(String(company(record.id))) ?? 0) < 2) continue;
    const own = truth.get(record.id);
    const friends = together.get(`${customerId} ${company(record.id)}`) ?? 0;
    const strangers = (inCustomer.get(customerId ?? '') ?? 0) - friends;
    const without = own?.codeDirt === 'none' || own?.codeDirt === 'wrong character';
    for (const key of [`name, no code: ${own?.nameDirt}`, `code: ${own?.codeDirt}`]) {
      if (key.startsWith('name') && !without) continue;
      const figures = byDirt.get(key) ?? { records: 0, found: 0, wrong: 0 };
      byDirt.set(key, figures);
      figures.records += 1;
      if (friends > 1) figures.found += 1;
      if (strangers > 0) figures.wrong += 1;
    }
  }
  return byDirt;
}

/** Missing: pairs of customers that share a company, as rules left them. */
function candidatesOf(
  links: readonly Link[],
  found: ReturnType<typeof candidateRows>,
  truth: Truth,
): Measured['candidates'] {
  const companies = new Map<string, Set<number>>();
  const customersOf = new Map<number, Set<string>>();
  for (const { record, customerId } of links) {
    const company = companyOf(truth, record.id);
    companies.set(customerId ?? '', (companies.get(customerId ?? '') ?? new Set()).add(company));
    customersOf.set(company, (customersOf.get(company) ?? new Set()).add(customerId ?? ''));
  }
  const own = found.filter(({ kind_b: kind }) => kind === 'customer');
  const isRight = ({ customer_a: one, customer_b: other }: (typeof own)[number]): boolean =>
    [...(companies.get(String(one)) ?? [])].some((company) => companies.get(String(other))?.has(company));
  const right = own.filter(isRight);
  const sure = own.filter(({ score }) => Number(score) >= SURE_SCORE);
  return {
    pairs: own.length,
    right: right.length,
    sure: sure.length,
    sureRight: sure.filter(isRight).length,
    missing: [...customersOf.values()].reduce((sum, { size }) => sum + pairs(size), 0),
    found: right.length,
  };
}

const rowOf = ({ record, customerId, code }: Link) => ({
  input: 'record',
  connection: record.connection,
  source_id: record.sourceId,
  kind: record.kind,
  customer_id: customerId,
  name: record.name,
  short_name: record.shortName,
  former_names: record.formerNames.join('|'),
  said_credit_code: code.read.said,
  own_credit_code: code.code ?? code.registration,
  code_state: code.read.state,
});

function timed<T>(work: () => T): [T, number] {
  const began = process.hrtime.bigint();
  const answer = work();
  return [answer, Number(process.hrtime.bigint() - began) / 1e9];
}
