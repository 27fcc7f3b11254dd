import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { unitsOf } from './cells';
import { decode } from '../kit/tables';
import { parseFile } from './formats';
import type { Entry, ParsedFile } from './parsed';

/** One line that a golden file expects. */
interface Golden {
  /** Any of these days: some expected results have the value date, some the booking date. */
  dates: string[];
  /** Any of these, without signs unless `isSigned`. */
  amounts: string[];
  isSigned: boolean;
  /** Words that must stand somewhere in the line's texts, as far as they stand in the file: peers add some of their own. */
  texts: string[];
}

/** How one file compares with what its expected result says. */
export interface Comparison {
  file: string;
  layout: string;
  /** Why the whole file was refused. */
  refused: string | null;
  rows: number;
  entries: number;
  ignored: number;
  rejected: number;
  expected: number;
  /** Expected lines that are there with day, amount and texts. */
  matched: number;
  /** Expected lines whose day is there but in no line with their amount, and which are not rejected either. */
  wrongAmounts: number;
  /** Expected lines whose day and amount are there, but not their texts. */
  otherTexts: string[];
  /** Lines that are not expected, by line number: rows that the other program leaves out. */
  more: number[];
  isExpectedKnown: boolean;
}

const text = z.string().nullish();
const deg = z.object({
  date: z.string(),
  payee: text,
  narration: text,
  postings: z.array(z.object({ amount: z.string() })),
});
const corporate = z.object({ date: z.string(), amount: z.string(), counterparty: text, text });
const camt = z.object({ amount: z.string(), booking: text, value: text, status: text });
const mt940 = z.object({ value_date: text, entry_date: text, amount: z.string(), bank_ref: text });
const shapes = z.union([
  z.object({ control_figures: z.object({ statements: z.array(z.object({ entries: z.array(camt) })) }) }),
  z.object({ statements: z.array(z.object({ transactions: z.array(mt940) })) }),
  z.object({ file: z.object({ transactions: z.array(mt940) }) }),
  z.object({ entries: z.array(deg) }),
  z.object({ entries: z.array(corporate) }),
]);

/** Compares every file of a folder that has an expected result; a file without one is read all the same. */
export function compareFolder(folder: string, account: string): Comparison[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /\.(csv|xls|xlsx|xml|sta)$/.test(name))
    .sort()
    .map((name) => compareFile(folder, name, account));
}

/** One file against `X.expected.json` beside it; `X.gbk.csv` is X in another encoding. */
function compareFile(folder: string, name: string, account: string): Comparison {
  const bytes = readFileSync(join(folder, name));
  const goldens = goldensOf(folder, name)?.map((golden) => ({
    ...golden,
    texts: wordsIn(bytes, golden.texts),
  }));
  const base = { file: name, expected: goldens?.length ?? 0, isExpectedKnown: goldens !== undefined };
  try {
    const parsed = parseFile(bytes, name, { account });
    return { ...base, refused: null, ...countsOf(parsed), ...matchAll(goldens ?? [], parsed) };
  } catch (error) {
    const refused = error instanceof Error ? error.message : String(error);
    const none = { rows: 0, entries: 0, ignored: 0, rejected: 0, matched: 0, wrongAmounts: 0 };
    return { ...base, layout: '', refused, ...none, otherTexts: [], more: [] };
  }
}

const countsOf = ({ layout, rows, entries, ignored, rejected }: ParsedFile) => ({
  layout,
  rows,
  entries: entries.length,
  ignored: ignored.length,
  rejected: rejected.length,
});

function matchAll(goldens: readonly Golden[], { entries, rejected }: ParsedFile) {
  const left = [...entries];
  let matched = 0;
  let wrongAmounts = 0;
  const otherTexts: string[] = [];
  for (const golden of goldens) {
    const sameAmount = left.filter((entry) => isSame(golden, entry));
    const best = sameAmount.find((entry) => missingTexts(golden, entry).length === 0) ?? sameAmount[0];
    if (best === undefined) {
      const isRejected = rejected.some(({ date }) => date !== null && golden.dates.includes(date));
      if (!isRejected) wrongAmounts++;
      continue;
    }
    left.splice(left.indexOf(best), 1);
    const missing = missingTexts(golden, best);
    if (missing.length === 0) matched++;
    else otherTexts.push(`line ${best.line}: ${missing.join(' / ')}`);
  }
  return { matched, wrongAmounts, otherTexts, more: left.map(({ line }) => line) };
}

function isSame({ dates, amounts, isSigned }: Golden, { date, valueDate, amount }: Entry): boolean {
  const isDay =
    dates.length === 0 || dates.includes(date) || (valueDate !== null && dates.includes(valueDate));
  const size = (value: string) => unitsOf(isSigned ? value : value.replace('-', ''));
  return isDay && amounts.some((each) => size(each) === size(amount));
}

function missingTexts({ texts }: Golden, entry: Entry): string[] {
  const { counterpartyName, counterpartyAccount, remark, reference, bankReference, details } = entry;
  const all = plain(
    [counterpartyName, counterpartyAccount, remark, reference, bankReference, JSON.stringify(details)].join(
      ' ',
    ),
  );
  return texts.filter((each) => !all.includes(plain(each)));
}

function wordsIn(bytes: Buffer, texts: readonly string[]): string[] {
  const decoded = decode(bytes);
  const whole = 'text' in decoded ? plain(decoded.text) : undefined;
  const all = texts.flatMap((each) => each.split(/\s+-\s+|\s+/)).filter((word) => plain(word) !== '');
  return all.filter((word) => whole === undefined || whole.includes('\0') || whole.includes(plain(word)));
}

/** Peers escape quotes and join lines in their own ways. */
const plain = (value: string): string => value.normalize('NFKC').replace(/[\s\\"]/g, '');

function goldensOf(folder: string, name: string): Golden[] | undefined {
  const stem = name.replace(/(\.gbk)?\.[a-z]+$/, '');
  const found = [
    join(folder, `${name.replace(/\.[a-z]+$/, '')}.expected.json`),
    join(folder, `${stem}.expected.json`),
  ].find((path) => existsSync(path));
  if (found === undefined) return undefined;
  const expected = shapes.parse(JSON.parse(readFileSync(found, 'utf8')));
  if ('control_figures' in expected)
    return expected.control_figures.statements.flatMap(({ entries }) => entries.flatMap(ofCamt));
  if ('statements' in expected)
    return expected.statements.flatMap(({ transactions }) => transactions.map(ofMt940));
  if ('file' in expected) return expected.file.transactions.map(ofMt940);
  return expected.entries.map((entry) => ('postings' in entry ? ofDeg(entry) : ofCorporate(entry)));
}

const filled = (values: readonly (string | null | undefined)[]): string[] =>
  values.flatMap((value) =>
    value === null || value === undefined || value === '' || value === '/' ? [] : [value],
  );

const ofDeg = ({ date, payee, narration, postings }: z.infer<typeof deg>): Golden => ({
  dates: [date],
  amounts: [...postings.map(({ amount }) => amount), sumOf(postings.map(({ amount }) => amount))],
  isSigned: false,
  texts: filled([payee, narration]),
});

/** A withdrawal's fee is a posting of its own there: the line is both. */
const sumOf = (amounts: readonly string[]): string => {
  const total = amounts
    .map(unitsOf)
    .filter((units) => units > 0n)
    .reduce((sum, units) => sum + units, 0n);
  return `${total / 10_000n}.${String(total % 10_000n).padStart(4, '0')}`;
};

const ofCorporate = ({ date, amount, counterparty, text: remark }: z.infer<typeof corporate>): Golden => ({
  dates: [date],
  amounts: [amount],
  isSigned: true,
  texts: filled([counterparty, remark]),
});

const ofCamt = ({ amount, booking, value, status }: z.infer<typeof camt>): Golden[] =>
  status === 'PDNG' || status === 'INFO'
    ? []
    : [
        {
          dates: filled([booking, value]).map((each) => each.slice(0, 10)),
          amounts: [amount],
          isSigned: true,
          texts: [],
        },
      ];

const ofMt940 = ({ amount, value_date, entry_date, bank_ref }: z.infer<typeof mt940>): Golden => ({
  dates: filled([entry_date, value_date]),
  amounts: [amount],
  isSigned: true,
  texts: filled([bank_ref]).filter((reference) => reference !== 'NONREF'),
});
