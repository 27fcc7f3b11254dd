import { accountOf } from './account';
import { type Balance, balanceOf, sumField } from './balanceField';
import { NON_SWIFT } from './details/nonSwift';
import { type Field, type Part, partsOf } from './fields';
import { unreadable } from './source';
import { type BadLine, looksLikeStatementLine, type StatementLine, statementLineOf } from './statementLine';

/** A statement as the file writes it, before anything is concluded from it. */
export interface Draft {
  line: number;
  reference: string | null;
  account: string | null;
  currency: string | null;
  number: string | null;
  /** MT942, or what looks like it: no balances, more may follow during the day. */
  isInterim: boolean;
  opening: Balance | null;
  closing: Balance | null;
  bookings: Booking[];
  bad: { line: number; cells: string[]; problem: BadLine }[];
  sums: { mark: 'C' | 'D'; line: number; count: number; currency: string; sum: string }[];
}

export interface Booking {
  head: StatementLine;
  /** The lines of :86:, or of :NS: with that mark in front. */
  texts: string[];
}

export interface Drafts {
  drafts: Draft[];
  ignored: { line: number; name: string }[];
}

/** Sorts the fields of a file into its statements. Throws file_unreadable where their order leaves two readings. */
export function draftsOf(text: string, fileName: string): Drafts {
  const reader = new Reader(fileName);
  for (const part of partsOf(text)) reader.take(part);
  reader.finish();
  return { drafts: reader.drafts, ignored: reader.ignored };
}

class Reader {
  readonly drafts: Draft[] = [];
  readonly ignored: Drafts['ignored'] = [];
  private current: Draft | undefined;
  /** Where the next :86: or :NS: belongs. */
  private target: string[] | undefined;
  private isInterim = false;

  private readonly fileName: string;

  constructor(fileName: string) {
    this.fileName = fileName;
  }

  take(part: Part): void {
    if (part.kind === 'end') this.finish();
    else if (part.kind === 'type') this.isInterim = part.type === '942';
    else if (part.kind === 'other') this.takeOther(part);
    else this.takeField(part.field);
  }

  finish(): void {
    if (this.current) this.drafts.push(this.current);
    this.current = undefined;
    this.target = undefined;
  }

  private takeOther({ line, name, text }: Extract<Part, { kind: 'other' }>): void {
    if (looksLikeStatementLine(text)) this.reject(line, [text], { why: 'form', date: null, amount: null });
    else this.ignored.push({ line, name });
  }

  private takeField(whole: Field): void {
    const field = this.withoutHiddenLines(whole);
    const { tag, line } = field;
    const text = field.lines[0]?.text.trim() ?? '';
    if (tag === '940' || tag === '942') this.isInterim = tag === '942';
    else if (tag === '20') this.begin(line).reference = text;
    else if (tag === '25' || tag === '25P') this.takeAccount(line, text);
    else if (tag === '28' || tag === '28C') this.draft(line).number ??= text;
    else if (tag.startsWith('60')) this.takeOpening(field);
    else if (tag === '61') this.takeLine(field);
    else if (tag === '86' || tag === 'NS') this.takeText(field);
    else if (tag.startsWith('62')) this.takeClosing(field);
    else if (tag.startsWith('90')) this.takeSum(field);
    else if (tag === '34F') this.takeFloor(line, text);
    else if (tag === '13' || tag === '13D') this.draft(line).isInterim = true;
  }

  private begin(line: number): Draft {
    this.finish();
    this.current = newDraft(line, this.isInterim);
    return this.current;
  }

  private draft(line: number): Draft {
    return this.current ?? this.begin(line);
  }

  private takeAccount(line: number, text: string): void {
    const draft = this.current?.closing ? this.begin(line) : this.draft(line);
    const { account, currency } = accountOf(text);
    if (draft.account !== null && draft.account !== account)
      throw unreadable(this.fileName, line, 'a second account (:25:) stands in one statement');
    draft.account = account;
    draft.currency ??= currency;
  }

  private takeOpening(field: Field): void {
    const balance = balanceOf(field);
    if (!balance)
      throw unreadable(this.fileName, field.line, 'the opening balance (:60F:) has no known form');
    let draft = this.draft(field.line);
    if (draft.bookings.length > 0 && draft.opening === null)
      throw unreadable(this.fileName, field.line, 'the opening balance stands behind bookings');
    if (draft.opening !== null) {
      if (isSame(draft.opening, balance) && draft.bookings.length === 0) return;
      if (draft.closing === null && draft.bookings.length > 0)
        throw unreadable(this.fileName, field.line, 'a second opening balance comes before the closing one');
      const { account, currency, number, reference } = draft; // several days in one message
      draft = Object.assign(this.begin(field.line), { account, currency, number, reference });
    }
    draft.opening = balance;
  }

  private takeClosing(field: Field): void {
    const balance = balanceOf(field);
    if (!balance)
      throw unreadable(this.fileName, field.line, 'the closing balance (:62F:) has no known form');
    const draft = this.draft(field.line);
    if (draft.closing !== null && !isSame(draft.closing, balance))
      throw unreadable(this.fileName, field.line, 'a second closing balance stands in one statement');
    draft.closing ??= balance;
    this.target = undefined;
  }

  private takeLine(field: Field): void {
    const draft = this.draft(field.line);
    const read = statementLineOf(field);
    const cells = field.lines.map(({ text }) => text);
    if ('why' in read || draft.closing !== null) {
      const problem =
        'why' in read ? read : { why: 'form' as const, date: read.valueDate, amount: read.amount };
      this.reject(field.line, cells, problem);
      this.target = cells;
      return;
    }
    const booking: Booking = { head: read, texts: [] };
    draft.bookings.push(booking);
    this.target = booking.texts;
  }

  private takeText({ tag, line, lines }: Field): void {
    const texts = lines.map(({ text }) => text);
    if (!this.target) {
      this.ignored.push({ line, name: 'text of the statement' });
      return;
    }
    if (tag === 'NS' && this.target.length === 0) texts[0] = `${NON_SWIFT}${texts[0] ?? ''}`;
    for (const text of texts) this.target.push(text);
  }

  private takeSum(field: Field): void {
    const draft = this.draft(field.line);
    const sum = sumField(field);
    if (!sum) {
      this.ignored.push({ line: field.line, name: `sum of entries (:${field.tag}:) of no known form` });
      return;
    }
    draft.sums.push({ mark: field.tag === '90C' ? 'C' : 'D', line: field.line, ...sum });
    draft.isInterim ||= draft.opening === null;
    this.target = undefined;
  }

  private takeFloor(line: number, text: string): void {
    const draft = this.draft(line);
    draft.isInterim = true;
    draft.currency ??= /^[A-Z]{3}/.exec(text)?.[0] ?? null;
  }

  /** A booking whose tag is damaged would be swallowed as text of the one before. */
  private withoutHiddenLines(field: Field): Field {
    const hidden = new Set(field.lines.slice(1).filter(({ text }) => looksLikeStatementLine(text)));
    for (const { line, text } of hidden) this.reject(line, [text], { why: 'form', date: null, amount: null });
    return hidden.size === 0 ? field : { ...field, lines: field.lines.filter((each) => !hidden.has(each)) };
  }

  private reject(line: number, cells: string[], problem: BadLine): void {
    this.draft(line).bad.push({ line, cells, problem });
  }
}

const isSame = (one: Balance, other: Balance): boolean =>
  one.amount === other.amount && one.currency === other.currency && one.date === other.date;

const newDraft = (line: number, isInterim: boolean): Draft => ({
  line,
  reference: null,
  account: null,
  currency: null,
  number: null,
  isInterim,
  opening: null,
  closing: null,
  bookings: [],
  bad: [],
  sums: [],
});
