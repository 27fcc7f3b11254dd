import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKit, type OpenSource, type Page, type Row } from '../kit';
import { acceptance } from '../kit/acceptance';
import { bankCn } from './connector';
import { layouts } from './layouts';
import { BankFolder, statementFile } from './sandbox';
import { parseStatement } from './statement';
import { ACCOUNT, linesFrom, openFolder, statementOf } from './subject';

acceptance(bankCn, openFolder);

describe('a folder of bank files', () => {
  let bank: BankFolder;
  beforeEach(() => {
    bank = new BankFolder(mkdtempSync(join(tmpdir(), 'millrace-bank-')));
  });
  afterEach(() => rmSync(bank.folder, { recursive: true }));

  const open = (more: Record<string, unknown> = {}): Promise<OpenSource> => {
    const kit = createKit({ connection: 'bank', secrets: [], now: () => new Date('2026-02-10T04:00:00Z') });
    return bankCn.connect({ folder: bank.folder, settleSeconds: 0, ...more }, kit);
  };
  const read = async (name: string, state?: unknown, more: Record<string, unknown> = {}) => {
    const source = await open(more);
    const pages: Page[] = [];
    const stream = source.streams.find((each) => each.name === name);
    if (!stream) throw new Error(`no stream ${name}`);
    for await (const page of source.read(stream, state, {})) pages.push(page);
    return { rows: pages.flatMap(({ records }) => records as Row[]), state: pages.at(-1)?.state };
  };

  test('a file that is loaded twice, under another name or in another encoding, gives no line more', async () => {
    const statement = statementOf(linesFrom(0, 4));
    bank.write('a.csv', 'icbc_history', statement);
    const first = await read('transactions');
    bank.write('b.csv', 'icbc_history', statement);
    expect((await read('transactions', first.state)).rows).toEqual([]);
    bank.write('c.csv', 'icbc_history', statement, 'utf-8');
    const again = await read('transactions', first.state);
    expect(again.rows.map(({ id }) => id)).toEqual(first.rows.map(({ id }) => id));
    expect(
      (await read('files')).rows.map(({ file_name, duplicate_of }) => [file_name, duplicate_of]),
    ).toEqual([
      ['a.csv', null],
      ['b.csv', 'a.csv'],
      ['c.csv', null],
    ]);
  });

  test('equal lines of one day stay as many as they are, in every file that has them', async () => {
    const [line] = linesFrom(0, 1);
    if (!line) throw new Error('no line');
    const equal = { ...line, reference: '' };
    bank.write('monday.csv', 'icbc_history', statementOf([equal, equal]));
    bank.write('week.csv', 'icbc_history', statementOf([equal, equal, ...linesFrom(1, 1)]));
    const ids = (await read('transactions')).rows.map(({ id }) => id);
    expect(ids).toHaveLength(5);
    expect(new Set(ids).size).toBe(3);
  });

  test('a missing line shows as a gap of its amount', async () => {
    const lines = linesFrom(0, 5).map((line, index) => ({
      ...line,
      amount: '10.00',
      balance: `${(index + 1) * 10}.00`,
    }));
    lines.splice(2, 1);
    bank.write('gap.csv', 'icbc_history', statementOf(lines));
    const [file] = (await read('files')).rows;
    expect(file).toMatchObject({
      balance_ok: false,
      gap_count: '1',
      first_gap_line: '6',
      first_gap_difference: '10.00',
      opening_balance: '0.00',
      closing_balance: '50.00',
    });
  });

  test('the newest line may come first', async () => {
    const lines = linesFrom(0, 3).map((line, index) => ({
      ...line,
      amount: '10.00',
      balance: `${(index + 1) * 10}.00`,
    }));
    bank.write('newest-first.csv', 'icbc_history', { ...statementOf(lines), lines: [...lines].reverse() });
    const [file] = (await read('files')).rows;
    expect(file).toMatchObject({ balance_ok: true, opening_balance: '0.00', closing_balance: '30.00' });
  });

  test('a file covers the days it names, but of days to come only what is there', async () => {
    const january = { ...statementOf(linesFrom(0, 1)), from: '2026-01-01', to: '2026-01-31' };
    const february = { ...statementOf(linesFrom(31, 1)), from: '2026-02-01', to: '2026-02-28' };
    bank.write('january.csv', 'icbc_history', january);
    bank.write('february.csv', 'icbc_history', february);
    const { rows } = await read('files');
    expect(rows.map(({ covered_from, covered_to }) => [covered_from, covered_to])).toEqual([
      ['2026-02-01', '2026-02-09'], // read on the 10th
      ['2026-01-01', '2026-01-31'],
    ]);
  });

  test('what cannot be read is a bad row and a problem of the file; the other files are read', async () => {
    writeFileSync(join(bank.folder, 'old.csv'), Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0]));
    writeFileSync(join(bank.folder, 'notes.csv'), 'name,phone\nx,1\n');
    bank.write('good.csv', 'icbc_history', statementOf(linesFrom(0, 2)));
    const { rows, state } = await read('transactions');
    expect(rows.map(({ file_name, problem }) => [file_name, problem])).toEqual([
      ['good.csv', null],
      ['good.csv', null],
      ['notes.csv', 'No row of it is the header of a known bank layout (connectors/bank_cn/layouts)'],
      ['old.csv', 'It is an Excel workbook, whatever its name says: save it as CSV'],
    ]);
    expect((await read('transactions', state)).rows).toHaveLength(2); // tried again: a layout may have been added
    await expect((await open()).check()).resolves.toBeUndefined();
    bank.remove('good.csv');
    await expect((await open()).check()).rejects.toThrow(/No file of the folder is a statement/);
  });

  test('a folder that is not there is named, with what to do', async () => {
    const source = await open({ folder: join(bank.folder, 'nowhere') });
    await expect(source.check()).rejects.toThrow(/cannot be read: ENOENT/);
  });

  test('transfers between own accounts are internal, whatever the other side is called', async () => {
    const line = (counterpartyAccount: string, amount: string) => ({
      ...linesFrom(0, 1)[0],
      counterpartyAccount,
      amount,
    });
    const lines = [line('99990000', '5.00'), line('88880000', '6.00')] as ReturnType<typeof linesFrom>;
    bank.write('one.csv', 'icbc_history', statementOf(lines));
    bank.write('two.csv', 'icbc_history', { ...statementOf(linesFrom(3, 1)), account: '99990000' });
    const { rows } = await read('transactions', undefined, { ownNames: ['客户3'] });
    expect(rows.map(({ amount, category }) => [amount, category])).toEqual([
      ['5.00', 'internal'],
      ['6.00', 'customer'],
      ['4.10', 'internal'],
    ]);
  });

  test.each(layouts.map(({ name }) => name))('what the sandbox writes as %s is read back', (name) => {
    const lines = linesFrom(0, 3).map((line, index) => ({
      ...line,
      amount: index === 1 ? '-7.00' : line.amount,
    }));
    const parsed = parseStatement(statementFile(name, statementOf(lines)), `${ACCOUNT}.csv`);
    if ('problem' in parsed) throw new Error(parsed.problem);
    expect(parsed.layout).toBe(name);
    expect(parsed.rejected).toEqual([]);
    expect(parsed.entries.map(({ date, amount }) => [date, amount])).toEqual(
      lines.map(({ date, amount }) => [date, amount]),
    );
  });
});
