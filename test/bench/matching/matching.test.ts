import { makeCompany } from '../../../demo/company/makeCompany';
import { labelledRuns } from './labelledSet';
import { measure } from './measure';
import { growth } from './size';

/** `npm run bench -- matching`, small. */
test('a labelled set: at least 99.5 % of what is applied is right, most of the money needs nobody', () => {
  const company = makeCompany({ seed: 5, today: '2026-11-24' });
  const { all, byNastiness } = measure(labelledRuns(company, 5, 6));
  expect(all.lines).toBeGreaterThan(600);
  expect(all.right / all.automatic).toBeGreaterThanOrEqual(0.995);
  expect(Number((all.automaticCents * 1_000n) / all.cents) / 1_000).toBeGreaterThanOrEqual(0.7);
  // The aim of 75 % stands over the large set (matching/README.md); six weeks scatter with their largest payments.
  expect(byNastiness.size).toBeGreaterThan(15);
  // What names another customer's invoice, or comes from nobody known, is never applied by machine.
  for (const kind of ["other customer's reference", 'unknown payer'] as const)
    expect([kind, byNastiness.get(kind)?.automatic ?? 0]).toEqual([kind, 0]);
});

test('5,000 lines and 10,000 items: time grows like the number of lines, not like its square', () => {
  const [small, large] = growth([1_250, 5_000]);
  if (!small || !large) throw new Error('two sizes');
  console.log(`matching: ${growthText(small)}; ${growthText(large)}`);
  expect(large.items).toBe(10_000);
  expect(large.automatic / large.lines).toBeGreaterThan(0.8);
  expect(large.seconds / small.seconds).toBeLessThan(9); // four times the lines; the square would be sixteen
});

const growthText = ({ lines, items, seconds }: { lines: number; items: number; seconds: number }): string =>
  `${lines} lines over ${items} items in ${seconds.toFixed(2)} s`;
