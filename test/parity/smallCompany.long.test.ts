import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bank as bankFiles } from '../../connectors/bank';
import { BankFolder } from '../../connectors/bank/sandbox';
import { fxiaoke } from '../../connectors/fxiaoke';
import { FxiaokeSandbox } from '../../connectors/fxiaoke/sandbox';
import { kingdee } from '../../connectors/kingdee';
import { KingdeeSandbox } from '../../connectors/kingdee/sandbox';
import { type Connector, createKit } from '../../connectors/kit';
import { qichacha } from '../../connectors/qichacha';
import { QichachaSandbox } from '../../connectors/qichacha/sandbox';
import { seedTenant } from '../connectors/fxiaokeTenant';
import { seedCompany } from '../connectors/kingdeeCompany';
import { BothEngines, type ReadOnce } from './bothEngines';
import { differences, rowsBySchema } from './compare';

const AS_OF = '2026-07-14';
/** The bureau signs requests by the time. */
const NOW = new Date('2026-03-02T04:00:00Z');
const CREDIT_CODE = '91320500MA1XXXXX0A';

/**
 * The same pages give the same rows on both engines: of raw and quarantine, of every model, of what a freeze keeps and of
 * what a run writes down; with the same columns and comments. The demo company stands in demo.long.test.ts.
 */
describe('a small company on both engines', () => {
  const erp = new KingdeeSandbox();
  const crm = new FxiaokeSandbox({ callsPer20Seconds: 10_000 });
  const bureau = new QichachaSandbox({ now: () => NOW.getTime() });
  const bank = new BankFolder(mkdtempSync(join(tmpdir(), 'millrace-parity-bank-')));
  let sources: (ReadOnce & { connector: string })[] = [];
  let both: BothEngines | undefined;

  beforeAll(async () => {
    await Promise.all([erp.start(), crm.start(), bureau.start()]);
    seedCompany(erp);
    seedTenant(crm);
    bureau.seed('companies', [
      { creditCode: CREDIT_CODE, name: '苏州甲机械有限公司', formerNames: ['苏州老甲'] },
    ]);
    bureau.seed('ShixinCheck', [
      {
        company: CREDIT_CODE,
        Id: 's1',
        Publicdate: '2026-02-01',
        Anno: '(2026)苏05执12号',
        Amount: '12.5万元',
      },
    ]);
    fillBank(bank);
    const { accountId, user, appId, appSecret } = erp.account;
    const { permanentCode, ...tenant } = crm.options;
    const { appKey, secretKey } = bureau.options;
    const companies = [{ creditCode: CREDIT_CODE, name: '苏州老甲' }];
    sources = await Promise.all([
      open('kingdee', kingdee, { baseUrl: `${erp.baseUrl}/K3Cloud`, accountId, user, appId, appSecret }),
      open('fxiaoke', fxiaoke, {
        baseUrl: crm.baseUrl,
        appId: tenant.appId,
        appSecret: tenant.appSecret,
        permanentCode,
        userId: '1000',
      }),
      open('qichacha', qichacha, {
        baseUrl: bureau.baseUrl,
        appKey,
        secretKey,
        services: ['ShixinCheck'],
        companies,
      }),
      open('bank', bankFiles, { folder: bank.folder, settleSeconds: 0 }),
    ]);
    both = await BothEngines.open();
  });
  afterAll(async () => {
    await both?.close();
    await Promise.all([erp.stop(), crm.stop(), bureau.stop()]);
    rmSync(bank.folder, { recursive: true });
  });

  const compared = async () => {
    const [first, second] = both?.warehouses ?? [];
    if (!first || !second) throw new Error('two engines are expected');
    return { found: await differences(first, second), counts: await rowsBySchema(first) };
  };
  const build = (isAll: boolean) =>
    both?.build(
      sources.map(({ connection, connector, source }) => ({
        name: connection,
        connector,
        streams: source.streams,
      })),
      AS_OF,
      isAll,
    );

  test('loaded and built', async () => {
    for (const source of sources) await both?.load(source);
    await both?.readAtOneTime();
    await build(true);
    const { found, counts } = await compared();
    expect(found).toEqual([]);
    for (const schema of ['raw', 'quarantine', 'staging', 'seeds', 'core', 'marts', 'meta'])
      expect(counts[schema] ?? 0).toBeGreaterThan(0);
  }, 120_000);

  test('frozen months', async () => {
    const [ones, others] = (await both?.freeze(AS_OF)) ?? [];
    expect(ones?.length).toBeGreaterThan(0);
    expect(others).toEqual(ones);
    await build(false);
    const { found, counts } = await compared();
    expect(found).toEqual([]);
    expect(counts.ops).toBeGreaterThan(0);
  }, 120_000);

  test('changed and deleted records, and what an incremental build makes of them', async () => {
    crm.seed('NewOpportunityObj', [
      {
        _id: 'o1',
        name: '开了',
        account_id: 'a1',
        owner: ['1001'],
        amount: '120000.75',
        close_date: Date.parse('2026-04-30T00:00:00+08:00'),
        sales_stage: 's2',
        sales_status: '1',
        create_time: Date.parse('2026-01-05T09:00:00+08:00'),
        last_modified_time: Date.parse('2026-02-01T09:00:00+08:00'),
      },
    ]);
    crm.remove('NewOpportunityObj', ['o4']);
    erp.remove('AR_receivable', ['22']);
    for (const source of sources) await both?.load(source);
    for (const source of sources) await both?.reconcile(source);
    await both?.readAtOneTime();
    await build(false);
    const { found } = await compared();
    expect(found).toEqual([]);
    const [first] = both?.warehouses ?? [];
    expect(
      await first?.rows('select _source_id from raw.fxiaoke__opportunities where _deleted_at is not null'),
    ).toEqual([{ _source_id: 'o4' }]);
  }, 120_000);
});

async function open(connection: string, connector: Connector, config: unknown) {
  const kit = { ...createKit({ connection, secrets: [], retryMs: 1 }), now: () => NOW };
  return {
    connection,
    connector: connector.name,
    source: await connector.connect(connector.spec.parse(config), kit),
  };
}

/** A statement, and a file with a line that goes to quarantine. */
function fillBank(bank: BankFolder): void {
  const line = {
    time: '10:00:00',
    counterpartyName: '苏州甲机械有限公司',
    counterpartyAccount: '3201',
    summary: '转账收入',
    purpose: '货款',
  };
  bank.write('january.csv', 'icbc_history', {
    account: '1102020109000123456',
    company: '本公司',
    from: '2026-01-01',
    to: '2026-01-31',
    lines: [
      { ...line, date: '2026-01-05', amount: '100.00', balance: '1100.00', reference: 'V05' },
      { ...line, date: '2026-01-20', amount: '780.00', balance: '1880.00', reference: 'B20260120-1' },
    ],
  });
  const bad =
    '账号：6222020200001234567\n交易日期,摘要,对方户名,借贷标志,交易金额\n坏日期,转账,李某,收入,1000.00\n2026-01-07,转账,王某,收入,2000.00\n';
  writeFileSync(join(bank.folder, 'with-bad-row.csv'), bad);
}
