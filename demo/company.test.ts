import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkCharacter } from './company/creditCode';
import { at } from './company/days';
import type { Allocation, AllocationKind, BankLine } from './company/entities';
import { groupBy } from './company/groupBy';
import { makeCompany } from './company/makeCompany';
import { CORE_GROUPS } from './company/products';

const DEMO = { seed: 1, today: '2026-11-24' };
const company = makeCompany(DEMO);
const MONEY: readonly AllocationKind[] = ['cash', 'bank_bill', 'commercial_bill', 'prepayment_applied'];
const sum = (list: readonly { amount: number }[]): number =>
  list.reduce((total, { amount }) => total + amount, 0);
/** List by list: the whole would be a text of 150 MB. */
function hashOf(whole: object): string {
  const hash = createHash('sha256');
  for (const [name, value] of Object.entries(whole)) hash.update(name).update(JSON.stringify(value));
  return hash.digest('hex');
}

test('the same seed and day give the same company, to the last character', () => {
  expect(hashOf(makeCompany(DEMO))).toBe(hashOf(company));
});

test('it has the size of a company of three years', () => {
  const near = (list: readonly unknown[], count: number) =>
    expect(Math.abs(list.length / count - 1)).toBeLessThan(0.1);
  expect(company.customers).toHaveLength(1_200);
  expect(company.employees.filter(({ role }) => role === 'sales')).toHaveLength(18);
  expect(company.opportunities).toHaveLength(6_000);
  near(company.orders, 30_000);
  near(company.documents, 35_000);
  near(company.receipts, 29_000);
  near(company.activities, 90_000);
  expect(company.statements.length).toBeGreaterThan(12_000);
});

test('nothing happens after the last day, and nothing before the customer was known', () => {
  const end = at(company.lastDay + 1, 0);
  for (const list of [
    company.orders,
    company.deliveries,
    company.returns,
    company.documents,
    company.receipts,
  ]) {
    expect(list.every(({ createdAt, modifiedAt }) => createdAt < end && modifiedAt < end)).toBe(true);
  }
  expect(company.allocations.every(({ allocatedAt }) => allocatedAt < end)).toBe(true);
  expect(company.statements.every(({ statedAt }) => statedAt < end)).toBe(true);
  expect(company.bankLines.every(({ valueDate }) => valueDate <= company.lastDay)).toBe(true);
  expect(
    company.orders.every(
      ({ customer, orderDate }) => orderDate >= (company.customers[customer]?.createdDate ?? 0),
    ),
  ).toBe(true);
});

describe('sums', () => {
  const documents = new Map(company.documents.map((document) => [document.number, document]));
  const receipts = new Map(company.receipts.map((receipt) => [receipt.number, receipt]));
  const tooMuch = (groups: Map<string, Allocation[]>, limitOf: (number: string) => number) =>
    [...groups].filter(([number, used]) => sum(used) > limitOf(number)).map(([number]) => number);

  test('an order is the sum of its lines, a document of its instalments', () => {
    expect(company.orders.filter(({ amount, lines }) => amount !== sum(lines))).toEqual([]);
    expect(company.documents.filter(({ amount, instalments }) => amount !== sum(instalments))).toEqual([]);
  });

  test('what settles a document never exceeds it, and no credit note is used twice', () => {
    const settling = groupBy(company.allocations, ({ documentNumber }) => documentNumber);
    expect(tooMuch(settling, (number) => documents.get(number)?.amount ?? 0)).toEqual([]);
    const credited = company.allocations.filter(({ kind }) => kind === 'credit_note');
    const byNote = groupBy(credited, ({ creditNoteNumber }) => creditNoteNumber ?? '');
    expect(tooMuch(byNote, (number) => -(documents.get(number)?.amount ?? 0))).toEqual([]);
  });

  test('a receipt is never allocated beyond its amount', () => {
    const money = company.allocations.filter(({ kind }) => MONEY.includes(kind));
    const byReceipt = groupBy(money, ({ receiptNumber }) => receiptNumber ?? '');
    expect(tooMuch(byReceipt, (number) => receipts.get(number)?.amount ?? 0)).toEqual([]);
  });

  test('bank balances chain in the order of booking and never fall below zero', () => {
    for (const lines of groupBy(company.bankLines, ({ account }) => account).values()) {
      const broken = lines.slice(1).filter((line, place) => {
        const before = lines[place] as BankLine;
        return (
          line.balance !== before.balance + line.amount || line.bookedAt < before.bookedAt || line.balance < 0
        );
      });
      expect(broken).toEqual([]);
    }
  });

  test('every transfer has its bank line, and every voucher number is there once', () => {
    const references = company.bankLines
      .map(({ reference }) => reference)
      .filter((reference) => reference !== '');
    expect(new Set(references).size).toBe(references.length);
    const amounts = new Map(company.bankLines.map((line) => [line.reference, line.amount]));
    const transfers = company.receipts.filter(({ method, isCashDesk }) => method === 'cash' && !isCashDesk);
    expect(transfers.filter(({ voucher, amount }) => amounts.get(voucher ?? '') !== amount)).toEqual([]);
  });

  test('versions of a thread follow each other in number and time', () => {
    const threads = [...groupBy(company.statements, ({ threadKey }) => threadKey).values()];
    const broken = threads.filter((versions) =>
      versions.some(
        ({ version, statedAt }, place) =>
          version !== place + 1 || statedAt <= (versions[place - 1]?.statedAt ?? 0),
      ),
    );
    expect(broken).toEqual([]);
  });

  test('credit codes carry the right check character and belong to one customer each', () => {
    const codes = company.customers.map(({ creditCode }) => creditCode);
    expect(codes.every((code) => code.length === 18 && checkCharacter(code.slice(0, 17)) === code[17])).toBe(
      true,
    );
    expect(new Set(codes).size).toBe(codes.length);
    expect(checkCharacter('91340600MA2PBN831')).toBe('R'); // a code of the public register
  });
});

test('its core product groups are those that demand match (HEA-2) counts', () => {
  const seed = readFileSync(join(__dirname, '../models/seeds/core_product_group.csv'), 'utf8');
  expect(seed.trim().split(/\r?\n/).slice(1)).toEqual(CORE_GROUPS);
});
