import { z } from 'zod';
import { businessDate, defineStream, epochMs, localTime, utcTime } from '../connectors/kit';
import { chosenSlice, cursorRange, slicesOf } from './backfillSlices';

const streamBy = (kind: z.ZodType) =>
  defineStream({
    name: 'orders',
    vendorName: 'Order',
    key: ['id'],
    cursor: { field: 'changed', tie: 'id', overlap: '1 minutes' },
    contract: z.object({ id: z.string(), changed: kind }),
  });

describe('slices of a backfill', () => {
  test('they cover every day once, cut to the range', () => {
    expect(slicesOf('2024-02-28', '2024-03-01', 'day')).toEqual([
      { from: '2024-02-28', to: '2024-02-28' },
      { from: '2024-02-29', to: '2024-02-29' },
      { from: '2024-03-01', to: '2024-03-01' },
    ]);
    expect(slicesOf('2025-12-15', '2026-02-03', 'month')).toEqual([
      { from: '2025-12-15', to: '2025-12-31' },
      { from: '2026-01-01', to: '2026-01-31' },
      { from: '2026-02-01', to: '2026-02-03' },
    ]);
    expect(slicesOf('2024-05-01', '2025-01-01', 'year')).toEqual([
      { from: '2024-05-01', to: '2024-12-31' },
      { from: '2025-01-01', to: '2025-01-01' },
    ]);
    expect(slicesOf('2026-03-05', '2026-03-05', 'month')).toEqual([{ from: '2026-03-05', to: '2026-03-05' }]);
  });

  test.each([
    ['2026-03-01', '2026-03-31', 'day'],
    ['2026-03-01', '2026-04-01', 'month'],
    ['2017-01-01', '2026-12-31', 'month'],
    ['2010-01-01', '2026-12-31', 'year'],
  ])('%s to %s goes by %s', (from, to, unit) => {
    expect(chosenSlice(from, to)).toBe(unit);
  });

  test.each([
    ['a local time', localTime('Asia/Shanghai'), '2026-03-01 00:00:00', '2026-04-01 00:00:00'],
    ['an instant', utcTime(), '2026-02-28T16:00:00Z', '2026-03-31T16:00:00Z'],
    ['milliseconds', epochMs(), String(Date.UTC(2026, 1, 28, 16)), String(Date.UTC(2026, 2, 31, 16))],
    ['a day', businessDate(), '2026-03-01', '2026-03-31'],
  ])('March as %s: both ends are read, nothing falls between two slices', (_kind, kind, from, to) => {
    expect(cursorRange(streamBy(kind), { from: '2026-03-01', to: '2026-03-31' })).toEqual({ from, to });
  });

  test('a stream without a cursor says so, with what to do instead', () => {
    const { cursor: _cursor, ...rest } = streamBy(utcTime());
    expect(() => cursorRange(rest, { from: '2026-03-01', to: '2026-03-31' })).toThrow(
      expect.objectContaining({ code: 'bad_request', what: expect.stringContaining('it has no cursor') }),
    );
  });
});
