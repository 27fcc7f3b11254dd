import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkBalances } from './balances';
import { parseFile } from './formats';
import type { Entry } from './parsed';

const FIXTURES = join(__dirname, 'fixtures');
const ACCOUNT = 'TEST-ACCOUNT';

interface Expected {
  layout: string;
  account: string | null;
  period?: { from: string; to: string };
  entries: (Partial<Entry> & { line: number })[];
  ignored: string[];
  rejected: { line: number; why: string }[];
  balance: {
    isOk: boolean;
    opening: string;
    closing: string;
    firstGap?: { line: number; difference: string };
  };
}

const readJson = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as unknown;

function statementOf(file: string) {
  const parsed = parseFile(readFileSync(file), file.split('/').at(-1) ?? '', { account: ACCOUNT });
  const [{ account, from, to } = { account: null, from: null, to: null }] = parsed.statements;
  return { ...parsed, account, ...(from !== null && { period: { from, to } }) };
}

describe('a file of each layout', () => {
  const names = readdirSync(FIXTURES).filter((name) => name.endsWith('.csv'));

  test.each(names)('%s: every row is an entry, named or rejected', (name) => {
    const expected = expectedOf(name);
    const statement = statementOf(join(FIXTURES, name));
    expect(statement).toMatchObject({
      layout: expected.layout,
      ...(expected.account !== null && { account: expected.account }),
    });
    expect(statement.entries).toMatchObject(expected.entries);
    expect(statement.entries).toHaveLength(expected.entries.length);
    expect(statement.ignored.map((row) => row.name)).toEqual(expected.ignored);
    expect(statement.rejected.map(({ line, why }) => ({ line, why }))).toEqual(expected.rejected);
    expect(statement.rows).toBe(expected.entries.length + expected.ignored.length + expected.rejected.length);
    expect(statement.period).toEqual(expected.period);
    expect(checkBalances(statement.entries)).toMatchObject(expected.balance);
  });

  function expectedOf(name: string): Expected {
    return readJson(join(FIXTURES, name.replace(/csv$/, 'expected.json'))) as Expected;
  }
});

const HEADER = '交易日期,摘要,对方户名,借贷标志,交易金额,余额';
const parse = (text: string, more: { account?: string } = { account: ACCOUNT }) =>
  parseFile(Buffer.from(text), 'x.csv', more);
const lines = (text: string) =>
  parse(text).entries.map(({ line, date, amount }) => `${line} ${date} ${amount}`);
const refused = (text: string) => parse(text).rejected.map(({ line, why }) => `${line} ${why}`);

describe('what banks do with rows and columns', () => {
  test('a comma that nobody quoted moves the cells behind it: the row is rejected, whatever it seems to say', () => {
    const text = `${HEADER}\n2026-03-02,货款,客户甲,贷,1,000.00,5000.00\n2026-03-03,货款,客户甲,贷,2000.00,7000.00\n`;
    expect([lines(text), refused(text)]).toEqual([['3 2026-03-03 2000.00'], ['2 columns']]);
  });

  test.each([
    ['in an amount', `${HEADER}\n2026-03-02,货款,甲,贷,100.00,100.00\n2026-03-03,货款,甲,贷,2`, ['3 text']],
    [
      'in a balance',
      `${HEADER}\n2026-03-02,货款,甲,贷,100.00,100.00\n2026-03-03,货款,甲,贷,200.00,30`,
      ['3 text'],
    ],
    [
      'within quotes',
      `${HEADER}\n2026-03-02,货款,甲,贷,100.00,100.00\n2026-03-03,"货款,甲,贷,200.00,300.00`,
      ['3 text'],
    ],
    [
      'behind a whole row',
      `${HEADER}\n2026-03-02,货款,甲,贷,100.00,100.00\n2026-03-03,货款,甲,贷,200.00,300.00`,
      [],
    ],
  ])('a file that is cut %s', (_where, text, expected) => {
    expect(refused(text)).toEqual(expected);
  });

  test('a reversal in red takes back; a bank that signs every outgoing amount repeats its flag', () => {
    expect(
      lines(
        `${HEADER}\n2026-03-02,货款,甲,借,100.00,\n2026-03-02,冲正,甲,借,-100.00,\n2026-03-02,冲正,甲,贷,-5.00,\n`,
      ),
    ).toEqual(['2 2026-03-02 -100.00', '3 2026-03-02 100.00', '4 2026-03-02 -5.00']);
    expect(lines(`${HEADER}\n2026-03-02,货款,甲,往账,-100.00,\n2026-03-02,货款,甲,来账,7.00,\n`)).toEqual([
      '2 2026-03-02 -100.00',
      '3 2026-03-02 7.00',
    ]);
  });

  test('two accounts in one file, each with its title rows', () => {
    const block = (account: string, amount: string) =>
      `账号：${account},,,,,\n${HEADER}\n2026-03-02,货款,甲,贷,${amount},\n`;
    const parsed = parse(`${block('11110000', '1.00')}${block('22220000', '2.00')}`);
    expect(parsed.entries.map(({ account, amount, statement }) => [account, amount, statement])).toEqual([
      ['11110000', '1.00', 0],
      ['22220000', '2.00', 1],
    ]);
    expect(parsed.ignored.map(({ name }) => name)).toEqual(['title', 'header', 'title', 'header']);
  });

  test('a currency that nobody knows is no CNY; one that the title names counts for all rows', () => {
    const withCurrency = '记账日期,收入,支出,余额,币种,摘要\n';
    expect(refused(`${withCurrency}2026-03-02,5.00,,,贝壳,货款\n`)).toEqual(['2 currency']);
    const dollars = parse(`账号：11110000,币种：美元\n${HEADER}\n2026-03-02,货款,甲,贷,5.00,\n`);
    expect(dollars.entries).toMatchObject([{ currency: 'USD', amount: '5.00' }]);
    expect(dollars.statements).toMatchObject([{ account: '11110000', currency: 'USD' }]);
  });

  test('columns by their names alone, where no bank is known; without any sign nobody knows the direction', () => {
    const parsed = parse(
      '日期,收入金额,支出金额,对方名称,用途,账户余额\n2026年3月2日,￥1，200.50,,甲,货款,1200.50\n2026/3/3,,（20）,乙,退款,1220.50\n',
    );
    expect(parsed.layout).toBe('columns_in_out');
    expect(
      parsed.entries.map(({ date, amount, counterpartyName }) => [date, amount, counterpartyName]),
    ).toEqual([
      ['2026-03-02', '1200.50', '甲'],
      ['2026-03-03', '20.00', '乙'],
    ]);
    expect(lines('日期,金额,摘要\n2026-03-02,-5.00,费用\n2026-03-02,7.00,货款\n')).toEqual([
      '2 2026-03-02 -5.00',
      '3 2026-03-02 7.00',
    ]);
    expect(refused('日期,金额,摘要\n2026-03-02,5.00,费用\n')).toEqual(['2 direction']);
  });

  test('a credit card counts what is owed; a debit card of the same bank what is there', () => {
    expect(
      lines(
        '交易日期,入账日期,交易摘要,交易金额,交易货币,入账金额,入账货币\n2026/01/05,2026/01/06,消费,15.90,人民币,15.90,人民币\n2026/01/05,2026/01/07,还款,-20.00,人民币,-20.00,人民币\n',
      ),
    ).toEqual(['2 2026-01-06 -15.90', '3 2026-01-07 20.00']);
    const card = parse(
      '中国银行交易流水明细单\n记账日期,记账时间,币别,金额,余额,交易名称,渠道,网点名称,附言,对方账户名,对方卡号/账号,对方开户行,借记卡号\n2026-01-05,17:57:17,人民币,-71.89,"3,240.28",跨行转账,手机银行,----,----,甲,6226,----,3167\n',
    );
    expect(card.entries).toMatchObject([
      { amount: '-71.89', balance: '3240.28', remark: '跨行转账', counterpartyAccount: '6226' },
    ]);
  });

  test('balances that the file states are checked against its lines', () => {
    const parsed = parse(
      `账号：11110000,期初余额：100.00\n${HEADER}\n2026-03-02,货款,甲,贷,5.00,\n期末余额,105.00\n`,
    );
    expect(parsed.statements).toMatchObject([{ opening: '100.00', closing: '105.00' }]);
    expect(checkBalances(parsed.entries, parsed.statements[0])).toMatchObject({
      isOk: true,
      difference: '0.00',
    });
  });

  test('a file without an account says so', () => {
    expect(() => parse(`${HEADER}\n2026-03-02,货款,甲,贷,5.00,\n`, {})).toThrow(/tells the account/);
  });
});
