import { nextDay } from '../days';
import { isSameAmount, sumOf } from '../decimal';
import type { Entry, Ignored, Note, Rejected, StatementFacts } from '../parsed';
import { balanceNotes } from '../statementBalance';
import { type Balances, balancesOf } from './balances';
import { type Context, type Outcome, outcomeOf } from './entry';
import type { Outline, StatementSpan } from './outline';
import { accountOf, dateOf } from './values';
import { type Element, elementOf, first, text } from './xml';

export interface Fallback {
  account?: string | undefined;
  currency?: string | undefined;
}

interface Read {
  line: number;
  facts: StatementFacts;
  entries: Entry[];
  ignored: Ignored[];
  rejected: Rejected[];
  notes: Note[];
}

/** Reads one statement, report or notification; each entry by itself, so that memory holds one of them as XML at a time. */
export function readStatement(
  source: { text: string; name: string },
  span: StatementSpan,
  kind: Outline['messages'][number]['kind'],
  index: number,
  fallback: Fallback,
): Read {
  const head = elementOf(withoutEntries(source.text, span), source.name, span.line);
  const account = accountOf(first(head, 'Acct')) ?? fallback.account ?? null;
  const accountCurrency = text(head, 'Acct', 'Ccy');
  const balances = balancesOf(head, accountCurrency);
  const { opening, closing } = balances;
  const currency = accountCurrency ?? opening?.currency ?? closing?.currency ?? fallback.currency ?? null;
  const context: Context = {
    kind,
    statement: index,
    account,
    currency,
    own: { account, name: text(head, 'Acct', 'Ownr', 'Nm') },
    created: dateOf(first(head, 'CreDtTm'))?.date ?? null,
  };
  const outcomes = span.entries.map(({ start, end, line }) =>
    outcomeOf(elementOf(source.text.slice(start, end), source.name, line), line, context),
  );
  const entries = outcomes.flatMap(({ entry }) => entry ?? []);
  const facts: StatementFacts = {
    account: account ?? '',
    currency: currency ?? entries[0]?.currency ?? 'XXX',
    number: text(head, 'Id'),
    ...coverage(head, kind, balances, entries),
    opening: opening?.amount ?? null,
    closing: closing?.amount ?? null,
  };
  const amounts = entries.map(({ amount }) => amount);
  return {
    line: span.line,
    facts,
    entries,
    ignored: outcomes.flatMap(({ ignored }) => ignored ?? []),
    rejected: outcomes.flatMap(({ rejected }) => rejected ?? []),
    notes: [
      ...outcomes.flatMap(({ notes }) => notes),
      ...balances.bad.map((code) => ({ line: span.line, text: `its balance ${code} cannot be read` })),
      ...currencyNotes(span.line, facts.currency, balances, entries),
      ...totalNotes(span.line, first(head, 'TxsSummry'), outcomes),
      ...balanceNotes(span.line, facts.opening, facts.closing, amounts),
    ],
  };
}

function withoutEntries(whole: string, { start, end, entries }: StatementSpan): string {
  const cuts = [...entries.map((entry) => entry.start), end];
  return cuts
    .map((cut, index) => whole.slice(index === 0 ? start : (entries[index - 1]?.end ?? start), cut))
    .join('');
}

function currencyNotes(
  line: number,
  currency: string,
  { opening, closing }: Balances,
  entries: readonly Entry[],
): Note[] {
  const others = new Set(
    [opening?.currency, closing?.currency, ...entries.map((entry) => entry.currency)].filter(
      (each) => each !== undefined && each !== null && each !== currency,
    ),
  );
  return others.size === 0 ? [] : [{ line, text: `its amounts are in ${[currency, ...others].join(', ')}` }];
}

/** What the bank says that the statement holds (TxsSummry) against what is there: entries may have been left out. */
function totalNotes(line: number, summary: Element | undefined, outcomes: readonly Outcome[]): Note[] {
  const stated = outcomes.map((outcome) => outcome.stated);
  const groups = [
    { name: 'TtlNtries', entries: stated },
    { name: 'TtlCdtNtries', entries: stated.filter((each) => each?.direction === 'CRDT') },
    { name: 'TtlDbtNtries', entries: stated.filter((each) => each?.direction === 'DBIT') },
  ];
  return groups.flatMap(({ name, entries }): Note[] => {
    const group = first(summary, name);
    const [count, sum] = [text(group, 'NbOfNtries'), text(group, 'Sum')];
    const total = sumOf(entries.flatMap((each) => each?.amount ?? []));
    const isCount = count === null || !/^\d{1,15}$/.test(count) || Number(count) === entries.length;
    const isSum = sum === null || !/^\d{1,16}(?:\.\d{1,12})?$/.test(sum) || isSameAmount(sum, total);
    // Banks read "Sum" of all entries as net or as gross: only those of one direction are compared.
    if (isCount && (isSum || name === 'TtlNtries')) return [];
    return [
      {
        line,
        text: `states ${count ?? '?'} entries of ${sum ?? '?'} (${name}), holds ${entries.length} of ${total}`,
      },
    ];
  });
}

/**
 * Days whose lines are all here. A statement says them (FrToDt), ends at the latest with its closing balance, or covers the days
 * after its opening balance and earlier ones as far as lines go. Reports and notifications cover no whole day.
 */
function coverage(
  head: Element,
  kind: Context['kind'],
  { opening, closing }: Balances,
  entries: readonly Entry[],
): Pick<StatementFacts, 'from' | 'to'> {
  if (kind !== '053') return { from: null, to: null };
  const day = (name: string) =>
    dateOf(first(head, 'FrToDt', `${name}Tm`))?.date ?? dateOf(first(head, 'FrToDt', name))?.date;
  const ends = [day('ToDt'), closing?.date].filter((each) => each !== undefined && each !== null).sort();
  const to = ends[0];
  const start = opening?.date ?? null;
  if (to === undefined) return { from: null, to: null };
  const dates = entries.map(({ date }) => date).sort();
  const after = start === null ? undefined : start < to ? nextDay(start) : start;
  const from = day('FrDt') ?? [after, dates[0]].filter((each) => each !== undefined).sort()[0];
  return from === undefined || from > to ? { from: null, to: null } : { from, to };
}
