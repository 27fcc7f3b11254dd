import { isSameAmount, negated, sumOf } from '../decimal';
import type { Entry, EntryDetail, Ignored, Note, Rejected } from '../parsed';
import { counterpartyOf, type Own } from './party';
import { reference, referenceOf, remarkOf } from './remittance';
import { dateOf, directionOf, moneyOf } from './values';
import { all, type Element, first, only, text } from './xml';

/** What an entry's reader must know of its statement. */
export interface Context {
  kind: '052' | '053' | '054';
  statement: number;
  account: string | null;
  currency: string | null;
  own: Own;
  /** Day on which the bank wrote a report or notification. */
  created: string | null;
}

export interface Outcome {
  entry?: Entry;
  ignored?: Ignored;
  rejected?: Rejected;
  notes: Note[];
  /** As the element states it, whatever became of it: for the bank's own totals. */
  stated: { amount: string; direction: 'CRDT' | 'DBIT' } | undefined;
}

const NOT_BOOKED: Readonly<Record<string, string>> = {
  PDNG: 'pending entry',
  INFO: 'entry for information',
  FUTR: 'future entry',
};

/** An entry (Ntry) as a bank line, as a named row that is no booking, or as one that cannot be read. */
export function outcomeOf(ntry: Element, line: number, context: Context): Outcome {
  const notes: Note[] = [];
  const [money, direction, status] = [moneyOf(ntry, 'Amt'), directionOf(ntry), statusOf(ntry, context)];
  const booked = dateOf(first(ntry, 'BookgDt'));
  const value = dateOf(first(ntry, 'ValDt'));
  const amount =
    money && direction ? (direction === 'DBIT' ? negated(money.amount) : money.amount) : undefined;
  const currency = money?.currency ?? context.currency ?? 'XXX'; // ISO 4217: none
  const stated = money && direction ? { amount: money.amount, direction } : undefined;
  const name = status === null ? undefined : NOT_BOOKED[status];
  if (name !== undefined)
    return {
      ignored: { line, name: `${name} (${status}) of ${amount ?? '?'} ${currency}` },
      notes,
      stated,
    };
  const isWritten = booked ?? value;
  const date = isWritten ?? undated(ntry, context);
  const why = problemOf(ntry, { status, amount, date, currency, account: context.account });
  if (why !== undefined || amount === undefined || !date || context.account === null)
    return {
      rejected: rejectedEntry(ntry, line, context, why ?? 'form', date?.date ?? null, amount),
      notes,
      stated,
    };
  if (!isWritten) notes.push({ line, text: `has no date: taken as ${date.date}, the day of the message` });
  if (money?.currency === null) notes.push({ line, text: `has no currency: taken as ${currency}` });
  const details = [...all(ntry, 'NtryDtls', 'TxDtls'), ...all(ntry, 'TxDtls')]; // the latter in version 01
  const batch = details.length > 1 ? details.map((each) => detailOf(each, amount, ntry, context.own)) : [];
  notes.push(...batchNotes(line, amount, currency, batch));
  return {
    entry: {
      line,
      statement: context.statement,
      account: context.account,
      date: date.date,
      valueDate: value?.date ?? null,
      time: booked?.time ?? null,
      amount,
      balance: null,
      currency,
      ...partyAndText(ntry, details, batch, amount, context.own),
      bankReference:
        reference(text(ntry, 'AcctSvcrRef')) ??
        (details.length === 1 ? reference(text(details[0], 'Refs', 'AcctSvcrRef')) : null),
      details: batch,
    },
    notes,
    stated,
  };
}

/** Text to version 07, Sts/Cd later; a statement (053) holds booked entries only, so there a missing one is BOOK. */
function statusOf(ntry: Element, { kind }: Context): string | null {
  const status = text(ntry, 'Sts') ?? text(ntry, 'Sts', 'Cd') ?? text(ntry, 'Sts', 'Prtry');
  return status ?? (kind === '053' ? 'BOOK' : null);
}

/** A report or notification without dates tells of the day on which it was written; a statement may be written weeks later. */
function undated(ntry: Element, { kind, created }: Context): { date: string } | undefined {
  const isUndated = all(ntry, 'BookgDt').length + all(ntry, 'ValDt').length === 0;
  return isUndated && kind !== '053' && created !== null ? { date: created } : undefined;
}

function problemOf(
  ntry: Element,
  read: {
    status: string | null;
    amount: string | undefined;
    date: unknown;
    currency: string;
    account: string | null;
  },
): Rejected['why'] | undefined {
  if (directionOf(ntry) === undefined) return 'direction';
  if (read.amount === undefined) return 'amount';
  const dates = [...all(ntry, 'BookgDt'), ...all(ntry, 'ValDt')];
  if (!read.date || dates.some((each) => dateOf(each) === undefined)) return 'date';
  if (!/^[A-Z]{3}$/.test(read.currency)) return 'currency';
  if (read.account === null) return 'account';
  return read.status === 'BOOK' ? undefined : 'status';
}

const rejectedEntry = (
  ntry: Element,
  line: number,
  { account }: Context,
  why: Rejected['why'],
  date: string | null,
  amount: string | undefined,
): Rejected => ({
  line,
  account,
  why,
  date: why === 'date' ? null : date, // of two dates the good one must not pass for both
  amount: amount ?? [text(ntry, 'CdtDbtInd') ?? '?', ...all(ntry, 'Amt').map((each) => text(each))].join(' '),
  cells: [
    ...['CdtDbtInd', 'Sts', 'AcctSvcrRef', 'AddtlNtryInf'].map((name) => text(ntry, name)),
    ...[...all(ntry, 'BookgDt'), ...all(ntry, 'ValDt')].map(
      (each) => text(each, 'Dt') ?? text(each, 'DtTm') ?? text(each),
    ),
    remarkOf(first(ntry, 'NtryDtls', 'TxDtls')),
  ].filter((cell) => cell !== null),
});

/** Of one payment its own; of a batch what all its payments share. */
function partyAndText(
  ntry: Element,
  details: readonly Element[],
  batch: readonly EntryDetail[],
  amount: string,
  own: Own,
): Pick<Entry, 'counterpartyName' | 'counterpartyAccount' | 'remark' | 'reference'> {
  const info = text(ntry, 'AddtlNtryInf');
  if (batch.length === 0) {
    const {
      counterpartyName,
      counterpartyAccount,
      remark,
      reference: ref,
    } = detailOf(details[0] ?? '', amount, ntry, own);
    return {
      counterpartyName,
      counterpartyAccount,
      remark: remark ?? info,
      reference: ref ?? reference(text(ntry, 'NtryRef')),
    };
  }
  const shared = (pick: (each: EntryDetail) => string | null) => {
    const values = new Set(batch.map(pick));
    return values.size === 1 ? ([...values][0] ?? null) : null;
  };
  return {
    counterpartyName: shared((each) => each.counterpartyName),
    counterpartyAccount: shared((each) => each.counterpartyAccount),
    remark: shared((each) => each.remark) ?? info,
    reference: shared((each) => each.reference) ?? reference(text(ntry, 'NtryRef')),
  };
}

/** One payment of an entry. Its amount is signed by its own CdtDbtInd, else as the entry. */
function detailOf(details: Element, entryAmount: string, ntry: Element, own: Own): EntryDetail {
  const money = moneyOf(details, 'Amt') ?? moneyOf(details, 'AmtDtls', 'TxAmt', 'Amt');
  const entryDirection = entryAmount.startsWith('-') ? 'DBIT' : (directionOf(ntry) ?? 'CRDT');
  const direction = directionOf(details) ?? entryDirection;
  const isReversal = /^(true|1)$/.test(text(only(ntry, 'RvslInd')) ?? '');
  const party = counterpartyOf(details, entryDirection, isReversal, own);
  return {
    amount: money === undefined ? null : direction === 'DBIT' ? negated(money.amount) : money.amount,
    currency: money?.currency ?? null,
    counterpartyName: party.name,
    counterpartyAccount: party.account,
    remark: remarkOf(details),
    reference: referenceOf(details),
  };
}

/** The entry is what was booked: payments that do not add up to it are told, and change nothing. */
function batchNotes(line: number, amount: string, currency: string, batch: readonly EntryDetail[]): Note[] {
  const amounts = batch.flatMap((each) => (each.currency === currency ? (each.amount ?? []) : []));
  if (batch.length === 0 || amounts.length < batch.length) return [];
  const sum = sumOf(amounts);
  return isSameAmount(sum, amount)
    ? []
    : [{ line, text: `its ${batch.length} payments add up to ${sum}, the bank booked ${amount}` }];
}
