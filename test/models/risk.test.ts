import { engines } from '../support/engines';
import { type BuiltCase, given, type Given } from './given';

/** A check of one service; `day` names it. */
const check = (
  company: string,
  service: string,
  kind: string | null,
  day: string,
  more: Given = {},
): Given => ({
  connection: 'qcc',
  source_id: `${company} ${service} ${day}`,
  company_ref: company,
  company_name: company,
  service,
  kind,
  calls: 1,
  cost_cny: '1.00',
  order_number: `${service}-${day}`,
  is_successful: true,
  is_complete: true,
  checked_at: `${day} 02:00:00`,
  source_updated_at: `${day} 02:00:00`,
  ...more,
});
/** A record as a check of that day held it. */
const record = (
  company: string,
  service: string,
  kind: string,
  day: string,
  id: string,
  more: Given = {},
): Given => ({
  connection: 'qcc',
  source_id: `${company} ${service} ${id} @${day}`,
  record_ref: `${company}/${service}/${id}`,
  check_ref: `${company} ${service} ${day}`,
  company_name: company,
  kind,
  is_live: true,
  source_updated_at: `${day} 02:00:00`,
  ...more,
});

const [D1, D2, D3] = ['2026-01-05', '2026-04-06', '2026-07-06'] as const;
const shixin = (company: string, day: string, more: Given = {}) =>
  check(company, 'ShixinCheck', 'dishonest_debtor', day, more);
const debtor = (company: string, day: string, id: string, more: Given = {}) =>
  record(company, 'ShixinCheck', 'dishonest_debtor', day, id, more);
const control = (company: string, day: string, name: string, key: string | null, more: Given = {}) =>
  check(company, 'ActualControl', null, day, { controller_name: name, controller_ref: key, ...more });
const tyc = (row: Given): Given => ({ ...row, connection: 'tyc' });

const NEW = '新增公司';
const GONE = '移出公司';
const TWICE = '两家征信公司';
const PENALTY = '处罚公司';
const LONG = '长名单公司';
const CONTROL = '换控制人公司';
const PLAIN = '无快照公司';
const NOBODY = '不是客户的公司';
const customers = [NEW, GONE, TWICE, PENALTY, LONG, CONTROL, PLAIN];

const checks: Given[] = [
  // the first check knows one entry, the second finds another
  shixin(NEW, D1),
  shixin(NEW, D2),
  shixin(NEW, D3),
  // the entry is lifted: gone from the list; a failed check in between proves nothing
  shixin(GONE, D1),
  shixin(GONE, D2, { is_successful: false, is_complete: false }),
  shixin(GONE, D3),
  check(GONE, 'EquityFreezeCheck', 'equity_freeze', D1),
  check(GONE, 'EquityFreezeCheck', 'equity_freeze', D2),
  // two bureaus
  shixin(TWICE, D1),
  shixin(TWICE, D2),
  tyc(shixin(TWICE, D2)),
  tyc(shixin(TWICE, D3)),
  // a penalty in two lists
  check(PENALTY, 'AdminPenaltyCheck', 'administrative_penalty', D1),
  check(PENALTY, 'EnvPunishmentCheck', 'environmental_penalty', D1),
  // the list before was not read to its end
  check(LONG, 'JudgmentDocCheck', 'defendant', D1, { is_complete: false }),
  check(LONG, 'JudgmentDocCheck', 'defendant', D2, { is_complete: false }),
  control(CONTROL, D1, '王某', 'p1'),
  control(CONTROL, D2, '李某', 'p2'),
  control(CONTROL, D3, '李某（自然人）', 'p2'),
  tyc(control(CONTROL, D2, '王某', 'x1')),
  tyc(control(CONTROL, D3, '李某', 'x2')),
  shixin(NOBODY, D1),
  shixin(NOBODY, D2),
];
const records: Given[] = [
  debtor(NEW, D1, 'a', { case_number: '（2025）苏01执1号', event_date: '2025-11-01', amount_cny: '1000.00' }),
  debtor(NEW, D2, 'a', { case_number: '（2025）苏01执1号', event_date: '2025-11-01', amount_cny: '1000.00' }),
  debtor(NEW, D3, 'a', { case_number: '（2025）苏01执1号', event_date: '2025-11-01', amount_cny: '1200.00' }),
  debtor(NEW, D2, 'b', { case_number: '(2026)苏01执2号', event_date: '2026-03-01' }),
  debtor(NEW, D3, 'b', { case_number: '(2026)苏01执2号', event_date: '2026-03-01' }),
  debtor(GONE, D1, 'c', { event_date: '2025-12-01' }),
  record(GONE, 'EquityFreezeCheck', 'equity_freeze', D1, 'f', { event_date: '2025-10-01' }),
  record(GONE, 'EquityFreezeCheck', 'equity_freeze', D2, 'f', { event_date: '2025-10-01', is_live: false }),
  // one case in both bureaus; and two entries of one day without a number, in both
  debtor(TWICE, D2, 'q1', { case_number: '(2026)浙02执7号', event_date: '2026-02-01' }),
  tyc(debtor(TWICE, D2, 't9', { case_number: '（2026）浙02执7号', event_date: '2026-02-02' })),
  tyc(debtor(TWICE, D3, 't9', { case_number: '（2026）浙02执7号', event_date: '2026-02-02' })),
  debtor(TWICE, D2, 'q2', { event_date: '2026-03-03' }),
  debtor(TWICE, D2, 'q3', { event_date: '2026-03-03' }),
  tyc(debtor(TWICE, D3, 't1', { event_date: '2026-03-03' })),
  tyc(debtor(TWICE, D3, 't2', { event_date: '2026-03-03' })),
  record(PENALTY, 'AdminPenaltyCheck', 'administrative_penalty', D1, 'p', {
    case_number: '甬环罚〔2026〕3号',
  }),
  record(PENALTY, 'EnvPunishmentCheck', 'environmental_penalty', D1, 'e', {
    case_number: '甬环罚〔2026〕3号',
  }),
  record(LONG, 'JudgmentDocCheck', 'defendant', D2, 'old', { event_date: '2024-05-05', case_number: '1' }),
  record(LONG, 'JudgmentDocCheck', 'defendant', D2, 'young', { event_date: '2026-02-02', case_number: '2' }),
  { source_id: 'plain', company_name: PLAIN, kind: 'tax_arrears', event_date: '2026-01-01', is_live: true },
  debtor(NOBODY, D2, 'z', { event_date: '2026-03-01' }),
];

describe.each(engines)('events of bureaus, found by comparing checks, over $name', ({ open }) => {
  let built: BuiltCase;
  beforeAll(async () => {
    built = await given(
      {
        today: '2026-07-15',
        entities: {
          customer: customers.map((name, n) => ({ source_id: `C${n}`, name })),
          bureau_check: checks,
          risk_event: records,
        },
      },
      open,
    );
  }, 120_000);
  afterAll(() => built?.close());

  const events = async (company: string, columns: string) => {
    const rows = await built.rows(
      `select ${columns} from core.risk_event where company_name = '${company}' order by event_date, kind, risk_event_id`,
    );
    return rows.map((row) => Object.values(row).map(String).join(' | '));
  };

  test('what the first check held is known since then, what a later one adds is new and names both paid checks', async () => {
    expect(
      await events(
        NEW,
        'case_number, is_new, found_check_id, before_check_id, is_live, amount_cny, cast(last_seen_at as date) as day',
      ),
    ).toEqual([
      `（2025）苏01执1号 | false | qcc:${NEW} ShixinCheck ${D1} | null | true | 1200.00 | ${D3}`,
      `(2026)苏01执2号 | true | qcc:${NEW} ShixinCheck ${D2} | qcc:${NEW} ShixinCheck ${D1} | true | null | ${D3}`,
    ]);
  });

  test('a record that left its list, or says itself that it was lifted, left with the check that shows it; a failed check shows nothing', async () => {
    expect(await events(GONE, 'kind, is_live, left_check_id')).toEqual([
      `equity_freeze | false | qcc:${GONE} EquityFreezeCheck ${D2}`,
      `dishonest_debtor | false | qcc:${GONE} ShixinCheck ${D3}`,
    ]);
  });

  test('two bureaus tell of one event once: by case number, else by day, as often as each of them has it', async () => {
    expect(await events(TWICE, 'risk_event_id, is_new, bureaus, is_live')).toEqual([
      `qcc:${TWICE}/ShixinCheck/q1 | true | 2 | true`,
      `qcc:${TWICE}/ShixinCheck/q2 | true | 2 | true`,
      `qcc:${TWICE}/ShixinCheck/q3 | true | 2 | true`,
    ]);
  });

  test('a penalty that stands in two lists is the environmental one', async () => {
    expect(await events(PENALTY, 'kind, case_number')).toEqual(['environmental_penalty | 甬环罚〔2026〕3号']);
  });

  test('behind a list that was not read to its end only what is younger than that check is new', async () => {
    expect(await events(LONG, 'event_date, is_new')).toEqual(['2024-05-05 | false', '2026-02-02 | true']);
  });

  test('another controller is an event, once for both bureaus; another spelling of the same person is none', async () => {
    expect(await events(CONTROL, 'kind, title, event_date, is_new, found_check_id, bureaus')).toEqual([
      `controller_change | 王某 → 李某 | ${D2} | true | qcc:${CONTROL} ActualControl ${D2} | 2`,
    ]);
  });

  test('a source without checks says itself what is live; a company that is no customer has its events as well', async () => {
    expect(await events(PLAIN, 'risk_event_id, is_live, is_new, found_check_id')).toEqual([
      'erp:plain | true | false | null',
    ]);
    expect(await events(NOBODY, 'is_new, customer_id')).toEqual(['true | null']);
  });

  test('a snapshot keeps what each paid answer held, in its place among the others', async () => {
    const rows = await built.rows(
      `select number, previous_check_id is not null as has_one, records, live_records, order_number, cost_cny
       from core.bureau_snapshot where company_name = '${NEW}' order by checked_at`,
    );
    expect(rows.map((row) => Object.values(row).map(String).join(' '))).toEqual([
      `1 false 1 1 ShixinCheck-${D1} 1.00`,
      `2 true 2 2 ShixinCheck-${D2} 1.00`,
      `3 true 2 2 ShixinCheck-${D3} 1.00`,
    ]);
  });
});
