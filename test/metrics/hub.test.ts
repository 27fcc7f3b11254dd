import { forecastCash, type Invoice, percentileDisc, pinball, skill, wilson } from '../../forecast';

/** Worked examples of METRICS section 6, each by its id. */
describe('METRICS section 6', () => {
  test.each([
    { id: 'HUB-4', level: 0.1, forecast: 1_200_000, expected: 66_000 },
    { id: 'HUB-4', level: 0.5, forecast: 1_600_000, expected: 70_000 },
    { id: 'HUB-4', level: 0.9, forecast: 1_900_000, expected: 74_000 },
  ])('$id: quantile score at $level of 1.53 m', ({ level, forecast, expected }) => {
    expect(pinball(forecast, level, 1_530_000)).toBeCloseTo(expected, 6);
  });

  test('HUB-4: the mean of the three is 70,000', () => {
    const scores = [
      pinball(1_200_000, 0.1, 1_530_000),
      pinball(1_600_000, 0.5, 1_530_000),
      pinball(1_900_000, 0.9, 1_530_000),
    ];
    expect(scores.reduce((sum, score) => sum + score, 0) / 3).toBeCloseTo(70_000, 6);
  });

  test('HUB-5: 9 of 12 inside is 75 % (46.8–91.1 %)', () => {
    const share = wilson(9, 12);
    expect(share?.rate).toBe(0.75);
    expect(share?.low).toBeCloseTo(0.468, 3);
    expect(share?.high).toBeCloseTo(0.911, 3);
    expect(wilson(0, 0)).toBeNull();
  });

  test('HUB-6: 1 − 14 %/18 % is 22.2 %; negative is shown as it is; without a score of the baseline there is none', () => {
    expect(skill(0.14, 0.18)).toBeCloseTo(0.222, 3);
    expect(skill(0.2, 0.16)).toBeCloseTo(-0.25, 9);
    expect(skill(0.1, 0)).toBeNull();
  });

  test('HUB-2: percentile_disc takes a total that was drawn, and quantiles do not add up', () => {
    expect([0.1, 0.5, 0.9].map((level) => percentileDisc([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], level))).toEqual([
      1, 5, 9,
    ]);
    const north = [95, 60, 110]; // three draws of two regions: their medians are 95 and 62, that of the sum is 157
    const south = [62, 97, 30];
    const median = (totals: number[]) =>
      percentileDisc(
        totals.toSorted((one, other) => one - other),
        0.5,
      );
    const sum = median(north.map((total, draw) => total + (south[draw] ?? 0)));
    expect([median(north), median(south), sum]).toEqual([95, 62, 157]);
    const other = [97, 62, 30];
    expect(median(north.map((total, draw) => total + (other[draw] ?? 0)))).not.toBe(
      (median(north) ?? 0) + (median(other) ?? 0),
    );
  });

  test('HUB-1: 20 % by due, 70 % within 30 days, 95 % within 90: 70,000 of 100,000 are expected by day 30', () => {
    // of the twenty invoices of each week 4 are paid on the due date, 10 after 28 days, 5 after 84, one is not
    const lateness = [
      ...Array<number>(4).fill(0),
      ...Array<number>(10).fill(28),
      ...Array<number>(5).fill(84),
      null,
    ];
    const day = (text: string, days: number) =>
      new Date(Date.parse(`${text}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
    const invoices: Invoice[] = Array.from({ length: 10 }, (_, week) => day('2025-03-03', 7 * week)).flatMap(
      (due) =>
        lateness.map((late, at) => ({
          id: `${due} ${at}`,
          customer: 'A',
          amountCents: 10_000_000n,
          issued: day(due, -28),
          due,
          paid: late === null ? null : day(due, late),
        })),
    );
    const asked = {
      id: 'new',
      customer: 'A',
      amountCents: 10_000_000n,
      issued: '2025-08-31',
      due: '2025-09-29',
    };
    const { items } = forecastCash({ asOf: '2025-08-31', invoices: [...invoices, { ...asked, paid: null }] });
    const daily = items.find(({ id }) => id === 'new')?.daily ?? new Float64Array(180);
    const within = (days: number) => daily.slice(0, 29 + days).reduce((sum, share) => sum + share, 0);
    expect(within(30) * 100_000).toBeGreaterThan(60_000);
    expect(within(30) * 100_000).toBeLessThan(80_000);
    expect(within(0)).toBeLessThan(within(30));
    expect(within(90)).toBeGreaterThan(0.85);
  });
});
