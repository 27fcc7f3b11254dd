import fc from 'fast-check';
import type { CustomerRecord, Decision } from '../../identity/resolve/records';
import { resolveCustomers } from '../../identity/resolve/resolveCustomers';

const CODES = ['91320594MA1XK3QYXW', '91310115MA1K4BHW9T', '91330102MA2CGC9X94'];
const record = (
  kind: string,
  sourceId: string,
  name: string,
  more: Partial<CustomerRecord> = {},
): CustomerRecord => ({
  id: `${kind}:${sourceId}`,
  connection: kind,
  sourceId,
  kind,
  name,
  shortName: null,
  formerNames: [],
  creditCode: null,
  ...more,
});
const merged = (eventId: string, ...records: string[]): Decision => ({
  eventId,
  kind: 'merged',
  records,
  undoes: null,
  from: null,
});

/** Customers by record, `erp:1 → erp:1`. */
const customersOf = (records: readonly CustomerRecord[], decisions: readonly Decision[] = []) =>
  Object.fromEntries(
    resolveCustomers(records, decisions).map(({ record: { id }, customerId }) => [id, customerId]),
  );

describe('few records, many clashes', () => {
  const NAMES = [
    '苏州恒力机械有限公司',
    '蘇州恆力機械有限公司',
    '恒力机械（苏州）有限公司',
    '苏州恒力机械',
    '苏州恒力机械股份有限公司',
    '恒力机械有限公司',
    '苏州恒力',
    '苏州恒力机械有限公司无锡分公司',
    '无锡恒力机械有限公司',
    '宏达',
    '',
  ];
  const name = fc.constantFrom(...NAMES);
  const code = fc.constantFrom(
    null,
    null,
    ...CODES,
    '9132O594MA1XK3QYXW',
    '320594MA1XK3QYX',
    '320505000012341',
    '无',
  );
  const records = fc.uniqueArray(
    fc
      .record({
        kind: fc.constantFrom('erp', 'crm', 'bureau'),
        number: fc.integer({ min: 1, max: 30 }),
        name,
        shortName: fc.option(name),
        formerNames: fc.array(name, { maxLength: 2 }),
        creditCode: code,
      })
      .map(({ kind, number, name: text, ...more }) => record(kind, String(number), text, more)),
    { selector: ({ id }) => id, maxLength: 14 },
  );
  const decisions = fc
    .array(
      fc.record({
        kind: fc.constantFrom<Decision['kind'][]>('merged', 'split', 'kept_apart', 'undone'),
        records: fc.array(
          fc
            .tuple(fc.constantFrom('erp', 'crm'), fc.integer({ min: 1, max: 30 }))
            .map(([kind, at]) => `${kind}:${at}`),
          { minLength: 2, maxLength: 3 },
        ),
        undoes: fc.integer({ min: 0, max: 5 }),
      }),
      { maxLength: 6 },
    )
    .map((all) =>
      all.map((one, at): Decision => ({ ...one, eventId: `e${at}`, undoes: `e${one.undoes}`, from: null })),
    );

  test('the order of rows never changes the answer, and a second run says the same', () => {
    fc.assert(
      fc.property(records, decisions, fc.integer(), (all, said, seed) => {
        const shuffled = all.toSorted((one, other) =>
          (Number(one.sourceId) * 31 + seed) % 17 === (Number(other.sourceId) * 31 + seed) % 17
            ? Number(other.sourceId) - Number(one.sourceId)
            : ((Number(one.sourceId) * 31 + seed) % 17) - ((Number(other.sourceId) * 31 + seed) % 17),
        );
        expect(resolveCustomers(shuffled, said)).toEqual(resolveCustomers(all, said));
      }),
      { numRuns: 300 },
    );
  });

  test('a record that has nothing in common with others changes none of them', () => {
    const stranger = record('erp', '99', '乌鲁木齐天山雪莲药业有限公司', {
      creditCode: '91330200MA2B8D6081',
    });
    fc.assert(
      fc.property(records, decisions, (all, said) => {
        const { [stranger.id]: own, ...others } = customersOf([...all, stranger], said);
        expect(own).toBe(stranger.id);
        expect(others).toEqual(customersOf(all, said));
      }),
      { numRuns: 300 },
    );
  });

  test('two valid codes come together only where a person said so, and each code has one customer', () => {
    fc.assert(
      fc.property(records, decisions, (all, said) => {
        const automatic = new Map<string, Set<string>>();
        for (const { customerId, code: own } of resolveCustomers(all, []))
          if (own.code !== null)
            automatic.set(customerId ?? '', (automatic.get(customerId ?? '') ?? new Set()).add(own.code));
        expect([...automatic.values()].filter((codes) => codes.size > 1)).toEqual([]);
        const holders = new Map<string, Set<string | null>>();
        for (const { customerId, creditCode } of resolveCustomers(all, said))
          if (creditCode !== null)
            holders.set(creditCode, (holders.get(creditCode) ?? new Set()).add(customerId));
        expect([...holders.values()].filter((customers) => customers.size > 1)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test('every record has exactly one customer, which is one of its records', () => {
    fc.assert(
      fc.property(records, decisions, (all, said) => {
        const customers = customersOf(all, said);
        expect(Object.keys(customers).toSorted()).toEqual(all.map(({ id }) => id).toSorted());
        for (const customer of Object.values(customers)) expect(customers[String(customer)]).toBe(customer);
      }),
      { numRuns: 200 },
    );
  });
});

test('a look-alike repair counts only where another record carries that code', () => {
  const slip = record('crm', '1', '甲', { creditCode: '91320594MA1XK3GYXW'.replace('G', '6') });
  const [first = ''] = CODES;
  const misread = record('crm', '2', '乙', { creditCode: 'D1320594MA1XK3QYXW' });
  const right = record('erp', '3', '丙', { creditCode: first });
  expect(customersOf([slip, misread, right])).toEqual({
    'crm:1': 'crm:1',
    'crm:2': 'crm:2',
    'erp:3': 'erp:3',
  });
});

test('a code that fails its check speaks against a name that leads to quite another code, not against a slip', () => {
  const [first = ''] = CODES;
  const known = record('erp', '1', '苏州恒力机械有限公司', { creditCode: first });
  const slip = record('crm', '2', '苏州恒力机械有限公司', { creditCode: '91320594MA1XK3QYXX' });
  const other = record('crm', '3', '苏州恒力机械有限公司', { creditCode: '913101157109384751' });
  expect(customersOf([known, slip, other])).toEqual({ 'erp:1': 'erp:1', 'crm:2': 'erp:1', 'crm:3': 'crm:3' });
});

test('a name without its place joins nobody who has one', () => {
  const placed = record('erp', '1', '苏州恒力机械有限公司', { creditCode: CODES[0] ?? null });
  const without = record('crm', '2', '恒力机械有限公司');
  const shortSaysSo = record('crm', '3', '恒力机械有限公司', { shortName: '苏州恒力' });
  expect(customersOf([placed, without, shortSaysSo])).toEqual({
    'erp:1': 'erp:1',
    'crm:2': 'crm:2',
    'crm:3': 'crm:3',
  });
});

test('what a person brought together is taken apart again by undoing it, and an undone undo holds', () => {
  const all = [record('erp', '1', '甲机械有限公司'), record('crm', '2', '乙机械有限公司')];
  const together = merged('e1', 'erp:1', 'crm:2');
  const undo = (eventId: string, undoes: string): Decision => ({
    eventId,
    kind: 'undone',
    records: [],
    undoes,
    from: null,
  });
  expect(customersOf(all, [together])).toEqual({ 'erp:1': 'erp:1', 'crm:2': 'erp:1' });
  expect(customersOf(all, [together, undo('e2', 'e1')])).toEqual({ 'erp:1': 'erp:1', 'crm:2': 'crm:2' });
  expect(customersOf(all, [together, undo('e2', 'e1'), undo('e3', 'e2')])).toEqual({
    'erp:1': 'erp:1',
    'crm:2': 'erp:1',
  });
});
