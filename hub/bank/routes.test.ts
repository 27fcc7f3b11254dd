import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { company } from '../../test/cube/company';
import { type HubUnderTest, hubOver } from '../../test/hub/hubOver';

const ACCOUNT = '1102020109000123456';
const HEADER = '交易日期,摘要,对方户名,借贷标志,交易金额,余额';
const FIRST = `账号：${ACCOUNT}\n${HEADER}\n2026-03-02,货款,客户甲,贷,100.00,1100.00\n合计,,,,100.00,\n`;
const MORE = `账号：${ACCOUNT}\n${HEADER}\n2026-03-02,货款,客户甲,贷,100.00,1100.00\n2026-03-03,货款,客户乙,贷,200.00,1300.00\n坏日期,货款,客户丙,贷,1.00,1301.00\n`;

describe('bank files that people hand over', () => {
  const outside = mkdtempSync(join(tmpdir(), 'millrace-upload-'));
  const folder = join(outside, 'bank-files');
  let on: HubUnderTest;
  beforeAll(async () => {
    mkdirSync(folder);
    on = await hubOver(
      company,
      `company: 测试公司
connections:
  money: { connector: bank_cn, config: { folder: '${folder}', settleSeconds: 0 } }
users:
  - { id: cashier, name: 出纳, role: finance }
  - { id: boss, name: 总经理, role: manager }
`,
    );
  });
  afterAll(async () => {
    await on?.close();
    rmSync(outside, { recursive: true });
  });
  const send = (path: string, text: string, type = 'application/octet-stream', who = 'cashier') =>
    on.as(who)(`/api/bank/${path}`, { text, headers: { 'content-type': type } });

  test('a preview says what would be loaded and keeps nothing', async () => {
    const { status, body } = await send('preview?name=march.csv', MORE);
    expect([status, readdirSync(folder)]).toEqual([200, []]);
    expect(body).toMatchObject({
      connection: 'money',
      format: 'csv',
      layout: 'plain_flag',
      rows: 5,
      entries: 2,
      newEntries: 2,
      knownEntries: 0,
      ignored: [
        { line: 1, name: 'title' },
        { line: 2, name: 'header' },
      ],
      rejected: [{ line: 5, reason: 'no date' }],
      statements: [
        {
          account: ACCOUNT,
          currency: 'CNY',
          opening: '1000.00',
          closing: '1300.00',
          isOk: true,
          total: '300.00',
        },
      ],
    });
  });

  test('a file is saved under a name of its own folder; again it is known; another of its name stands beside it', async () => {
    const sent = await send(`files?name=${encodeURIComponent('..\\../../etc/三月.xlsx')}`, FIRST);
    expect([sent.status, sent.body]).toMatchObject([
      201,
      { savedAs: '三月.csv', isSyncing: true, newEntries: 1, knownEntries: 0 },
    ]);
    expect(readFileSync(join(folder, '三月.csv'), 'utf8')).toBe(FIRST);
    expect((await send(`files?name=${encodeURIComponent('三月.csv')}`, FIRST)).body).toMatchObject({
      savedAs: '三月.csv',
      duplicateOf: '三月.csv',
      newEntries: 0,
      knownEntries: 1,
    });
    expect((await send(`files?name=${encodeURIComponent('三月.csv')}`, MORE)).body).toMatchObject({
      savedAs: '三月 (2).csv',
      newEntries: 1,
      knownEntries: 1,
    });
    expect([readdirSync(folder).sort(), readdirSync(outside)]).toEqual([
      ['三月 (2).csv', '三月.csv'],
      ['bank-files'],
    ]);
  });

  test('a form with a file says the same as the file itself', async () => {
    const form = `--x\r\nContent-Disposition: form-data; name="file"; filename="form.csv"\r\nContent-Type: text/csv\r\n\r\n${FIRST}\r\n--x--\r\n`;
    expect((await send('preview', form, 'multipart/form-data; boundary=x')).body).toMatchObject({
      name: 'form.csv',
      entries: 1,
    });
    expect((await send('preview', '--x--', 'multipart/form-data; boundary=x')).status).toBe(400);
  });

  test('a file without an account is asked for it, and keeps the answer in its name', async () => {
    const bare = FIRST.split('\n').slice(1).join('\n');
    expect((await send('files?name=bare.csv', bare)).body).toMatchObject({
      error: { code: 'file_unreadable' },
    });
    expect((await send('files?name=bare.csv&account=11110000', bare)).body).toMatchObject({
      savedAs: '11110000账号 bare.csv',
    });
    expect(existsSync(join(folder, 'bare.csv'))).toBe(false);
    expect((await send('preview?name=again.csv&account=11110000', bare)).body).toMatchObject({
      knownEntries: 1,
    });
  });

  test('only finance and administrators; what is no statement, too large or of an unknown connection is refused with a reason', async () => {
    expect((await send('files?name=x.csv', FIRST, 'text/csv', 'boss')).status).toBe(403);
    const refused = await send('files?name=x.csv', 'name,phone\nx,1\n');
    expect([refused.status, refused.body]).toMatchObject([400, { error: { where: 'file x.csv' } }]);
    expect((await send('files?name=x.csv', 'x'.repeat(26 * 1024 * 1024))).body).toMatchObject({
      error: { what: 'The file is larger than 25 MB' },
    });
    expect((await send('preview?name=x.csv&connection=other', FIRST)).body).toMatchObject({
      error: { what: 'No connection of bank files is called other; there are money' },
    });
    expect((await send('preview', FIRST)).status).toBe(400);
  });
});
