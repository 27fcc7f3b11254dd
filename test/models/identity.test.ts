import { engines } from '../support/engines';
import { type BuiltCase, type Given, type GivenEvent, given } from './given';

/** Which records are one customer (customer_link and what reads it): code, name, people; expected values by hand. */
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
const line = (source_id: string, counterparty_name: string): Given => ({
  connection: 'icbc',
  source_id,
  counterparty_name,
  direction: 'in',
  amount_cny: '100.00',
  value_date: '2025-05-20',
});
const risk = (source_id: string, credit_code: string | null, company_name: string): Given => ({
  connection: 'qcc',
  source_id,
  credit_code,
  company_name,
  kind: 'defendant',
  event_date: '2025-01-01',
});
const said = (id: string, kind: string, body: Record<string, unknown>): GivenEvent => ({
  id,
  kind: `customer.${kind}`,
  actor: 'zhou',
  body,
  happenedAt: '2025-05-01 02:00:00',
});
/** Made for these tests: no register gave them to anyone we know of. */
const [code1, code2, code3, code4] = [
  '91320594MA1XK3QYXW',
  '91310115MA1K4BHW9T',
  '91330102MA2CGC9X94',
  '91320505102548763N',
];
const LONG = '苏州恒力精密机械有限公司';

const customers = [
  // one company under many names
  company('100', LONG, { credit_code: ` ${code1} `, short_name: '苏州恒力' }),
  company('099', '苏州恒力精密机械（昆山）有限公司', {
    credit_code: '９１３２０５９４ｍａ１ｘｋ３ｑｙｘｗ',
  }),
  crm('a1', '苏州恒力精密机械 （昆山）有限公司', { owner_ref: 'u1', customer_class: 'A' }),
  crm('a2', '苏州恒力'),
  crm('a5', '蘇州市恆力精密機械有限責任公司'),
  crm('a6', '苏州恒力精密机械', { credit_code: '91320594MA1XK3QYXX' }), // fails its check
  crm('a7', '改名以后的公司', { credit_code: '9I320594-MA1XK3QY-XW' }), // I for 1
  crm('a8', '税号还是老的', { credit_code: '320594MA1XK3QYX' }),
  bureau(`${code1}|now`, LONG, { credit_code: code1, former_names: '苏州恒力机械厂|苏州轴承三厂' }),
  // one name, two credit codes
  company('200', '宏达实业', { credit_code: code2 }),
  company('201', '宏达实业', { credit_code: code3 }),
  crm('a3', '宏达实业'),
  // names only
  company('300', '无锡（太湖）传动厂'),
  crm('a4', '无锡(太湖) 传动厂'),
  // what is no credit code merges nothing
  company('400', '甲公司', { credit_code: '无' }),
  company('401', '乙公司', { credit_code: '无' }),
  company('402', '丙公司', { credit_code: '000000000000000000' }),
  company('403', '丁公司', { credit_code: '000000000000000000' }),
  company('404', '戊公司', { credit_code: '91330102MA2CGC9X9X' }),
  company('405', '己公司', { credit_code: '91330102MA2CGC9X9X' }),
  // a branch is not its parent, another city not this one
  crm('b1', '苏州恒力精密机械有限公司合肥分公司'),
  crm('b2', '无锡恒力精密机械有限公司'),
  // a person decides
  company('500', '常州华星电子有限公司', { credit_code: code4 }),
  crm('c1', '常州华兴电子有限公司'),
  crm('c2', '常州华星电子有限公司'),
  crm('c3', '常州华星电子'),
  crm('c4', '常州市华星电子有限公司'),
  company('600', '甲骨', { credit_code: '91330200MA2B8D6081' }),
  company('601', '甲骨文', { credit_code: '91440300MA5DA1XJ0X' }),
  company('602', '同名商行'),
  crm('d1', '同名商行'),
];

const events = [
  said('e1', 'merged', { records: ['crm:c1', 'erp:500'] }), // a slip of the CRM
  said('e2', 'split', { records: ['crm:c2'], from: 'erp:500' }),
  said('e3', 'split', { records: ['crm:c3'], from: 'erp:500' }),
  said('e4', 'undone', { event: 'e3' }),
  said('e5', 'merged', { records: ['erp:600', 'erp:601'] }), // two codes, one customer
  said('e6', 'kept_apart', { records: ['erp:602', 'crm:d1'] }),
  said('e7', 'merged', { records: ['bank:payer:王芳', 'erp:500'] }),
  said('e8', 'merged', { records: ['bank:payer:李明', 'erp:500'] }),
  said('e9', 'split', { records: ['bank:payer:李明'], from: 'erp:500' }),
  said('e10', 'split', { records: ['bank:payer:无锡(太湖)传动厂'], from: 'erp:300' }),
];

describe.each(engines)('customer identity, $name', ({ open }) => {
  let built: BuiltCase;
  beforeAll(async () => {
    built = await given(
      {
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
          customer: customers,
          bank_transaction: [
            line('1', '蘇州恆力精密機械有限公司'),
            line('2', '苏州轴承三厂'),
            line('3', '王芳'),
            line('4', '李明'),
            line('5', '宏达实业'),
            line('6', '无锡（太湖）传动厂'),
            line('7', '恒力精密机械有限公司'),
          ],
          risk_event: [
            risk('r1', code1, '改了名字'),
            risk('r2', null, '苏州恒力机械厂'),
            risk('r3', '91440300MA5DA1XJ7L', '苏州恒力'),
          ],
        },
        events,
      },
      open,
    );
  });
  afterAll(() => built.close());

  const links = async (columns: string, where: string) =>
    await built.rows(`select ${columns} from core.customer_link where ${where} order by source_id`);

  test.each`
    source_id | customer_id  | rule             | step                   | proof
    ${'100'}  | ${'erp:099'} | ${'credit_code'} | ${'code'}              | ${code1}
    ${'099'}  | ${'erp:099'} | ${'credit_code'} | ${'code'}              | ${code1}
    ${'a1'}   | ${'erp:099'} | ${'name'}        | ${'name'}              | ${`苏州恒力精密机械(昆山)有限公司 = ${code1}`}
    ${'a2'}   | ${'erp:099'} | ${'name'}        | ${'name'}              | ${`苏州恒力 = ${code1}`}
    ${'a5'}   | ${'erp:099'} | ${'name'}        | ${'name_spelling'}     | ${`蘇州市恆力精密機械有限責任公司 = ${code1}`}
    ${'a6'}   | ${'erp:099'} | ${'name'}        | ${'name_short'}        | ${`苏州恒力精密机械 = ${code1}`}
    ${'a7'}   | ${'erp:099'} | ${'credit_code'} | ${'code_repaired'}     | ${code1}
    ${'a8'}   | ${'erp:099'} | ${'credit_code'} | ${'organisation_code'} | ${code1}
    ${'300'}  | ${'erp:300'} | ${'name'}        | ${'name'}              | ${'无锡(太湖)传动厂'}
    ${'a4'}   | ${'erp:300'} | ${'name'}        | ${'name'}              | ${'无锡(太湖)传动厂'}
    ${'400'}  | ${'erp:400'} | ${'none'}        | ${'alone'}             | ${'甲公司'}
    ${'401'}  | ${'erp:401'} | ${'none'}        | ${'alone'}             | ${'乙公司'}
    ${'402'}  | ${'erp:402'} | ${'none'}        | ${'alone'}             | ${'丙公司'}
    ${'403'}  | ${'erp:403'} | ${'none'}        | ${'alone'}             | ${'丁公司'}
    ${'404'}  | ${'erp:404'} | ${'none'}        | ${'alone'}             | ${'戊公司'}
    ${'405'}  | ${'erp:405'} | ${'none'}        | ${'alone'}             | ${'己公司'}
    ${'b1'}   | ${'crm:b1'}  | ${'none'}        | ${'alone'}             | ${'苏州恒力精密机械有限公司合肥分公司'}
    ${'b2'}   | ${'crm:b2'}  | ${'none'}        | ${'alone'}             | ${'无锡恒力精密机械有限公司'}
    ${'c1'}   | ${'erp:500'} | ${'reviewed'}    | ${'merged'}            | ${`常州华兴电子有限公司 = ${code4}`}
    ${'c2'}   | ${'crm:c2'}  | ${'reviewed'}    | ${'split'}             | ${'常州华星电子有限公司'}
    ${'c3'}   | ${'erp:500'} | ${'name'}        | ${'name_short'}        | ${`常州华星电子 = ${code4}`}
    ${'c4'}   | ${'erp:500'} | ${'name'}        | ${'name_spelling'}     | ${`常州市华星电子有限公司 = ${code4}`}
    ${'600'}  | ${'erp:600'} | ${'reviewed'}    | ${'merged'}            | ${'甲骨 = 91330200MA2B8D6081'}
    ${'601'}  | ${'erp:600'} | ${'reviewed'}    | ${'merged'}            | ${'甲骨文 = 91330200MA2B8D6081'}
    ${'602'}  | ${'erp:602'} | ${'none'}        | ${'alone'}             | ${'同名商行'}
    ${'d1'}   | ${'crm:d1'}  | ${'none'}        | ${'alone'}             | ${'同名商行'}
  `('record $source_id is customer $customer_id by $rule, $step', async ({ source_id, ...expected }) => {
    expect(await links('customer_id, rule, step, proof', `source_id = '${source_id}'`)).toEqual([expected]);
    expect(
      await built.rows(
        `select customer_id, rule, evidence as proof from core.customer_identity where source_id = '${source_id}'`,
      ),
    ).toEqual([{ customer_id: expected.customer_id, rule: expected.rule, proof: expected.proof }]);
  });

  test('a name of two credit codes merges nothing and is said to be ambiguous', async () => {
    expect(await links('customer_id, is_ambiguous, evidence', "source_id in ('200', '201', 'a3')")).toEqual([
      { customer_id: 'erp:200', is_ambiguous: false, evidence: `credit code: ${code2}` },
      { customer_id: 'erp:201', is_ambiguous: false, evidence: `credit code: ${code3}` },
      {
        customer_id: 'crm:a3',
        is_ambiguous: true,
        evidence: 'its name leads to several customers: 宏达实业; erp:200, erp:201',
      },
    ]);
  });

  test('a link says its evidence, the code it did not use and the person who decided', async () => {
    expect(await links('evidence', "source_id in ('a5', 'a6', 'a7', 'c1')")).toEqual([
      { evidence: `same name in another spelling: 蘇州市恆力精密機械有限責任公司 = ${code1}; with erp:099` },
      {
        evidence: `name without its legal form, of one customer only: 苏州恒力精密机械 = ${code1}; with erp:099; its code 91320594MA1XK3QYXX links nothing: the check character should be W (GB 32100-2015)`,
      },
      {
        evidence: `credit code, read again: ${code1}; said 9I320594MA1XK3QYXW, I read as 1: the only repair that passes the check character`,
      },
      { evidence: `brought together by a person: 常州华兴电子有限公司 = ${code4}; with erp:500; event e1` },
    ]);
    expect(await links('code_state, said_credit_code, own_credit_code', "source_id = 'a7'")).toEqual([
      { code_state: 'repaired', said_credit_code: '9I320594MA1XK3QYXW', own_credit_code: code1 },
    ]);
  });

  test('payers join customers by name, former name, spelling or decision; nobody is made up for them', async () => {
    expect(await links('source_id, customer_id, rule, step, is_ambiguous', "kind = 'payer'")).toEqual(
      [
        ['payer:宏达实业', null, 'none', 'ambiguous', true],
        ['payer:恒力精密机械有限公司', null, 'none', 'alone', false], // a bank writes whole names
        ['payer:无锡(太湖)传动厂', null, 'reviewed', 'split', false],
        ['payer:李明', null, 'reviewed', 'split', false],
        ['payer:王芳', 'erp:500', 'reviewed', 'merged', false],
        ['payer:苏州轴承三厂', 'erp:099', 'name', 'name_former', false],
        ['payer:蘇州恆力精密機械有限公司', 'erp:099', 'name', 'name_spelling', false],
      ].map(([source_id, customer_id, rule, step, is_ambiguous]) => ({
        source_id,
        customer_id,
        rule,
        step,
        is_ambiguous,
      })),
    );
    expect(await built.rows('select source_id, customer_id from core.bank_transaction order by 1')).toEqual([
      { source_id: '1', customer_id: 'erp:099' },
      { source_id: '2', customer_id: 'erp:099' },
      { source_id: '3', customer_id: 'erp:500' },
      { source_id: '4', customer_id: null },
      { source_id: '5', customer_id: null },
      { source_id: '6', customer_id: null },
      { source_id: '7', customer_id: null },
    ]);
  });

  test('candidates: pairs worth a look with reasons, nothing that was judged', async () => {
    const pairs = await built.rows(
      'select candidate_id, score, reasons, kind_b from core.customer_candidate order by score desc, candidate_id',
    );
    expect(pairs.slice(0, 3)).toEqual(
      [
        ['crm:a3|bank:payer:宏达实业', 'payer'],
        ['crm:a3|erp:200', 'customer'],
        ['crm:a3|erp:201', 'customer'],
      ].map(([candidate_id, kind_b]) => ({ candidate_id, score: 70, reasons: 'same name', kind_b })),
    );
    const ids = pairs.map(({ candidate_id }) => String(candidate_id)).join(' ');
    for (const judged of ['crm:c2|erp:500', 'crm:d1|erp:602', '李明']) expect(ids).not.toContain(judged);
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
      "select normalised_name from core.customer_name where customer_id = 'erp:099'",
    );
    expect(names.map((row) => row.normalised_name).toSorted()).toEqual([
      '改名以后的公司',
      '税号还是老的',
      '苏州恒力',
      '苏州恒力机械厂',
      '苏州恒力精密机械',
      '苏州恒力精密机械(昆山)有限公司',
      LONG,
      '苏州轴承三厂',
      '蘇州市恆力精密機械有限責任公司',
      '蘇州恆力精密機械有限公司',
    ]);
    expect(
      await built.rows(
        "select * from core.customer_name where normalised_name in ('宏达实业', '常州华星电子有限公司', '同名商行')",
      ),
    ).toEqual([]);
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
