import { at, dayOf } from './company/days';
import { makeCompany } from './company/makeCompany';
import { CHANGE_EVERY_MS, liveChanges } from './live';

const company = makeCompany({ seed: 1, today: '2026-11-24' });
const anchor = at(dayOf('2026-11-24'), 10, 30);
const HOUR_MS = 3_600_000;

test('a change comes every 20 seconds, once', () => {
  const live = liveChanges(company, anchor);
  expect(live.until(anchor + CHANGE_EVERY_MS - 1)).toEqual([]);
  const first = live.until(anchor + CHANGE_EVERY_MS);
  expect(first.map(({ number, at: instant }) => [number, instant])).toEqual([[1, anchor + CHANGE_EVERY_MS]]);
  expect(live.until(anchor + CHANGE_EVERY_MS)).toEqual([]);
  expect(live.until(anchor + HOUR_MS)).toHaveLength(179);
});

test('a restart makes the same changes again', () => {
  const once = liveChanges(company, anchor).until(anchor + HOUR_MS);
  const live = liveChanges(makeCompany({ seed: 1, today: '2026-11-24' }), anchor);
  expect([...live.until(anchor + HOUR_MS / 3), ...live.until(anchor + HOUR_MS)]).toEqual(once);
});

test('orders, activities and stage moves come, newer than all that was there, under ids of their own', () => {
  const changes = liveChanges(company, anchor).until(anchor + HOUR_MS);
  const kinds = new Set(
    changes.flatMap(({ kingdee, fxiaoke }) => [...kingdee, ...fxiaoke].map(({ kind }) => kind)),
  );
  expect([...kinds].sort()).toEqual([
    'ActiveRecordObj',
    'NewOpportunityObj',
    'SAL_SaleOrder',
    'SAL_SaleOrder.FSaleOrderEntry',
    'StageChange__c',
  ]);
  expect(changes.every(({ at: instant }) => instant > at(company.today, 0))).toBe(true);
  const orders = changes
    .flatMap(({ kingdee }) => kingdee)
    .filter(({ kind }) => kind === 'SAL_SaleOrder')
    .flatMap(({ records }) => records);
  const known = new Set(company.orders.map(({ id }) => id));
  expect(orders.filter(({ FID }) => known.has(FID as number))).toEqual([]);
});

test('a demo of another day lives on that day', () => {
  const later = at(dayOf('2027-02-03'), 22);
  const [first] = liveChanges(company, later).until(later + CHANGE_EVERY_MS);
  expect(first?.at).toBe(at(company.today, 8) + CHANGE_EVERY_MS);
});
