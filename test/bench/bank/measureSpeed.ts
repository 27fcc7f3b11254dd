import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { utils, write } from '@e965/xlsx';
import { parseFile } from '../../../connectors/bank/formats';
import { KnownLines } from '../../../connectors/bank/knownLines';
import { type StatementLine, statementFile } from '../../../connectors/bank/sandbox';
import { DuckDbWarehouse } from '../../../warehouse';

export interface Speed {
  what: string;
  lines: number;
  megabytes: number;
  seconds: number;
  /** Of all threads. */
  cpuSeconds: number;
}

const ACCOUNT = '1102020109000123456';
const OFFICE_LINES = 20_000; // a workbook is held in memory as objects, cell by cell

/** Reads one file of `lines` bookings as each kind of file, and the CSV also with DuckDB, which only splits it into cells. */
export async function measureSpeed(lines: number): Promise<Speed[]> {
  const rows = Array.from({ length: lines }, (_, index) => lineOf(index));
  const statement = {
    account: ACCOUNT,
    company: '本公司',
    from: '2024-01-01',
    to: '2026-12-31',
    lines: rows,
  };
  const gbk = statementFile('icbc_history', statement);
  const utf8 = statementFile('icbc_history', statement, 'utf-8');
  const office = { ...statement, lines: rows.slice(0, OFFICE_LINES) };
  const speeds = [
    measured('CSV of a bank, GB18030', lines, gbk),
    measured('CSV of a bank, UTF-8', lines, utf8),
    measured('.xlsx', office.lines.length, workbookOf(statementFile('njcb_company', office, 'utf-8'))),
    measured('CAMT.053', lines, Buffer.from(camtOf(rows))),
    measured('MT940', lines, Buffer.from(mt940Of(rows))),
  ];
  return [...speeds, await byDuckDb(utf8, lines)];
}

function measured(what: string, lines: number, bytes: Buffer): Speed {
  const stop = clock();
  const { entries } = parseFile(bytes, `${ACCOUNT}.csv`);
  new KnownLines().add(entries);
  const took = stop();
  if (entries.length !== lines) throw new Error(`${what}: ${entries.length} of ${lines} lines were read`);
  return { what, lines, megabytes: bytes.length / 1_048_576, ...took };
}

/** The engine's own reader, to compare with: it knows no dates, no amounts and no balances here. */
async function byDuckDb(bytes: Buffer, lines: number): Promise<Speed> {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-bench-bank-'));
  const warehouse = await DuckDbWarehouse.open({ file: ':memory:' });
  try {
    const file = join(folder, 'statement.csv');
    writeFileSync(file, bytes);
    const stop = clock();
    await warehouse.run(
      `create table lines as select * from read_csv('${file}', skip = 3, header = false, all_varchar = true, null_padding = true)`,
    );
    const took = stop();
    const [row] = await warehouse.rows('select count(*) as lines from lines');
    if (Number(row?.lines) !== lines) throw new Error(`DuckDB read ${String(row?.lines)} of ${lines} lines`);
    return { what: 'DuckDB read_csv, cells only', lines, megabytes: bytes.length / 1_048_576, ...took };
  } finally {
    await warehouse.close();
    rmSync(folder, { recursive: true });
  }
}

function clock(): () => { seconds: number; cpuSeconds: number } {
  const start = performance.now();
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return { seconds: (performance.now() - start) / 1_000, cpuSeconds: (user + system) / 1_000_000 };
  };
}

const money = (cents: number) => `${Math.trunc(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;

function lineOf(index: number): StatementLine {
  const day = new Date(Date.UTC(2024, 0, 1 + (index % 1_000))).toISOString().slice(0, 10);
  return {
    date: day,
    time: '10:20:30',
    amount: money(100 + index),
    balance: money(1_000_000 + index),
    counterpartyName: `客户${index % 997}有限公司`,
    counterpartyAccount: '3201040160000998877',
    summary: '转账收入',
    purpose: `货款 XS${index}`,
    reference: `V${index}`,
  };
}

function workbookOf(csv: Buffer): Buffer {
  const rows = csv
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trimEnd()
    .split('\r\n')
    .map((row) => row.split(','));
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet(rows), 'Sheet1');
  return write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer;
}

const camtOf = (lines: readonly StatementLine[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><GrpHdr><MsgId>M</MsgId><CreDtTm>2026-12-31T00:00:00</CreDtTm></GrpHdr><Stmt><Id>S</Id><Acct><Id><Othr><Id>${ACCOUNT}</Id></Othr></Id><Ccy>CNY</Ccy></Acct>${lines
    .map(
      ({ date, amount, reference, purpose, counterpartyName }) =>
        `<Ntry><Amt Ccy="CNY">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>${date}</Dt></BookgDt><ValDt><Dt>${date}</Dt></ValDt><AcctSvcrRef>${reference}</AcctSvcrRef><NtryDtls><TxDtls><RltdPties><Dbtr><Nm>${counterpartyName}</Nm></Dbtr></RltdPties><RmtInf><Ustrd>${purpose}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>\n`,
    )
    .join('')}</Stmt></BkToCstmrStmt></Document>`;

const mt940Of = (lines: readonly StatementLine[]): string =>
  [
    ':20:STARTUMS',
    `:25:${ACCOUNT}`,
    ':28C:1/1',
    ':60F:C240101CNY0,00',
    ...lines.flatMap(({ date, amount, reference, purpose, counterpartyName }) => [
      `:61:${date.slice(2).replaceAll('-', '')}${date.slice(5).replace('-', '')}C${amount.replace('.', ',')}NTRF${reference}//B${reference}`,
      `:86:166?00GUTSCHRIFT?20${purpose}?32${counterpartyName}`,
    ]),
    `:62F:C261231CNY${money(lines.reduce((sum, { amount }) => sum + Number(amount.replace('.', '')), 0)).replace('.', ',')}`,
    '-',
    '',
  ].join('\r\n');
