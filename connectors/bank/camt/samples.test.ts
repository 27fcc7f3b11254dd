import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isSameAmount, sumOf } from '../decimal';
import { parseCamt } from './parseCamt';

/** Files of other projects' tests with control figures; fixtures/LICENSES.md names them. */
const fixtures = join(__dirname, '../fixtures/camt');
/** Files without a licence are not ours to copy: read where they are. */
const others = join(
  process.env['MILLRACE_REALDATA'] ?? join(__dirname, '../../../../shared/realdata'),
  'bank-camt',
);
const files = [fixtures, ...(existsSync(others) ? [others] : [])].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.xml') && !name.includes('.wrong'))
    .map((name) => ({ name, path: join(folder, name) })),
);

interface Control {
  namespace: string;
  statements: {
    account: string | null;
    balances: { code: string; amount: string; cdt_dbt: string }[];
    entries: {
      amount: string;
      status: string;
      currency: string;
      booking?: string;
      value?: string;
      ref?: string;
      detail_count: number;
    }[];
    opening_plus_net_equals_closing?: boolean;
  }[];
}

test.each(files)('$name has its control figures', ({ name, path }) => {
  const { control_figures: control } = JSON.parse(
    readFileSync(path.replace(/\.xml$/, '.expected.json'), 'utf8'),
  ) as {
    control_figures: Control;
  };
  const parsed = parseCamt(readFileSync(path), name);
  expect(`urn:iso:std:iso:20022:tech:xsd:${parsed.layout}`).toBe(control.namespace);
  expect(parsed.statements).toHaveLength(control.statements.length);
  expect(parsed.rejected).toEqual([]);
  control.statements.forEach((wanted, index) => {
    const facts = parsed.statements[index];
    const entries = parsed.entries.filter(({ statement }) => statement === index);
    const booked = wanted.entries.filter(({ status }) => status === 'BOOK');
    if (wanted.account !== null) expect(facts?.account).toBe(wanted.account);
    expect(entries.map((entry) => [sumOf([entry.amount]), entry.currency])).toEqual(
      booked.map((entry) => [sumOf([entry.amount]), entry.currency]),
    );
    expect(entries.map((entry) => entry.date)).toEqual(
      booked.map(({ booking, value }, row) => (booking ?? value)?.slice(0, 10) ?? entries[row]?.date),
    );
    expect(entries.map((entry) => entry.bankReference)).toEqual(
      booked.map(({ ref }, row) => ref ?? entries[row]?.bankReference ?? null),
    );
    expect(parsed.ignored).toHaveLength(wanted.entries.length - booked.length);
    for (const [code, found] of [
      ['OPBD', facts?.opening],
      ['CLBD', facts?.closing],
    ] as const) {
      const stated = wanted.balances.find((balance) => balance.code === code);
      if (stated)
        expect(isSameAmount(found ?? '', `${stated.cdt_dbt === 'DBIT' ? '-' : ''}${stated.amount}`)).toBe(
          true,
        );
    }
    const isTold = parsed.notes?.some(({ text }) => text.startsWith('does not balance')) ?? false;
    expect(isTold).toBe(wanted.opening_plus_net_equals_closing === false);
  });
});

test('the message without a statement is refused', () => {
  const name = 'genkgo_camt053.v2.wrong.xml';
  expect(() => parseCamt(readFileSync(join(fixtures, name)), name)).toThrow(/holds no statement/);
});
