import { isSameAmount, sumOf } from '../decimal';
import { nextDay } from '../days';
import type { Entry, Ignored, Note, Rejected, StatementFacts } from '../parsed';
import { balanceNotes } from '../statementBalance';
import { detailsOf } from './details/detailsOf';
import { referenceOrNull, textOrNull } from './details/text';
import type { Booking, Draft } from './draft';
import { type Source, unreadable } from './source';

/** ISO 4217 for a line that has none. */
const NO_CURRENCY = 'XXX';

interface Concluded {
  line: number;
  facts: StatementFacts;
  entries: Entry[];
  ignored: Ignored[];
  rejected: Rejected[];
  notes: Note[];
}

/** A statement with its lines in our terms, and everything about it that a person should look at. */
export function concluded(draft: Draft, index: number, source: Source): Concluded {
  const account = draft.account ?? source.account;
  const stated = draft.opening?.currency ?? draft.closing?.currency ?? draft.currency ?? source.currency;
  const currency = stated ?? NO_CURRENCY;
  const notes = structureNotes(draft, source);
  const rejected: Rejected[] = draft.bad.map(({ line, cells, problem }) => ({
    line,
    account,
    ...problem,
    cells,
  }));
  if (isEmptyStatement(draft)) rejected.push(emptyStatement(draft, account));
  const keepsDoubtful = isBalanced(draft, draft.bookings) === true;
  if (!keepsDoubtful) refuseDoubtfulBalance(draft, source);
  const [entries, ignored]: [Entry[], Ignored[]] = [[], []];
  for (const booking of draft.bookings) {
    const { head } = booking;
    const why = head.isDoubtful && !keepsDoubtful ? 'amount' : account === null ? 'account' : undefined;
    if (head.isExpected) {
      ignored.push({ line: head.line, name: `expected entry of ${head.amount}, not booked yet` });
    } else if (why !== undefined || account === null) {
      rejected.push({ ...rejectedBooking(booking, account), why: why ?? 'account' });
    } else {
      entries.push(entryOf(booking, index, account, currency));
      if (head.isMovedDate)
        notes.push({
          line: head.line,
          text: `its value date is a 30 February (months of 30 days): taken as ${head.valueDate}`,
        });
      if (head.isDoubtful)
        notes.push({
          line: head.line,
          text: `no decimal comma or no kind: read as ${head.amount}, the statement adds up`,
        });
    }
  }
  notes.push(...sumNotes(draft, entries));
  notes.push(...currencyNotes(draft));
  if (stated === null && entries.length > 0) notes.push({ line: draft.line, text: 'names no currency' });
  const closingLine = draft.closing?.line ?? draft.line;
  const amounts = entries.map(({ amount }) => amount);
  notes.push(
    ...balanceNotes(closingLine, draft.opening?.amount ?? null, draft.closing?.amount ?? null, amounts),
  );
  return {
    line: draft.line,
    facts: {
      account: account ?? '',
      currency,
      number: draft.number,
      ...coverage(draft, entries),
      opening: draft.opening?.amount ?? null,
      closing: draft.closing?.amount ?? null,
    },
    entries,
    ignored,
    rejected,
    notes,
  };
}

function entryOf({ head, texts }: Booking, statement: number, account: string, currency: string): Entry {
  const details = detailsOf(texts);
  const supplement = textOrNull(head.supplement);
  const isAccount = supplement !== null && /^(?:[A-Z]{2}\d{2}[A-Z0-9]{8,30}|\d{7,12})$/.test(supplement);
  const counterpartyAccount = details.counterpartyAccount ?? (isAccount ? supplement : null); // Rabobank
  const own = referenceOrNull(head.customerReference);
  return {
    line: head.line,
    statement,
    account,
    date: head.entryDate ?? head.valueDate,
    valueDate: head.valueDate,
    time: null,
    amount: head.amount,
    balance: null,
    currency,
    counterpartyName: details.counterpartyName ?? nameBehindReferences(head, texts),
    counterpartyAccount,
    remark: details.remark ?? (isAccount ? null : supplement),
    reference: details.reference ?? (own === counterpartyAccount ? null : own), // SNS puts the other account there
    bankReference: referenceOrNull(head.bankReference),
    details: [],
  };
}

/** Danske Bank repeats the references of :61: in the first line of the text; name and address of the other side follow. */
function nameBehindReferences(head: Booking['head'], [first = '', second]: readonly string[]): string | null {
  const plain = (text: string) => text.replace(/\s/g, '');
  const references = plain(head.customerReference + head.bankReference);
  return references !== '' && plain(first) === references ? textOrNull(second) : null;
}

const rejectedBooking = ({ head, texts }: Booking, account: string | null): Omit<Rejected, 'why'> => ({
  line: head.line,
  account,
  date: head.entryDate ?? head.valueDate,
  amount: head.isDoubtful ? head.written : head.amount,
  cells: [head.type, head.customerReference, head.bankReference, head.supplement, ...texts].filter(Boolean),
});

/** Opening + lines = closing; undefined when one of them is missing. */
function isBalanced({ opening, closing }: Draft, bookings: readonly Booking[]): boolean | undefined {
  if (!opening || !closing) return undefined;
  if (opening.currency && closing.currency && opening.currency !== closing.currency) return false;
  const amounts = bookings.filter(({ head }) => !head.isExpected).map(({ head }) => head.amount);
  return isSameAmount(sumOf([opening.amount, ...amounts]), closing.amount);
}

/** Half an amount looks the same. */
function refuseDoubtfulBalance({ opening, closing }: Draft, { name }: Source): void {
  const doubtful = [opening, closing].find((balance) => balance?.isDoubtful);
  if (!doubtful) return;
  const problem = 'a balance has no decimal comma, and the statement does not add up with it';
  throw unreadable(name, doubtful.line, problem);
}

function currencyNotes({ opening, closing }: Draft): Note[] {
  if (!opening?.currency || !closing?.currency || opening.currency === closing.currency) return [];
  return [{ line: closing.line, text: `closes in ${closing.currency}, opened in ${opening.currency}` }];
}

/** What is missing in a statement. A whole statement has both balances; one that stops before the second is cut off. */
function structureNotes(draft: Draft, { name }: Source): Note[] {
  const { line, opening, closing, bookings, bad, reference, isInterim } = draft;
  const last = Math.max(line, bookings.at(-1)?.head.line ?? 0, bad.at(-1)?.line ?? 0);
  const hasLines = bookings.length + bad.length > 0;
  const isMessage = reference !== null || (opening !== null && hasLines);
  if (closing === null && !isInterim && isMessage && (hasLines || opening !== null))
    throw unreadable(
      name,
      last,
      `its statement of line ${line} has no closing balance (:62F:): the file is cut off`,
    );
  if (isInterim || isEmptyStatement(draft)) return [];
  if (closing === null) return [{ line, text: 'a part of a statement: it has no closing balance' }];
  return opening === null ? [{ line, text: 'has no opening balance (:60F:)' }] : [];
}

const isEmptyStatement = ({ bookings, bad, opening, closing, isInterim }: Draft): boolean =>
  bookings.length + bad.length === 0 && opening === null && closing === null && !isInterim;

/** A message that stops before its balances: nobody can say what it did not tell. */
const emptyStatement = ({ line, reference }: Draft, account: string | null): Rejected => ({
  line,
  account,
  why: 'form',
  date: null,
  amount: null,
  cells: [`statement ${reference ?? ''} ends before its balances`],
});

function sumNotes({ sums }: Draft, entries: readonly Entry[]): Note[] {
  return sums.flatMap(({ mark, line, count, sum }) => {
    const amounts = entries
      .map(({ amount }) => amount)
      .filter((amount) => amount.startsWith('-') === (mark === 'D'));
    const total = sumOf(amounts).replace('-', '');
    if (amounts.length === count && isSameAmount(total, sum)) return [];
    const side = mark === 'C' ? 'credits' : 'debits';
    return [{ line, text: `states ${count} ${side} of ${sum}, holds ${amounts.length} of ${total}` }];
  });
}

/**
 * The opening balance is that of the day before, or of the first day itself: days after it are covered, and earlier ones only
 * as far as lines go. An interim report covers no whole day.
 */
function coverage(
  { opening, closing, isInterim }: Draft,
  entries: readonly Entry[],
): Pick<StatementFacts, 'from' | 'to'> {
  const to = closing?.date ?? null;
  const start = opening?.date ?? null;
  if (isInterim || to === null || start === null || start > to) return { from: null, to: null };
  const first = entries.map(({ date }) => date).sort()[0];
  const from = start < to ? nextDay(start) : start;
  return { from: first !== undefined && first < from ? first : from, to };
}
