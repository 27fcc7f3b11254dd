import writeExcelFile, { type Cell, type SheetData } from 'write-excel-file/node';
import type { FinanceWords } from '../words/finance';
import type { AccountBalance, StatementOfAccount } from './accountLines';

const HEAD_COLOUR = '#E8ECF1';
const MONEY = '#,##0.00;[Red]-#,##0.00';
/** Excel keeps 15 digits: a longer amount is written as text, so that none changes. */
const EXACT_DIGITS = 15;

/**
 * The statement as a workbook: first what it is (filters, as-of, sources, definitions, balances), then entries and open items with typed
 * cells. The sums are the server's, not formulas.
 */
export async function accountSheet(
  account: StatementOfAccount,
  words: FinanceWords,
  exportedBy: string,
): Promise<Buffer> {
  const { sheets } = words;
  return writeExcelFile(
    [
      {
        sheet: sheets.about,
        data: about(account, words, exportedBy),
        columns: [{ width: 34 }, { width: 24 }, { width: 24 }],
      },
      {
        sheet: sheets.entries,
        data: entries(account, words),
        columns: [12, 22, 22, 20, 12, 18, 18, 18].map((width) => ({ width })),
        stickyRowsCount: 1,
      },
      {
        sheet: sheets.items,
        data: items(account, words),
        columns: [22, 12, 12, 18, 18, 12, 18, 10].map((width) => ({ width })),
        stickyRowsCount: 1,
      },
    ],
    { fontFamily: 'Microsoft YaHei', fontSize: 10 },
  ).toBuffer();
}

function about(account: StatementOfAccount, words: FinanceWords, exportedBy: string): SheetData {
  const { opening, closing } = account;
  return [
    [{ value: words.title, fontWeight: 'bold', fontSize: 14 }],
    [bold(words.filters)],
    [words.from, label(account.company)],
    [words.to, label(account.customerName)],
    [words.creditCode, label(account.creditCode ?? '—')],
    [words.period, label(words.periodOf(account.from, account.to))],
    [words.exportedBy, label(exportedBy)],
    [label(words.asOf(account.asOf, account.builtAt, account.generation))],
    [label(words.currency)],
    [],
    [bold(words.proof), bold(words.at(opening.day)), bold(words.at(closing.day))],
    ...proof(words, opening, closing),
    [],
    [bold(words.ageing), bold(words.at(closing.day))],
    ...account.ageing.map(({ bucket, amount }) => [label(words.buckets[bucket] ?? bucket), money(amount)]),
    [bold(words.ageingTotal), money(closing.net)],
    [label(words.disputed), money(account.disputed)],
    [],
    [bold(words.bills)],
    ...(account.bills.length === 0
      ? [[label(words.none)]]
      : account.bills.map(({ number, face, maturityDate }) => [
          label(number),
          money(face),
          day(maturityDate),
        ])),
    [],
    [bold(words.freshness)],
    ...account.sources.map(({ connection, lastSuccessAt }) => [
      label(connection),
      label(lastSuccessAt ?? words.never),
    ]),
    [],
    [bold(words.definitions)],
    ...words.definitionTexts.map(([name, meaning]) => [label(name), label(meaning)]),
  ];
}

const proof = (words: FinanceWords, opening: AccountBalance, closing: AccountBalance): SheetData =>
  (Object.keys(words.proofOf) as (keyof FinanceWords['proofOf'])[]).map((name) => [
    label(words.proofOf[name]),
    money(opening[name]),
    money(closing[name]),
  ]);

function entries(account: StatementOfAccount, words: FinanceWords): SheetData {
  const { date, kind, number, order, due, debit, credit, balance } = words;
  return [
    [date, kind, number, order, due, debit, credit, balance].map(bold),
    [day(account.from), label(words.opening), null, null, null, null, null, money(account.opening.account)],
    ...account.lines.map((line) => [
      day(line.date),
      label(words.kinds[line.kind] ?? line.kind),
      label(line.number ?? ''),
      label(line.orderNumber ?? ''),
      day(line.dueDate),
      money(line.debit),
      money(line.credit),
      money(line.balance),
    ]),
    [
      day(account.to),
      bold(words.closing),
      null,
      null,
      null,
      money(account.totals.debit),
      money(account.totals.credit),
      money(account.closing.account),
    ],
  ];
}

function items(account: StatementOfAccount, words: FinanceWords): SheetData {
  const { number, documentDate, due, amount, open, daysOverdue, disputed, retention } = words;
  return [
    [number, documentDate, due, amount, open, daysOverdue, disputed, retention].map(bold),
    ...account.items.map((item) => [
      label(item.documentNumber ?? ''),
      day(item.documentDate),
      day(item.dueDate),
      money(item.amount),
      money(item.open),
      { value: item.daysOverdue, type: Number, format: '0' },
      money(item.disputed),
      label(item.isRetention ? words.yes : ''),
    ]),
  ];
}

const bold = (value: string): Cell => ({ ...label(value), fontWeight: 'bold', backgroundColor: HEAD_COLOUR });

/** Text stays text; what Excel would take for a formula gets an apostrophe, since a name is data and may come from anybody. */
const label = (value: string) => ({ value: /^[=+\-@\t\r]/.test(value) ? `'${value}` : value, type: String });

function money(amount: string | null): Cell {
  if (amount === null) return null;
  if (amount.replaceAll(/\D/g, '').length > EXACT_DIGITS) return label(amount);
  return { value: Number(amount), type: Number, format: MONEY };
}

/** A business date has no time and no zone: Excel's serial of that day. */
function day(date: string | null): Cell {
  return date === null ? null : { value: new Date(`${date}T00:00:00Z`), type: Date, format: 'yyyy-mm-dd' };
}
