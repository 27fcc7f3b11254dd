import { inspect } from 'node:util';
import { type Budget, createKit, MillraceError, type Page, type PaidPlan, type Row, secretsIn } from '../kit';
import { acceptance } from '../kit/acceptance';
import { qichacha } from './connector';
import { planOf, type Progress, type Target } from './plan';
import { plus } from './amounts';
import { QichachaSandbox, type SandboxOptions } from './sandbox';
import { type ServiceName, SERVICE_NAMES } from './services';
import { answers } from './streams';
import { openSubject } from './subject';

const ONE = '91320500MA1AAAAA01';
const TWO = '91320500MA1AAAAA02';
const NOON = Date.parse('2026-03-02T04:00:00Z'); // noon in China

acceptance(qichacha, openSubject);

describe('qichacha', () => {
  const sandboxes: QichachaSandbox[] = [];
  afterEach(() => Promise.all(sandboxes.splice(0).map((sandbox) => sandbox.stop())));

  /** Two companies, nothing on record; `clock.now` is everybody's time. */
  async function given(options: Partial<SandboxOptions> = {}) {
    const clock = { now: NOON };
    const sandbox = new QichachaSandbox({ now: () => clock.now, ...options });
    sandboxes.push(sandbox);
    await sandbox.start();
    sandbox.seed('companies', [
      { creditCode: ONE, name: '苏州甲机械有限公司', formerNames: ['苏州老甲机械有限公司'] },
      { creditCode: TWO, name: '苏州乙机械有限公司' },
    ]);
    const { appKey, secretKey } = sandbox.options;
    const config = { baseUrl: sandbox.baseUrl, appKey, secretKey, retryPauseMs: 1 };
    return { sandbox, clock, config };
  }
  type Given = Awaited<ReturnType<typeof given>>;

  const targets: Target[] = [
    {
      credit_code: ONE,
      company_name: '苏州甲机械有限公司',
      exposure_cny: '900000.00',
      last_checked_at: null,
    },
    { credit_code: TWO, company_name: '苏州乙机械有限公司', exposure_cny: '10.00', last_checked_at: null },
  ];

  /** A run of the connector; `calls` is what its budget allows. */
  async function run(
    { clock, config }: Given,
    settings: object = {},
    state?: unknown,
    { calls = 1_000, asked = targets } = {},
  ) {
    const all = { ...config, ...settings };
    const spent: string[] = [];
    const budget: Budget = {
      spend({ service, priceCny, subject }) {
        if (spent.length >= calls)
          throw new MillraceError('budget_exhausted', { what: 'The cap of the day is reached' });
        spent.push(`${service} ${priceCny} ${subject}`);
        return Promise.resolve();
      },
    };
    const kit = createKit({
      connection: 'test',
      secrets: secretsIn(qichacha.spec, all),
      budget,
      now: () => new Date(clock.now),
      lookup: () => Promise.resolve(asked),
    });
    const pages: Page[] = [];
    const source = await qichacha.connect(all, kit);
    for await (const page of source.read(answers, state, {}))
      pages.push(JSON.parse(JSON.stringify(page)) as Page);
    const rows = pages.flatMap(({ records }) => records as Row[]);
    return { rows, spent, pages, state: pages[pages.length - 1]?.state as Progress };
  }

  const short = (rows: Row[]) =>
    rows.map(({ company, service, item_id, status, cost_cny }) =>
      [company, service, item_id, status, cost_cny].join(' '),
    );

  test('nothing found is a check that was paid for, in both ways the vendor says it', async () => {
    const there = await given();
    const unknown = {
      credit_code: '91320500MA1ZZZZZ09',
      company_name: '查无此司',
      exposure_cny: '1',
      last_checked_at: null,
    };
    const { rows, spent } = await run(there, { services: ['ShixinCheck'] }, undefined, {
      asked: [...targets, unknown],
    });
    expect(short(rows)).toEqual([
      `${ONE} ShixinCheck check 2026-03-02 200 1.00`,
      `${TWO} ShixinCheck check 2026-03-02 200 1.00`,
      '91320500MA1ZZZZZ09 ShixinCheck check 2026-03-02 201 1.00',
    ]);
    expect(spent).toHaveLength(3);
    expect(there.sandbox.billedCalls).toBe(3);
  });

  test('an item keeps its vendor record, and day, amount, number and title are taken out of it', async () => {
    const there = await given();
    const item = {
      Id: 's1',
      Liandate: '2026-01-05',
      Publicdate: '2026-02-01 00:00:00',
      Anno: '(2026)苏05执12号',
      Amount: '12.5万元',
      ActionRemark: '有履行能力而拒不履行',
    };
    there.sandbox.seed('ShixinCheck', [{ company: ONE, ...item }]);
    const { rows } = await run(there, { services: ['ShixinCheck'] });
    expect(rows[0]).toMatchObject({
      company: ONE,
      item_id: 's1 @2026-03-02',
      record: 'item',
      record_ref: 's1',
      event_date: '2026-02-01',
      amount_cny: '125000.00',
      case_number: '(2026)苏05执12号',
      title: '有履行能力而拒不履行',
      is_released: false,
      vendor_record: item,
      checked_at: '2026-03-02T04:00:00.000Z',
    });
    expect(rows[1]).toMatchObject({
      item_id: 'check 2026-03-02',
      total: 1,
      read: 1,
      calls: 1,
      cost_cny: '1.00',
    });
  });

  test('45 items take three paid pages, each once; maxPages bounds what one check may cost', async () => {
    const there = await given();
    there.sandbox.seed('JudgmentDocCheck', judgments(45));
    const whole = await run(there, { services: ['JudgmentDocCheck'] }, undefined, {
      asked: targets.slice(0, 1),
    });
    expect(whole.rows.filter(({ record }) => record === 'item')).toHaveLength(45);
    expect(whole.rows.at(-1)).toMatchObject({
      record: 'check',
      total: 45,
      read: 45,
      calls: 3,
      cost_cny: '0.90',
    });
    expect(there.sandbox.billedCalls).toBe(3);
    const bounded = await run(there, { services: ['JudgmentDocCheck'], maxPages: 2 }, undefined, {
      asked: targets.slice(0, 1),
    });
    expect(bounded.rows.at(-1)).toMatchObject({ total: 45, read: 40, calls: 2, cost_cny: '0.60' });
    expect(bounded.rows[0]).toMatchObject({ record_ref: 'j44' }); // the newest first
  });

  test('a run that ends after any page goes on there: nothing is bought twice, nothing is missing', async () => {
    const there = await given();
    there.sandbox.seed('JudgmentDocCheck', judgments(45));
    there.sandbox.seed('ShixinCheck', [{ company: TWO, Id: 's1' }]);
    const services = ['ShixinCheck', 'JudgmentDocCheck'];
    const whole = await run(there, { services });
    expect(whole.spent).toHaveLength(6);
    for (const [index, { state }] of whole.pages.entries()) {
      const rest = await run(there, { services }, state);
      const before = whole.pages.slice(0, index + 1).flatMap(({ records }) => records as Row[]);
      expect(short([...before, ...rest.rows])).toEqual(short(whole.rows));
      expect(rest.spent).toHaveLength(Math.max(0, 6 - (index + 1)));
    }
  });

  test('at the cap the read ends cleanly, says how many companies are left, and the next day goes on', async () => {
    const there = await given();
    const services = ['ShixinCheck', 'ZhixingCheck', 'SumptuaryCheck'];
    const first = await run(there, { services }, undefined, { calls: 2 });
    expect(first.rows).toHaveLength(2);
    expect(first.state.stopped).toEqual({ reason: 'budget_exhausted', companiesLeft: 2 });
    there.clock.now += 86_400_000;
    const second = await run(there, { services }, first.state, { calls: 2 });
    expect(second.spent).toEqual([`SumptuaryCheck 1.00 ${ONE}`, `ShixinCheck 1.00 ${TWO}`]);
    expect(second.state.stopped).toEqual({ reason: 'budget_exhausted', companiesLeft: 1 });
    const third = await run(there, { services }, second.state);
    expect(third.state.stopped).toBeUndefined();
    expect(there.sandbox.billedCalls).toBe(6);
    expect(new Set(first.rows.concat(second.rows.slice(0, 1)).map(({ checked_at }) => checked_at)).size).toBe(
      1,
    );
  });

  test('a company is asked again after recheckDays, and not before, whoever remembers the last check', async () => {
    const there = await given();
    const services = ['ShixinCheck'];
    const { state } = await run(there, { services, recheckDays: 30 });
    const day = async (days: number, known: unknown, asked: Target[] = targets) => {
      there.clock.now = NOON + days * 86_400_000;
      return (await run(there, { services, recheckDays: 30 }, known, { asked })).spent.length;
    };
    expect(await day(29, state)).toBe(0);
    expect(await day(30, state)).toBe(2);
    const told = targets.map((target) => ({ ...target, last_checked_at: '2026-03-02 04:00:00' }));
    expect(await day(29, undefined, told)).toBe(0); // a full sync does not buy everything again
    expect(await day(30, undefined, told)).toBe(2);
  });

  test('each service has its own period, and former names are asked for early when a name is unknown', async () => {
    const there = await given();
    const services = ['ShixinCheck', 'ZhixingCheck', 'BasicDetails'];
    const settings = { services, refreshDays: { ShixinCheck: 30 } };
    const asked = targets.slice(0, 1);
    const { state, rows } = await run(there, settings, undefined, { asked });
    expect(rows.at(-1)).toMatchObject({
      service: 'BasicDetails',
      registered_name: '苏州甲机械有限公司',
      former_names: '苏州老甲机械有限公司',
    });
    const day = async (days: number, target: object = {}) => {
      there.clock.now = NOON + days * 86_400_000;
      const told = asked.map((each) => ({ ...each, ...target })) as Target[];
      return (await run(there, settings, state, { asked: told })).spent.map((call) => call.split(' ')[0]);
    };
    expect(await day(29)).toEqual([]);
    expect(await day(30)).toEqual(['ShixinCheck']);
    expect(await day(90)).toEqual(['ShixinCheck', 'ZhixingCheck']);
    expect(await day(90, { is_renamed: 'true' })).toEqual(services);
    expect(await day(365)).toEqual(services);
    const checked = JSON.stringify({
      ShixinCheck: '2026-06-10',
      ZhixingCheck: '2026-05-31',
      BasicDetails: '2026-03-02',
    });
    expect(await day(120, { checked })).toEqual([]); // the host knows of later checks
  });

  test('the plan says what a run costs before it runs', async () => {
    const there = await given();
    const settings = {
      services: ['ShixinCheck', 'JudgmentDocCheck'] as ServiceName[],
      pricesCny: { ShixinCheck: '0.45' },
    };
    const config = qichacha.spec.parse({ ...there.config, ...settings }) as Parameters<typeof planOf>[0];
    const now = new Date(NOON);
    expect(totals(planOf(config, targets, now))).toEqual({ companies: 2, calls: 4, costCny: '1.50' });
    const { state } = await run(there, settings, undefined, { calls: 1 });
    expect(totals(planOf(config, targets, now, state))).toEqual({ companies: 2, calls: 3, costCny: '1.05' });
    const rest = await run(there, settings, state);
    expect(rest.spent).toHaveLength(3);
    expect(totals(planOf(config, targets, now, rest.state))).toEqual({
      companies: 0,
      calls: 0,
      costCny: '0.00',
    });
  });

  test.each`
    status   | what                                      | asked
    ${'208'} | ${'a company of a kind the bureau lacks'} | ${[ONE, TWO, TWO]}
    ${'215'} | ${'a keyword it does not take'}           | ${[ONE, TWO, TWO]}
    ${'201'} | ${'nothing found, which is an answer'}    | ${[ONE, ONE, TWO, TWO]}
  `(
    'status $status ($what) is stored, and the run goes on',
    async ({ status, asked }: { status: string; asked: string[] }) => {
      const there = await given();
      there.sandbox.answerWith(ONE, status);
      const { rows, spent } = await run(there, { services: ['ShixinCheck', 'ZhixingCheck'] });
      expect(spent.map((call) => call.split(' ')[2])).toEqual(asked);
      expect(rows[0]).toMatchObject({ company: ONE, status, total: 0 });
    },
  );

  test.each`
    case                             | change                                                  | code
    ${'a wrong key'}                 | ${{ config: { appKey: 'wrong-app-key-000001' } }}       | ${'login_refused'}
    ${'a wrong secret (107)'}        | ${{ config: { secretKey: 'wrong-secret-key-000001' } }} | ${'login_refused'}
    ${'a clock that is wrong (115)'} | ${{ clock: 20 * 60_000 }}                               | ${'login_refused'}
    ${'the daily limit (116)'}       | ${{ options: { callsPerDay: 0 } }}                      | ${'quota_exhausted'}
    ${'a service not bought (111)'}  | ${{ forbid: true }}                                     | ${'permission_refused'}
  `(
    '$case stops the run: $code, after one call',
    async ({ change, code }: { change: Change; code: string }) => {
      const sandboxNow = NOON;
      const there = await given({
        ...change.options,
        ...(change.clock && { now: () => sandboxNow + (change.clock ?? 0) }),
      });
      if (change.forbid) there.sandbox.forbid('ShixinCheck');
      const config = { ...there.config, ...change.config };
      const error = await failure(run({ ...there, config }, { services: ['ShixinCheck'] }));
      expect(error.code).toBe(code);
      expect(error.todo).not.toBe('');
      expect([...there.sandbox.calls.values()]).toEqual([1]);
      const everything = inspect(error, { depth: 10, showHidden: true });
      for (const secret of [config.appKey, config.secretKey]) expect(everything).not.toContain(secret);
    },
  );

  test.each`
    fault          | what                                            | booked
    ${'throttled'} | ${'Status 120, not billed'}                     | ${1}
    ${'reset'}     | ${'the answer is lost and may be billed'}       | ${2}
    ${'truncated'} | ${'the answer was billed, and half of it came'} | ${2}
  `(
    '$fault ($what) is asked again and booked $booked times',
    async ({ fault, booked }: { fault: 'reset' | 'throttled' | 'truncated'; booked: number }) => {
      const there = await given();
      there.sandbox.inject(fault);
      const { rows, spent } = await run(there, { services: ['ShixinCheck'] }, undefined, {
        asked: targets.slice(0, 1),
      });
      expect(spent).toHaveLength(booked);
      expect(rows[0]).toMatchObject({ calls: booked, cost_cny: `${booked}.00` });
      expect(there.sandbox.billedCalls).toBeLessThanOrEqual(booked);
    },
  );

  test('an unknown controller is null; a known one comes with its name and key', async () => {
    const there = await given();
    there.sandbox.seed('ActualControl', [{ company: ONE, Name: '王某', KeyNo: 'p1' }]);
    const { rows } = await run(there, { services: ['ActualControl'] });
    expect(rows[0]).toMatchObject({
      status: '200',
      controller_name: '王某',
      controller_key: 'p1',
      registered_name: '苏州甲机械有限公司',
    });
    expect(rows[1]).toMatchObject({ company: TWO, status: '201', total: 0 });
    expect(rows[1]).not.toHaveProperty('controller_name');
  });

  test('bankruptcy that the company asks of another is left out; items without Id are told apart by day and reason', async () => {
    const there = await given();
    const name = '苏州甲机械有限公司';
    there.sandbox.seed('BankruptcyCheck', [
      {
        company: ONE,
        Id: 'b1',
        CaseNo: 'A',
        ApplicantList: [{ Name: name }],
        RespondentList: [{ Name: '别家公司' }],
      },
      {
        company: ONE,
        Id: 'b2',
        CaseNo: 'B',
        ApplicantList: [{ Name: '银行' }],
        RespondentList: [{ Name: name }],
      },
    ]);
    there.sandbox.seed('ExceptionCheck', [
      { company: ONE, AddDate: '2026-01-01', AddReason: '通过登记的住所无法联系' },
      { company: ONE, AddDate: '2025-01-01', AddReason: '未公示年报', RemoveDate: '2025-06-01' },
    ]);
    const { rows } = await run(there, { services: ['BankruptcyCheck', 'ExceptionCheck'] }, undefined, {
      asked: targets.slice(0, 1),
    });
    const items = rows.filter(({ record }) => record === 'item');
    expect(
      items.map(({ case_number, event_date, is_released }) => [case_number, event_date, is_released]),
    ).toEqual([
      ['B', null, false],
      [null, '2026-01-01', false],
      [null, '2025-01-01', true],
    ]);
    expect(new Set(items.map(({ item_id }) => item_id)).size).toBe(3);
  });

  test('a company is found by a former name, a company without a code is asked by its name', async () => {
    const there = await given();
    const asked = [
      { credit_code: null, company_name: '苏州老甲机械有限公司', exposure_cny: '1', last_checked_at: null },
    ];
    there.sandbox.seed('ShixinCheck', [{ company: ONE, Id: 's1' }]);
    const { rows } = await run(there, { services: ['ShixinCheck'] }, undefined, { asked });
    expect(rows[0]).toMatchObject({ company: '苏州老甲机械有限公司', credit_code: null, record_ref: 's1' });
  });

  test('all services answer, each at its own address', async () => {
    const there = await given();
    const { rows } = await run(there, {}, undefined, { asked: targets.slice(0, 1) });
    expect(rows.map(({ service }) => service)).toEqual([...SERVICE_NAMES]);
    expect([...there.sandbox.billed.keys()]).toEqual([...SERVICE_NAMES]);
  });
});

/** A plan by its sums; services and companies must tell the same. */
function totals({ services, companies }: PaidPlan) {
  const costCny = services.map((each) => each.costCny).reduce(plus, '0.00');
  expect(companies.map((each) => each.costCny).reduce(plus, '0.00')).toBe(costCny);
  return { companies: companies.length, calls: services.reduce((sum, { calls }) => sum + calls, 0), costCny };
}

interface Change {
  config?: Record<string, string>;
  options?: Partial<SandboxOptions>;
  clock?: number;
  forbid?: boolean;
}

const judgments = (count: number): Row[] =>
  Array.from({ length: count }, (_, index) => ({
    company: ONE,
    Id: `j${index}`,
    CaseName: `案件${index}`,
    IsDefendant: '1',
    JudgeDate: new Date(Date.parse('2025-01-01') + index * 86_400_000).toISOString().slice(0, 10),
  }));

async function failure(work: Promise<unknown>): Promise<MillraceError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof MillraceError) return error;
    throw error;
  }
  throw new Error('no error was thrown');
}
