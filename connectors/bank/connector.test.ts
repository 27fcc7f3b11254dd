import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKit, type OpenSource, type Page, type Row } from '../kit';
import { acceptance } from '../kit/acceptance';
import { bank as connector } from './connector';
import { parseFile } from './formats';
import { layouts } from './layouts';
import { BankFolder, statementFile } from './sandbox';
import { ACCOUNT, linesFrom, openFolder, statementOf } from './subject';

acceptance(connector, openFolder);

describe('a folder of bank files', () => {
  let bank: BankFolder;
  beforeEach(() => {
    bank = new BankFolder(mkdtempSync(join(tmpdir(), 'millrace-bank-')));
  });
  afterEach(() => rmSync(bank.folder, { recursive: true }));

  const open = (more: Record<string, unknown> = {}): Promise<OpenSource> => {
    const kit = createKit({ connection: 'bank', secrets: [], now: () => new Date('2026-02-10T04:00:00Z') });
    return connector.connect({ folder: bank.folder, settleSeconds: 0, ...more }, kit);
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

  test('each file says how many lines are new and how many were known, also where two hold a part of one day', async () => {
    const [line] = linesFrom(0, 1);
    if (!line) throw new Error('no line');
    const paid = (balance: string) => ({
      ...line,
      reference: '',
      time: '00:00:00',
      amount: '50.00',
      balance,
    });
    const [morning, noon, night] = [paid('150.00'), paid('200.00'), paid('250.00')];
    bank.write('z first.csv', 'icbc_history', statementOf([morning]));
    const first = await read('transactions');
    const known = await read('files');
    bank.write('a later.csv', 'icbc_history', statementOf([noon, night]));
    bank.write('b whole.csv', 'icbc_history', statementOf([morning, noon, night]));
    const later = await read('transactions', first.state);
    const ids = later.rows.map(({ id }) => id);
    expect([ids.length, new Set([...ids, first.rows[0]?.id]).size]).toEqual([5, 3]);
    expect(first.rows[0]?.id).toBe(ids[2]);
    expect(
      [...known.rows, ...(await read('files', known.state)).rows].map(
        ({ file_name, new_entries, known_entries }) => [file_name, new_entries, known_entries],
      ),
    ).toEqual([
      ['z first.csv', '1', '0'],
      ['a later.csv', '2', '0'],
      ['b whole.csv', '0', '3'],
    ]);
    expect(
      (await read('statements')).rows.map(
        ({ file_name, opening_balance, lines_total, closing_balance, difference }) =>
          [file_name, opening_balance, lines_total, closing_balance, difference].join(' '),
      ),
    ).toEqual([
      'a later.csv 150.00 100.00 250.00 0.00',
      'b whole.csv 100.00 150.00 250.00 0.00',
      'z first.csv 100.00 50.00 150.00 0.00',
    ]);
  });

  test('a bank that nobody knew is a JSON file of the user; a mistake in it is named', async () => {
    const layoutFolder = mkdtempSync(join(tmpdir(), 'millrace-layouts-'));
    const layout = {
      name: 'village',
      about: 'a bank of one village',
      columns: { 'Tag|日子': 'date', 钱: 'amount', 谁: 'counterparty_name' },
    };
    writeFileSync(
      join(layoutFolder, 'village.json'),
      JSON.stringify({ bank: '村镇银行', layouts: [layout] }),
    );
    writeFileSync(join(bank.folder, 'village 11110000123.csv'), '日子,谁,钱\n2026-01-05,客户甲,-12.50\n');
    const { rows } = await read('transactions', undefined, { layouts: layoutFolder });
    expect(rows).toMatchObject([{ layout: 'village', amount: '-12.50', counterparty_name: '客户甲' }]);
    writeFileSync(join(layoutFolder, 'village.json'), '{"bank": "村镇银行", "layouts": [{"name": "x"}]}');
    await expect(open({ layouts: layoutFolder })).rejects.toThrow(/A bank layout is not understood/);
    rmSync(layoutFolder, { recursive: true });
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
      ['notes.csv', 'No row of it is the header of a known bank layout (connectors/bank/layouts)'],
      ['old.csv', 'The workbook is empty or damaged: export it again'],
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
    const parsed = parseFile(statementFile(name, statementOf(lines)), `${ACCOUNT}.csv`);
    expect(parsed.layout).toBe(name);
    expect(parsed.rejected).toEqual([]);
    expect(parsed.entries.map(({ date, amount }) => [date, amount])).toEqual(
      lines.map(({ date, amount }) => [date, amount]),
    );
  });
});
