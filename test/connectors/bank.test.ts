import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bank as connector } from '../../connectors/bank';
import { BankFolder, type StatementLine } from '../../connectors/bank/sandbox';
import { type Loaded, loaded } from './loaded';

const ACCOUNT = '1102020109000123456';
const line = (
  day: string,
  amount: string,
  balance: string,
  more: Partial<StatementLine> = {},
): StatementLine => ({
  date: `2026-01-${day}`,
  time: '10:00:00',
  amount,
  balance,
  counterpartyName: '客户甲',
  counterpartyAccount: '3201',
  summary: '转账收入',
  purpose: '货款',
  reference: `V${day}`,
  ...more,
});

describe('bank files as canonical entities', () => {
  const bank = new BankFolder(mkdtempSync(join(tmpdir(), 'millrace-bank-')));
  let warehouse: Loaded;
  beforeAll(async () => {
    const lines = [
      line('05', '100.00', '1100.00'),
      line('06', '-30.00', '1070.00', {
        counterpartyName: '供应商乙',
        summary: '转账支出',
        purpose: '材料款',
      }),
      line('06', '50.00', '1120.00', { reference: '' }),
      line('06', '50.00', '1170.00', { reference: '' }),
    ];
    const statement = { account: ACCOUNT, company: '本公司', from: '2026-01-01', to: '2026-01-31', lines };
    bank.write('january.csv', 'icbc_history', statement);
    bank.write('january (1).csv', 'icbc_history', statement);
    bank.write('overlap.csv', 'icbc_history', {
      ...statement,
      from: '2026-01-06',
      to: '2026-01-06',
      lines: lines.slice(1),
    });
    const bad =
      '账号：6222020200001234567\n交易日期,摘要,对方户名,借贷标志,交易金额\n坏日期,转账,李某,收入,1000.00\n2026-01-07,转账,王某,收入,2000.00\n';
    writeFileSync(join(bank.folder, 'with-bad-row.csv'), bad);
    warehouse = await loaded(connector, { folder: bank.folder, settleSeconds: 0 });
  });
  afterAll(async () => {
    await warehouse.close();
    rmSync(bank.folder, { recursive: true });
  });

  const table = async (sql: string) => {
    const rows = await warehouse.rows(sql);
    return rows.map((row) =>
      Object.values(row)
        .map((value) => String(value))
        .join(' | '),
    );
  };

  test('a duplicate file and an overlapping one add no line; equal lines of one day stay two', async () => {
    const columns =
      'account, value_date, direction, amount_cny, counterparty_name, remark, reference, category, recorded_at';
    expect(
      await table(`select ${columns} from staging.bank_transaction order by account, value_date, amount_cny`),
    ).toEqual([
      `${ACCOUNT} | 2026-01-05 | in | 100.00 | 客户甲 | 转账收入 货款 | V05 | customer | 2026-01-05 02:00:00`,
      `${ACCOUNT} | 2026-01-06 | out | -30.00 | 供应商乙 | 转账支出 材料款 | V06 | supplier | 2026-01-06 02:00:00`,
      `${ACCOUNT} | 2026-01-06 | in | 50.00 | 客户甲 | 转账收入 货款 | null | customer | 2026-01-06 02:00:00`,
      `${ACCOUNT} | 2026-01-06 | in | 50.00 | 客户甲 | 转账收入 货款 | null | customer | 2026-01-06 02:00:00`,
      expect.stringMatching(
        /^6222020200001234567 \| 2026-01-07 \| in \| 2000.00 \| 王某 \| 转账 \| null \| null \| /,
      ),
    ]);
  });

  test('each file covers its days, and its balances are checked', async () => {
    expect(
      await table('select account, covered_from, covered_to from staging.bank_coverage order by source_id'),
    ).toEqual([
      `${ACCOUNT} | 2026-01-01 | 2026-01-31`,
      `${ACCOUNT} | 2026-01-01 | 2026-01-31`,
      `${ACCOUNT} | 2026-01-06 | 2026-01-06`,
      '6222020200001234567 | 2026-01-07 | 2026-01-07',
    ]);
    const checks = 'file_name, rows, entries, ignored, rejected, balance_ok, duplicate_of';
    expect(await table(`select ${checks} from raw.bank__files order by file_name`)).toEqual([
      'january (1).csv | 7 | 4 | 3 | 0 | true | null',
      'january.csv | 7 | 4 | 3 | 0 | true | january (1).csv',
      'overlap.csv | 6 | 3 | 3 | 0 | true | null',
      'with-bad-row.csv | 4 | 1 | 2 | 1 | null | null',
    ]);
  });

  test('a row without a date waits in quarantine, with its line and its cells', async () => {
    const [bad] = await warehouse.rows('select reasons, raw, amount_cny from quarantine.record');
    expect(bad).toMatchObject({ reasons: 'date: not a date like 2026-01-31', amount_cny: '1000.00' });
    expect(JSON.parse(String(bad?.raw))).toMatchObject({
      problem: 'line 3: no date',
      cells: ['坏日期', '转账', '李某', '收入', '1000.00'],
    });
  });
});
