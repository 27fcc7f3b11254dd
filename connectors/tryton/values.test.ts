import { instant, plain } from './values';

describe('Tryton values', () => {
  test.each`
    wire                                                                                                      | text
    ${{ __class__: 'Decimal', decimal: '1234.50' }}                                                           | ${'1234.50'}
    ${{ __class__: 'Decimal', decimal: '129000' }}                                                            | ${'129000'}
    ${{ __class__: 'Decimal', decimal: '0E-8' }}                                                              | ${'0'}
    ${{ __class__: 'Decimal', decimal: '-1.25E+3' }}                                                          | ${'-1250'}
    ${{ __class__: 'Decimal', decimal: '1.5E-3' }}                                                            | ${'0.0015'}
    ${{ __class__: 'date', year: 2025, month: 1, day: 5 }}                                                    | ${'2025-01-05'}
    ${{ __class__: 'datetime', year: 2025, month: 1, day: 5, hour: 8, minute: 0, second: 0, microsecond: 7 }} | ${'2025-01-05T08:00:00.000007Z'}
    ${{ __class__: 'time', hour: 8, minute: 30, second: 0, microsecond: 0 }}                                  | ${'08:30:00.000000'}
    ${{ __class__: 'timedelta', seconds: 3600.5 }}                                                            | ${'3600.5'}
    ${{ __class__: 'bytes', base64: 'aGVs\nbG8=\n' }}                                                         | ${'aGVsbG8='}
    ${'sale.sale,26'}                                                                                         | ${'sale.sale,26'}
    ${null}                                                                                                   | ${null}
  `('$wire is $text', ({ wire, text }: { wire: unknown; text: unknown }) => {
    expect(plain(wire)).toEqual(text);
  });

  test('an instant comes back as it went, to the microsecond', () => {
    expect(plain(instant('2025-01-05T08:00:00.123456Z'))).toBe('2025-01-05T08:00:00.123456Z');
  });

  test('a day alone is its first instant, for a backfill', () => {
    expect(plain(instant('2025-01-05'))).toBe('2025-01-05T00:00:00.000000Z');
  });
});
