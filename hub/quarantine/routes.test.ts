import { company } from '../../test/cube/company';
import { type HubUnderTest, hubOver } from '../../test/hub/hubOver';

const CONFIG = `company: 测试公司
connections:
  erp:
    connector: kingdee
    config: { baseUrl: 'http://127.0.0.1:1', accountId: acc, user: reader, appId: app, appSecret: '\${ROUTES_TEST_SECRET}' }
users:
  - { id: engineer, name: 工程师, role: engineer }
  - { id: boss, name: 总经理, role: manager }
`;
const RAW = '{"FCUSTID":"1","name":"张三 13800138000"}';

describe('the routes of the quarantine', () => {
  let on: HubUnderTest;
  beforeAll(async () => {
    process.env.ROUTES_TEST_SECRET = 'secret-of-the-erp';
    on = await hubOver(company, CONFIG);
    for (const [hash, reasons, amount] of [
      ['aaaaaaaaaa', 'FNumber: missing', '10.00'],
      ['bbbbbbbbbb', 'FNumber: missing; FName: missing', '2.50'],
      ['cccccccccc', 'FName: missing', null],
    ] as const) {
      await on.warehouse.run(
        `insert into quarantine.record (connection, stream, record_hash, source_id, reasons, amount_cny, raw, first_seen_at, last_seen_at, sync_id, contract_version)
         values ('erp', 'customers', ?, '1', ?, cast(? as decimal(18, 2)), ?, timestamp '2026-01-01', timestamp '2026-01-02', 's', 'v1')`,
        [hash, reasons, amount, RAW],
      );
    }
  });
  afterAll(async () => {
    await on?.close();
    delete process.env.ROUTES_TEST_SECRET;
  });
  const engineer: HubUnderTest['ask'] = (path, options) => on.as('engineer')(path, options);

  test('an engineer sees the groups, the total and the raw records; a manager sees none of it', async () => {
    const { body } = await engineer('/api/quarantine?connection=erp');
    expect(body).toMatchObject({
      records: 3,
      amountCny: '12.50',
      groups: [
        { reason: 'FName: missing', records: '2', amount_cny: '2.50', contract_versions: 'v1' },
        { reason: 'FNumber: missing', records: '2', amount_cny: '12.50' },
      ],
    });
    const shown = await engineer(
      '/api/quarantine/records?connection=erp&stream=customers&limit=2&reason=FName:%20missing',
    );
    expect(shown.body).toMatchObject([
      { record_hash: 'bbbbbbbbbb', raw: RAW },
      { record_hash: 'cccccccccc' },
    ]);
    const refused = await on.as('boss')('/api/quarantine/records?connection=erp&stream=customers');
    expect([refused.status, refused.text.includes('13800138000')]).toEqual([403, false]);
  });

  test.each([
    ['/api/quarantine/records?connection=erp&stream=customers&limit=100000', undefined],
    ['/api/quarantine/records?connection=erp', undefined],
    ['/api/quarantine?all=perhaps', undefined],
    ['/api/quarantine/discard', { connection: 'erp', stream: 'customers', why: 'x' }],
    ['/api/quarantine/discard', { connection: 'erp', stream: 'customers', reason: 'FName: missing' }],
    ['/api/columns/accept', { connection: 'erp', stream: 'customers', field: 'x', kind: 'number' }],
  ])('%s with %j is refused', async (path, body) => {
    const { status, body: answer } = await engineer(path, body ? { body } : {});
    expect([400, 404]).toContain(status);
    expect(answer).toHaveProperty('error.what');
  });

  test('a discard is signed by who is signed in, whatever the request says; without a word it only counts', async () => {
    const body = {
      connection: 'erp',
      stream: 'customers',
      records: ['aaaaaaaaaa'],
      why: 'a test',
      by: 'somebody else',
    };
    expect((await engineer('/api/quarantine/discard', { body })).body).toEqual({
      records: 1,
      amountCny: '10.00',
    });
    expect((await engineer('/api/quarantine')).body).toMatchObject({ records: 3 });
    await engineer('/api/quarantine/discard', { body: { ...body, isConfirmed: true } });
    const { body: listed } = await engineer(
      '/api/quarantine/records?connection=erp&stream=customers&all=true',
    );
    expect((listed as object[])[0]).toMatchObject({
      state: 'discarded',
      resolved_by: 'engineer',
      note: 'a test',
    });
  });

  test('a replay is shown before it is done', async () => {
    const { body } = await engineer('/api/quarantine/preview-replay', { body: { connection: 'erp' } });
    expect(body).toMatchObject([
      { connection: 'erp', stream: 'customers', read: 2, loaded: 0, quarantined: 2 },
    ]);
    expect((await engineer('/api/quarantine')).body).toMatchObject({ records: 2 });
  });

  test('unknown fields are listed; one that nobody sent is refused by name', async () => {
    expect((await engineer('/api/columns?all=true')).body).toEqual([]);
    const { status, body } = await engineer('/api/columns/one?connection=erp&stream=customers&field=FNew');
    expect([status, body]).toMatchObject([
      404,
      { error: { code: 'not_found', what: 'No unknown field FNew was seen' } },
    ]);
  });
});
