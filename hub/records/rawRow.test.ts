import { placesOf } from './rawRow';

const kingdee = ['receipt_entries', 'receipts', 'refunds'];
const tryton = ['invoices', 'receivable_lines', 'moves', 'invoice_lines'];

test.each`
  what                               | sourceId              | streams                 | places
  ${'a record of its own'}           | ${'1500001'}          | ${kingdee}              | ${['receipt_entries 1500001']}
  ${'a refund among receipts'}       | ${'refund-17'}        | ${kingdee}              | ${['receipt_entries refund-17', 'refunds 17']}
  ${'a line of the ledger'}          | ${'line-17'}          | ${tryton}               | ${['invoices line-17', 'receivable_lines 17']}
  ${'part of a match'}               | ${'2900497/discount'} | ${['match_logs']}       | ${['match_logs 2900497/discount', 'match_logs 2900497']}
  ${'two lines that met'}            | ${'12:17'}            | ${['receivable_lines']} | ${['receivable_lines 12:17', 'receivable_lines 17']}
  ${'an id that only looks derived'} | ${'check-51'}         | ${['answers']}          | ${['answers check-51']}
  ${'no staging file'}               | ${'17'}               | ${[]}                   | ${[]}
`(
  '$what: $sourceId',
  ({ sourceId, streams, places }: { sourceId: string; streams: string[]; places: string[] }) => {
    expect(placesOf(sourceId, streams).map(({ stream, id }) => `${stream} ${id}`)).toEqual(places);
  },
);
