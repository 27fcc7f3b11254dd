import fc from 'fast-check';
import { backtest, type Forecast, forecastCash, type Invoice } from './index';
import { dayNumber, dayText, weekdayOf } from './day';

const ORIGIN = '2025-06-30';

/** Invoices of eight customers over half a year; lateness and runs by customer, some still open. */
const book = fc
  .array(
    fc.record({
      customer: fc.integer({ min: 0, max: 7 }),
      issued: fc.integer({ min: 0, max: 260 }),
      term: fc.constantFrom(0, 15, 30),
      late: fc.option(fc.integer({ min: -10, max: 60 }), { freq: 8 }),
      cents: fc.integer({ min: 1, max: 90_000_000 }),
    }),
    { minLength: 1, maxLength: 60 },
  )
  .map((rows) =>
    rows.map(({ customer, issued, term, late, cents }, at): Invoice => {
      const day = dayNumber('2025-01-01') + issued;
      return {
        id: `${at}`,
        customer: `C${customer}`,
        amountCents: BigInt(cents),
        issued: dayText(day),
        due: dayText(day + term),
        paid: late === null ? null : dayText(Math.max(day, day + term + late)),
        region: customer % 2 === 0 ? 'north' : 'south',
      };
    }),
  );

const bits = ({ items, cash }: Forecast) =>
  JSON.stringify(
    { items: items.map((item) => ({ ...item, daily: [...item.daily] })), cash },
    (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value),
  );

/** Opened by the day and not paid by it. */
const isOpen = ({ issued, paid }: Invoice) => issued <= ORIGIN && (paid === null || paid > ORIGIN);

test('every distribution sums to 1, has nothing on rest days, and its quantiles follow each other after the origin', () => {
  fc.assert(
    fc.property(book, (invoices) => {
      const { items, cash } = forecastCash({ asOf: ORIGIN, invoices, options: { draws: 60 } });
      expect(items.map(({ id }) => id).sort()).toEqual(
        invoices
          .filter(isOpen)
          .map(({ id }) => id)
          .sort(),
      );
      for (const { daily, never, p10, p50, p90 } of items) {
        const sum = daily.reduce((total, share) => total + share, never);
        expect(Math.abs(sum - 1)).toBeLessThan(1e-9);
        expect(daily.every((share) => share >= 0)).toBe(true);
        const quantiles = [ORIGIN, p10 ?? '9999', p50 ?? '9999', p90 ?? '9999'];
        expect(quantiles).toEqual(quantiles.toSorted());
        expect(p10).not.toBe(ORIGIN);
      }
      for (const { weeks, months, openCents } of cash)
        for (const { p10Cents, p50Cents, p90Cents, meanCents, from } of [...weeks, ...months]) {
          expect(from > ORIGIN).toBe(true);
          expect(
            0n <= p10Cents && p10Cents <= p50Cents && p50Cents <= p90Cents && p90Cents <= openCents,
          ).toBe(true);
          expect(meanCents <= openCents).toBe(true);
        }
    }),
    { numRuns: 25, seed: 7 },
  );
});

test('rows of later days and payments that nobody knew yet change nothing, bit for bit; nor does the order of rows', () => {
  fc.assert(
    fc.property(book, (invoices) => {
      const known = invoices
        .filter(({ issued }) => issued <= ORIGIN)
        .map((invoice) => ({
          ...invoice,
          paid: invoice.paid !== null && invoice.paid > ORIGIN ? null : invoice.paid,
        }));
      const ask = (rows: Invoice[]) => forecastCash({ asOf: ORIGIN, invoices: rows, options: { draws: 40 } });
      expect(bits(ask(invoices.toReversed()))).toBe(bits(ask(known)));
    }),
    { numRuns: 15, seed: 11 },
  );
});

describe('a customer who pays on the second Friday after the due date', () => {
  const invoices: Invoice[] = Array.from({ length: 60 }, (_, at) => {
    const due = dayNumber('2025-01-07') + 3 * at;
    const friday = due + 7 + ((4 - weekdayOf(due) + 7) % 7);
    return {
      id: `${at}`,
      customer: 'A',
      amountCents: 100_000n,
      issued: dayText(due - 30),
      due: dayText(due),
      paid: dayText(friday),
    };
  });
  const { items, cash } = forecastCash({ asOf: ORIGIN, invoices });

  test('is expected on Fridays', () => {
    const shares = [0, 0, 0, 0, 0, 0, 0];
    for (const { daily } of items)
      daily.forEach((share, at) => {
        const weekday = weekdayOf(dayNumber(ORIGIN) + 1 + at);
        shares[weekday] = (shares[weekday] ?? 0) + share / items.length;
      });
    expect(shares[4]).toBeGreaterThan(0.7);
    expect((shares[5] ?? 0) + (shares[6] ?? 0)).toBe(0);
    const paid = new Map(invoices.map(({ id, paid: day }) => [id, day]));
    expect(items).toHaveLength(5);
    expect(items.filter(({ id, p50 }) => p50 === paid.get(id)).length).toBeGreaterThan(3);
  });

  test('equal seeds give equal cash', () => {
    expect(forecastCash({ asOf: ORIGIN, invoices }).cash).toEqual(cash);
  });

  test('is forecast better than by the due date in a back-test', () => {
    const result = backtest({
      knownUntil: ORIGIN,
      invoices,
      options: { every: 'week', origins: 8, followUpDays: 21, draws: 50 },
    });
    const mae = (source: string) =>
      result.sources.find((one) => one.source === source)?.openBook?.maeDays ?? 99;
    expect(result.isEnough).toBe(true);
    expect(mae('hub')).toBeLessThan(mae('customer_mean'));
    expect(mae('customer_mean')).toBeLessThan(mae('due_date'));
    expect(result.skill.map(({ over }) => over)).toEqual(['due_date', 'customer_mean']);
  });
});

test('a back-test sees nothing later than its end', () => {
  fc.assert(
    fc.property(book, (invoices) => {
      const ask = (rows: Invoice[]) =>
        JSON.stringify(
          backtest({
            knownUntil: '2025-05-31',
            invoices: rows,
            options: { every: 'week', origins: 2, followUpDays: 30, draws: 20 },
          }),
          (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value),
        );
      const known = invoices
        .filter(({ issued }) => issued <= '2025-05-31')
        .map((invoice) => ({
          ...invoice,
          paid: invoice.paid !== null && invoice.paid > '2025-05-31' ? null : invoice.paid,
        }));
      expect(ask(invoices)).toBe(ask(known));
    }),
    { numRuns: 8, seed: 5 },
  );
});

test('without six origins there is no skill', () => {
  const invoices: Invoice[] = Array.from({ length: 40 }, (_, at) => ({
    id: `${at}`,
    customer: 'A',
    amountCents: 100n,
    issued: dayText(dayNumber('2025-01-01') + at),
    due: dayText(dayNumber('2025-01-10') + at),
    paid: dayText(dayNumber('2025-01-12') + at),
  }));
  const result = backtest({ knownUntil: '2025-06-01', invoices, options: { draws: 20 } });
  expect(result).toMatchObject({ isEnough: false, skill: [] });
});

test('people who said the right day are hard to beat; without their word nothing comes', () => {
  const invoices: Invoice[] = Array.from({ length: 90 }, (_, at) => ({
    id: `${at}`,
    customer: `C${at % 3}`,
    amountCents: 100n,
    issued: dayText(dayNumber('2025-01-01') + at),
    due: dayText(dayNumber('2025-01-31') + at),
    paid: dayText(dayNumber('2025-02-03') + at + (at % 3) * 7),
  }));
  const statements = invoices
    .filter((_, at) => at % 2 === 0)
    .map(({ id, issued, paid }) => ({ invoice: id, madeOn: issued, expected: paid ?? issued }));
  const { sources } = backtest({
    knownUntil: '2025-06-30',
    invoices,
    statements,
    options: { every: 'week', followUpDays: 60, draws: 20 },
  });
  const people = sources.find(({ source }) => source === 'people');
  expect(people?.openBook?.maeDays).toBeLessThan(2);
  expect(people?.openBook?.items).toBeLessThan(
    sources.find(({ source }) => source === 'people_else_mean')?.openBook?.items ?? 0,
  );
  expect(people?.cash.find(({ kind }) => kind === 'week')?.wmape).toBeGreaterThan(0.3);
});
