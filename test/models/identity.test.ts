import { type BuiltCase, type Given, given } from './given';

/** Which records are one customer (customer_identity): credit code first, then unambiguous name; expected values by hand. */
const company = (source_id: string, name: string, more: Given = {}): Given => ({ source_id, name, ...more });
const crm = (source_id: string, name: string, more: Given = {}): Given => ({
  connection: 'crm',
  kind: 'crm',
  source_id,
  name,
  ...more,
});
const bureau = (source_id: string, name: string, more: Given = {}): Given => ({
  connection: 'qcc',
  kind: 'bureau',
  source_id,
  name,
  ...more,
});
const [code1, code2, code3] = ['91320594MA1XK3QY5T', '91310115MA1K4BHW2N', '91330102MA2CGC9X8H'];

describe('customer identity', () => {
  let built: BuiltCase;
  beforeAll(async () => {
    built = await given({
      today: '2025-05-30',
      entities: {
        employee: [
          {
            connection: 'crm',
            source_id: 'u1',
            employee_number: 'E01',
            name: '王芳',
            region: '华南',
            role: 'sales',
          },
        ],
        customer: [
          // one company under five names
          company('100', '苏州恒力精密机械有限公司', { credit_code: ` ${code1} `, short_name: '苏州恒力' }),
          company('099', '苏州恒力精密机械（昆山）有限公司', {
            credit_code: '９１３２０５９４ｍａ１ｘｋ３ｑｙ５ｔ',
          }),
          crm('a1', '苏州恒力精密机械 （昆山）有限公司', { owner_ref: 'u1', customer_class: 'A' }),
          crm('a2', '苏州恒力'),
          bureau(`${code1}|former`, '苏州恒力机械厂', { credit_code: code1 }),
          // one name, two credit codes
          company('200', '宏达实业', { credit_code: code2 }),
          company('201', '宏达实业', { credit_code: code3 }),
          crm('a3', '宏达实业'),
          // no code anywhere: the name decides
          company('300', '无锡（太湖）传动厂'),
          crm('a4', '无锡(太湖) 传动厂'),
          // what is no credit code merges nothing
          company('400', '甲公司', { credit_code: '无' }),
          company('401', '乙公司', { credit_code: '无' }),
          company('402', '丙公司', { credit_code: '000000000000000000' }),
          company('403', '丁公司', { credit_code: '000000000000000000' }),
        ],
        risk_event: [
          {
            connection: 'qcc',
            source_id: 'r1',
            credit_code: code1,
            company_name: '改了名字',
            kind: 'defendant',
            event_date: '2025-01-01',
          },
          {
            connection: 'qcc',
            source_id: 'r2',
            credit_code: null,
            company_name: '苏州恒力机械厂',
            kind: 'defendant',
            event_date: '2025-01-01',
          },
          {
            connection: 'qcc',
            source_id: 'r3',
            credit_code: '91440300MA5DA1XJ7L',
            company_name: '苏州恒力',
            kind: 'defendant',
            event_date: '2025-01-01',
          },
        ],
      },
    });
  });
  afterAll(async () => await built.close());

  const identity = async (source_id: string) =>
    (
      await built.rows(
        `select customer_id, rule, evidence, is_ambiguous from core.customer_identity where source_id = '${source_id}'`,
      )
    )[0];

  test.each`
    source_id            | customer_id  | rule             | evidence
    ${'100'}             | ${'erp:099'} | ${'credit_code'} | ${code1}
    ${'099'}             | ${'erp:099'} | ${'credit_code'} | ${code1}
    ${'a1'}              | ${'erp:099'} | ${'name'}        | ${`苏州恒力精密机械(昆山)有限公司 = ${code1}`}
    ${'a2'}              | ${'erp:099'} | ${'name'}        | ${`苏州恒力 = ${code1}`}
    ${`${code1}|former`} | ${'erp:099'} | ${'credit_code'} | ${code1}
    ${'300'}             | ${'erp:300'} | ${'name'}        | ${'无锡(太湖)传动厂'}
    ${'a4'}              | ${'erp:300'} | ${'name'}        | ${'无锡(太湖)传动厂'}
    ${'400'}             | ${'erp:400'} | ${'name'}        | ${'甲公司'}
    ${'401'}             | ${'erp:401'} | ${'name'}        | ${'乙公司'}
    ${'402'}             | ${'erp:402'} | ${'name'}        | ${'丙公司'}
    ${'403'}             | ${'erp:403'} | ${'name'}        | ${'丁公司'}
  `(
    'record $source_id is customer $customer_id by $rule',
    async ({ source_id, customer_id, rule, evidence }) => {
      expect(await identity(source_id)).toEqual({ customer_id, rule, evidence, is_ambiguous: false });
    },
  );

  test('a name of two credit codes merges nothing and is said to be ambiguous', async () => {
    expect(await identity('200')).toMatchObject({ customer_id: 'erp:200' });
    expect(await identity('201')).toMatchObject({ customer_id: 'erp:201' });
    expect(await identity('a3')).toEqual({
      customer_id: 'crm:a3',
      rule: 'name',
      evidence: '宏达实业',
      is_ambiguous: true,
    });
  });

  test('the ERP names the customer, the CRM says who looks after it', async () => {
    expect(
      await built.rows(
        "select name, credit_code, customer_class, owner_id from core.customer where customer_id = 'erp:099'",
      ),
    ).toEqual([
      { name: '苏州恒力精密机械（昆山）有限公司', credit_code: code1, customer_class: 'A', owner_id: 'E01' },
    ]);
    expect(
      await built.rows(
        "select owner_id, region, valid_from, valid_to from core.territory_assignment where customer_id = 'erp:099'",
      ),
    ).toEqual([{ owner_id: 'E01', region: '华南', valid_from: '1900-01-01', valid_to: null }]);
  });

  test('names lead to a customer unless two have them', async () => {
    const names = await built.rows(
      "select normalised_name from core.customer_name where customer_id = 'erp:099' order by 1",
    );
    expect(names.map((row) => row.normalised_name)).toEqual([
      '苏州恒力',
      '苏州恒力机械厂',
      '苏州恒力精密机械(昆山)有限公司',
      '苏州恒力精密机械有限公司',
    ]);
    expect(await built.rows("select * from core.customer_name where normalised_name = '宏达实业'")).toEqual(
      [],
    );
  });

  test('a bureau record finds its customer by code, else by name, never by name against its code', async () => {
    expect(await built.rows('select source_id, customer_id from core.risk_event order by 1')).toEqual([
      { source_id: 'r1', customer_id: 'erp:099' },
      { source_id: 'r2', customer_id: 'erp:099' },
      { source_id: 'r3', customer_id: null },
    ]);
  });
});

test('a customer has one owner on every day: later starts end earlier ones, gaps are unassigned', async () => {
  const assignment = (
    source_id: string,
    owner_ref: string,
    valid_from: string,
    valid_to: string | null,
  ): Given => ({
    connection: 'crm',
    source_id,
    customer_ref: 'a1',
    owner_ref,
    region: '华南',
    valid_from,
    valid_to,
  });
  const built = await given({
    today: '2025-05-30',
    entities: {
      employee: ['u1', 'u2'].map((source_id) => ({
        connection: 'crm',
        source_id,
        employee_number: source_id.toUpperCase(),
        name: source_id,
      })),
      customer: [crm('a1', '甲公司')],
      territory_assignment: [
        assignment('t1', 'u1', '2024-01-01', null),
        assignment('t2', 'u2', '2024-07-01', '2025-01-01'),
        assignment('t3', 'u1', '2025-03-01', null),
      ],
    },
  });
  expect(
    await built.rows(
      'select owner_id, valid_from, valid_to from core.territory_assignment order by valid_from',
    ),
  ).toEqual([
    { owner_id: 'unassigned', valid_from: '1900-01-01', valid_to: '2024-01-01' },
    { owner_id: 'U1', valid_from: '2024-01-01', valid_to: '2024-07-01' },
    { owner_id: 'U2', valid_from: '2024-07-01', valid_to: '2025-01-01' },
    { owner_id: 'unassigned', valid_from: '2025-01-01', valid_to: '2025-03-01' },
    { owner_id: 'U1', valid_from: '2025-03-01', valid_to: null },
  ]);
  await built.close();
});
