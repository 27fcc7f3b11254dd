import { monthEnd, monthStart } from './company/days';
import { makeCompany } from './company/makeCompany';
import { healthByHand, monthEndsBefore } from './healthByHand';
import { truthsOf } from './truths';

test.each(['2026-12-01', '2026-03-01', '2025-09-30', '2026-02-20', '2027-01-01'])(
  'the planted truths also come out on %s',
  (today) => {
    const company = makeCompany({ seed: 7, today });
    const health = healthByHand(company);
    const [last, before, third] = monthEndsBefore(company.today, 3) as [number, number, number];
    const isRed = (end: number) => health(company.planted.redCustomer, end).colour === 'red';
    expect([third, before, last].map(isRed)).toEqual([false, true, true]);
    const { gap } = truthsOf(company);
    expect([gap.confirmedMissing, gap.people.length]).toEqual(['470000.00', 3]);
    expect(gap.statements.map(({ openToday }) => openToday)).toEqual(['0.00', '60000.00', '0.00']);
    expect(
      gap.statements.filter(
        ({ arrivedDate, flaggedDate }) => arrivedDate >= today || !flaggedDate.startsWith(gap.month),
      ),
    ).toEqual([]);
    expect(monthEnd(company.planted.gapMonth)).toBeLessThan(monthStart(company.today, -1));
  },
);
