import PDFDocument from 'pdfkit';
import type { FinanceWords } from '../words/finance';
import type { StatementOfAccount } from './accountLines';
import { type Column, PdfPages } from './pdfPages';

const SIZE = 8.5;

/** The statement as an A4 document to send: entries with the running balance, what the balances are made of, and the reply slip (对账回执). */
export async function accountPdf(account: StatementOfAccount, words: FinanceWords): Promise<Buffer> {
  const document = new PDFDocument({
    size: 'A4',
    margins: { top: 42, bottom: 48, left: 42, right: 42 },
    bufferPages: true,
    info: { Title: `${words.title} ${account.customerName}`, Author: account.company, Creator: 'Millrace' },
  });
  const chunks: Buffer[] = [];
  const done = new Promise<Buffer>((resolve, reject) => {
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    document.once('end', () => resolve(Buffer.concat(chunks)));
    document.once('error', reject);
  });
  const pages = new PdfPages(document);
  head(pages, account, words);
  entries(pages, account, words);
  proof(pages, account, words);
  ageing(pages, account, words);
  items(pages, account, words);
  if (account.bills.length > 0) bills(pages, account, words);
  reply(pages, account, words);
  pages.number(
    (page, all) => words.page(page, all),
    words.asOf(account.asOf, account.builtAt, account.generation),
  );
  document.end();
  return done;
}

function head(pages: PdfPages, account: StatementOfAccount, words: FinanceWords): void {
  pages.text(words.title, { size: 18, isBold: true, align: 'center' });
  pages.gap(6);
  pages.facts([
    [words.from, account.company],
    [words.to, account.customerName],
    [words.creditCode, account.creditCode ?? '—'],
    [words.period, words.periodOf(account.from, account.to)],
  ]);
  pages.text(words.currency, { size: SIZE, isMuted: true });
  pages.gap(6);
}

function entries(pages: PdfPages, account: StatementOfAccount, words: FinanceWords): void {
  const columns: Column[] = [
    { title: words.date, width: 54 },
    { title: words.kind, width: 96 },
    { title: words.number, width: 96 },
    { title: words.due, width: 54 },
    { title: words.debit, width: 70, isNumber: true },
    { title: words.credit, width: 70, isNumber: true },
    { title: words.balance, width: 71, isNumber: true },
  ];
  pages.table(columns, [
    { cells: [account.from, words.opening, '', '', '', '', amount(account.opening.account)], isBold: true },
    ...account.lines.map((line) => ({
      cells: [
        line.date,
        words.kinds[line.kind] ?? line.kind,
        line.number ?? '',
        line.dueDate ?? '',
        amount(line.debit),
        amount(line.credit),
        amount(line.balance),
      ],
    })),
    {
      cells: [
        account.to,
        words.closing,
        '',
        '',
        amount(account.totals.debit),
        amount(account.totals.credit),
        amount(account.closing.account),
      ],
      isBold: true,
    },
  ]);
}

function proof(pages: PdfPages, { opening, closing }: StatementOfAccount, words: FinanceWords): void {
  pages.heading(words.proof);
  const names = Object.keys(words.proofOf) as (keyof FinanceWords['proofOf'])[];
  pages.table(
    [
      { title: '', width: 231 },
      { title: words.at(opening.day), width: 140, isNumber: true },
      { title: words.at(closing.day), width: 140, isNumber: true },
    ],
    names.map((name) => ({
      cells: [words.proofOf[name], amount(opening[name]), amount(closing[name])],
      isBold: name === 'net' || name === 'account',
    })),
  );
}

function ageing(pages: PdfPages, account: StatementOfAccount, words: FinanceWords): void {
  pages.heading(words.ageing);
  pages.table(
    [
      { title: '', width: 231 },
      { title: words.at(account.to), width: 140, isNumber: true },
    ],
    [
      ...account.ageing
        .filter(({ amount: figure }) => figure !== '0.00')
        .map(({ bucket, amount: figure }) => ({ cells: [words.buckets[bucket] ?? bucket, amount(figure)] })),
      { cells: [words.ageingTotal, amount(account.closing.net)], isBold: true },
    ],
  );
}

function items(pages: PdfPages, account: StatementOfAccount, words: FinanceWords): void {
  pages.heading(words.items);
  if (account.items.length === 0) {
    pages.text(words.none, { size: SIZE });
    return;
  }
  const isDisputed = account.disputed !== '0.00';
  pages.table(
    [
      { title: words.number, width: 121 },
      { title: words.documentDate, width: 58 },
      { title: words.due, width: 58 },
      { title: words.amount, width: 76, isNumber: true },
      { title: words.open, width: 76, isNumber: true },
      { title: words.daysOverdue, width: 52, isNumber: true },
      { title: isDisputed ? words.disputed : '', width: 70, isNumber: true },
    ],
    account.items.map((item) => ({
      cells: [
        item.isRetention ? `${item.documentNumber ?? ''} ${words.retention}` : (item.documentNumber ?? ''),
        item.documentDate,
        item.dueDate,
        amount(item.amount),
        amount(item.open),
        item.daysOverdue > 0 ? String(item.daysOverdue) : '',
        isDisputed && item.disputed !== '0.00' ? amount(item.disputed) : '',
      ],
    })),
  );
}

function bills(pages: PdfPages, account: StatementOfAccount, words: FinanceWords): void {
  pages.heading(words.bills);
  pages.table(
    [
      { title: words.number, width: 150 },
      { title: words.acceptor, width: 150 },
      { title: words.signed, width: 60 },
      { title: words.maturity, width: 60 },
      { title: words.face, width: 91, isNumber: true },
    ],
    account.bills.map(({ number, acceptor, signedDate, maturityDate, face }) => ({
      cells: [number, acceptor ?? '', signedDate, maturityDate ?? '', amount(face)],
    })),
  );
}

function reply(pages: PdfPages, account: StatementOfAccount, words: FinanceWords): void {
  pages.room(190);
  pages.gap(10);
  pages.rule();
  pages.heading(words.reply);
  pages.text(words.replyText(account.to), { size: SIZE });
  pages.gap(4);
  pages.text(`${words.closing} ${amount(account.closing.account)}`, { size: 10, isBold: true });
  pages.gap(4);
  pages.text(words.agrees, { size: SIZE });
  pages.gap(2);
  pages.text(words.differs, { size: SIZE });
  pages.gap(30);
  const slip = (party: string) => [
    party,
    `${words.person}: ____________________`,
    `${words.signedOn}: ____________________`,
  ];
  pages.twoColumns(
    slip(`${words.stampOurs} ${account.company}`),
    slip(`${words.stampTheirs} ${account.customerName}`),
  );
}

/** `-1234567.5` → `−1,234,567.50`: the text itself, never a float. */
function amount(value: string | null): string {
  if (value === null) return '';
  const [whole = '', fraction = ''] = value.replace('-', '').split('.');
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, ',');
  return `${value.startsWith('-') ? '−' : ''}${grouped}.${fraction.padEnd(2, '0')}`;
}
