import { blendedPivotQuery, transformResult, type TransformRequest } from './cubeResult';

/** Two rows of a query by month, as Cube's core hands them over: columns by alias. */
const rows = Buffer.from(
  JSON.stringify({
    members: ['sales__day_month', 'sales__amount'],
    columns: [
      ['2025-01-01T00:00:00.000Z', '2025-02-01 00:00:00+00'],
      ['10.50', null],
    ],
  }),
);
const noRows = Buffer.from(JSON.stringify({ members: [], columns: [] }));
const request: TransformRequest = {
  aliasToMemberNameMap: { sales__day_month: 'sales.day.month', sales__amount: 'sales.amount' },
  annotation: {
    'sales.day.month': { type: 'time' },
    'sales.day': { type: 'time' },
    'sales.amount': { type: 'number' },
  },
  query: { measures: ['sales.amount'], timeDimensions: [{ dimension: 'sales.day', granularity: 'month' }] },
};
const january = '2025-01-01T00:00:00.000';
const february = '2025-02-01T00:00:00.000';

test('rows by member; a time also answers to its bare name; times lose their zone', () => {
  expect(transformResult(request, rows)).toEqual([
    { 'sales.day.month': january, 'sales.amount': '10.50', 'sales.day': january },
    { 'sales.day.month': february, 'sales.amount': null, 'sales.day': february },
  ]);
});

test.each`
  resType | expected
  ${'compact'} | ${{ dataset: [[january, '10.50', january], [february, null, february]] }}
  ${'columnar'} | ${{ columns: [[january, february], ['10.50', null], [january, february]] }}
`('the $resType form holds the same', ({ resType, expected }) => {
  const members = ['sales.day.month', 'sales.amount', 'sales.day'];
  expect(transformResult({ ...request, resType }, rows)).toEqual({ members, ...expected });
});

test('a compared range names itself in each row', () => {
  const query = {
    ...request.query,
    timeDimensions: [
      { dimension: 'sales.day', granularity: 'month', dateRange: ['2025-01-01', '2025-02-28'] },
    ],
  };
  expect(transformResult({ ...request, query, queryType: 'compareDateRangeQuery' }, rows)).toMatchObject([
    { compareDateRange: '2025-01-01 - 2025-02-28' },
    { compareDateRange: '2025-01-01 - 2025-02-28' },
  ]);
});

test.each`
  with         | data
  ${'rows'}    | ${rows}
  ${'no rows'} | ${noRows}
`('a hidden member throws, with $with', ({ data }) => {
  const annotation = { 'sales.day.month': { type: 'time' }, 'sales.day': { type: 'time' } };
  expect(() => transformResult({ ...request, annotation }, data)).toThrow(
    "You requested hidden member: 'sales.amount'",
  );
});

test('several queries pivot by all their members', () => {
  const { timeDimensions } = request.query;
  const queries = [
    { measures: ['sales.amount'], timeDimensions },
    { measures: ['costs.amount'], dimensions: ['costs.kind'], timeDimensions },
  ];
  expect(blendedPivotQuery('blendingQuery', queries)).toEqual({
    queryType: 'blendingQuery',
    measures: ['sales.amount', 'costs.amount'],
    dimensions: ['costs.kind'],
    timeDimensions: [{ dimension: 'time', granularity: 'month' }],
  });
});
