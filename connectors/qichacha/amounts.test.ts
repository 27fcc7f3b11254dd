import { amountOf, dayOf, plus, times } from './amounts';

test.each`
  written                 | expected
  ${'1200000'}            | ${'1200000.00'}
  ${'1,200,000.50元'}     | ${'1200000.50'}
  ${'12.5万元'}           | ${'125000.00'}
  ${'5000万元人民币'}     | ${'50000000.00'}
  ${'1.23456789万'}       | ${'12345.68'}
  ${'0.3亿元'}            | ${'30000000.00'}
  ${'99999999999999.999'} | ${'100000000000000.00'}
  ${'-3.005'}             | ${'-3.01'}
  ${'100万美元'}          | ${null}
  ${'详见公告'}           | ${null}
  ${''}                   | ${null}
`(
  'an amount "$written" is $expected',
  ({ written, expected }: { written: string; expected: string | null }) => {
    expect(amountOf(written)).toBe(expected);
  },
);

test.each`
  written                  | expected
  ${'2026-01-05'}          | ${'2026-01-05'}
  ${'2026-01-05 08:30:00'} | ${'2026-01-05'}
  ${'2026年1月5日'}        | ${'2026-01-05'}
  ${'20260105'}            | ${'2026-01-05'}
  ${'2026-02-30'}          | ${null}
  ${'2026-13-01'}          | ${null}
  ${'-'}                   | ${null}
`('a day "$written" is $expected', ({ written, expected }: { written: string; expected: string | null }) => {
  expect(dayOf(written)).toBe(expected);
});

test('prices are multiplied and added to the cent', () => {
  expect(times('0.30', 3)).toBe('0.90');
  expect(times('6', 1_000)).toBe('6000.00');
  expect(plus('0.10', '0.20')).toBe('0.30');
});
