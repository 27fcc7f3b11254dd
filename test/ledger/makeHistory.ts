import fc from 'fast-check';
import type { Allocation, Bill, Document, History, Receipt } from './history';
import type { Day } from './time';

/** One thing that a step of a history does; what it cannot do in its state (nothing to undo) it leaves. */
const KINDS = [
  'document',
  'document',
  'document',
  'plan',
  'plan',
  'creditNote',
  'cash',
  'cash',
  'bill',
  'bill',
  'prepayment',
  'allocate',
  'allocate',
  'allocate',
  'allocate',
  'concede',
  'applyCreditNote',
  'payOut',
  'refund',
  'undo',
  'deleteReceipt',
  'deleteDocument',
  'replan',
  'writeOff',
  'recover',
  'billEvent',
  'billEvent',
] as const;

const CONCESSIONS = ['discount', 'deduction', 'set_off', 'bank_fee', 'fx_diff', 'rounding'] as const;
const BILLS = ['bank_bill', 'bank_bill', 'commercial_bill', 'supply_chain_note'] as const;
const ENDS = ['endorsed', 'discounted', 'matured', 'dishonoured'] as const;

const stepOf = fc.record({
  what: fc.constantFrom(...KINDS),
  gap: fc.integer({ min: 0, max: 21 }),
  /** Days until it is known. */
  late: fc.oneof(
    { weight: 5, arbitrary: fc.constant(0) },
    { weight: 2, arbitrary: fc.integer({ min: 1, max: 70 }) },
  ),
  cents: fc.integer({ min: 1, max: 3_000_000 }),
  /** Share in tenths that is paid or planned. */
  tenths: fc.constantFrom(1, 3, 5, 10, 10, 10),
  pick: fc.nat(11),
  shift: fc.integer({ min: -9, max: 40 }),
  flag: fc.boolean(),
});
type Step = ReturnType<typeof stepOf.generate>['value'];

const choices = fc.record({
  term: fc.option(
    fc.record({
      kind: fc.constantFrom('net', 'month_end', 'delivery', 'document'),
      days: fc.integer({ min: 0, max: 90 }),
    }),
  ),
  retention: fc.option(
    fc.record({ percent: fc.integer({ min: 1, max: 15 }), months: fc.integer({ min: 1, max: 14 }) }),
    { freq: 3 },
  ),
  steps: fc.array(stepOf, { minLength: 3, maxLength: 14 }),
});

/** A small ledger of one customer, any order of events, any lateness of knowledge. */
export const anyHistory = (customer: string): fc.Arbitrary<History> =>
  choices.map(({ term, retention, steps }) => {
    const maker = new Maker({
      customer,
      term,
      retention,
      documents: [],
      lines: [],
      receipts: [],
      bankLines: [],
      bills: [],
      events: [],
      allocations: [],
    });
    for (const step of steps) maker.take(step);
    return maker.history;
  });

class Maker {
  readonly history: History;
  private day: Day = 0;
  private count = 0;

  constructor(history: History) {
    this.history = history;
  }

  take(step: Step): void {
    this.day += step.gap;
    const { what } = step;
    if (what === 'document' || what === 'plan') this.bill(step, what === 'plan');
    else if (what === 'creditNote') this.creditNote(step);
    else if (what === 'cash' || what === 'prepayment') this.receive(step, what === 'prepayment');
    else if (what === 'bill') this.sign(step);
    else if (what === 'allocate') this.allocate(step);
    else if (what === 'concede')
      this.concede(step, CONCESSIONS[step.pick % CONCESSIONS.length] ?? 'deduction');
    else if (what === 'writeOff') this.concede(step, 'write_off');
    else if (what === 'applyCreditNote') this.applyCreditNote(step);
    else if (what === 'payOut') this.payOut(step);
    else if (what === 'refund') this.pay(step, -BigInt(step.cents), false);
    else if (what === 'replan') this.replan(step);
    else if (what === 'billEvent') this.endBill(step);
    else if (what === 'recover') this.recover(step);
    else if (what === 'undo') this.remove(step, this.history.allocations);
    else if (what === 'deleteReceipt') this.remove(step, this.history.receipts);
    else this.remove(step, this.history.documents);
  }

  /** A fact of today, known now or later. */
  private fact({ late }: Step, kind: string) {
    this.count++;
    return {
      id: `${this.history.customer}-${kind}${String(this.count).padStart(3, '0')}`,
      recorded: this.day + late,
      deleted: null,
    };
  }

  private bill(step: Step, hasPlan: boolean): void {
    const { history, day } = this;
    const document: Document = {
      ...this.fact(step, 'D'),
      amount: BigInt(step.cents),
      date: day,
      due: step.pick % 3 === 0 ? null : day + 30 + step.shift,
      delivered: step.flag ? day - 2 : null,
    };
    history.documents.push(document);
    if (!hasPlan) return;
    const parts = step.pick % 4 === 3 ? [3n, 6n] : [3n, 6n, 1n]; // of ten; the rest falls to no line
    parts.forEach((tenths, place) => {
      history.lines.push({
        ...this.fact({ ...step, late: step.late + (step.pick === 1 ? 20 : 0) }, 'I'),
        document: document.id,
        amount:
          place === 2
            ? document.amount - (document.amount * 3n) / 10n - (document.amount * 6n) / 10n
            : (document.amount * tenths) / 10n,
        due: step.pick === 5 && place === 1 ? null : day + 10 + place * (25 + step.shift),
        isRetention: place === 2,
      });
    });
  }

  private creditNote(step: Step): void {
    const due = step.flag ? this.day : null;
    this.history.documents.push({
      ...this.fact(step, 'N'),
      amount: -BigInt(step.cents % 400_000) - 1n,
      date: this.day,
      due,
      delivered: null,
    });
  }

  private pay(step: Step, amount: bigint, isPrepayment: boolean): Receipt {
    const known = this.fact(step, 'R');
    const receipt: Receipt = {
      ...known,
      amount,
      date: this.day,
      method: 'cash',
      isPrepayment,
      reference: step.pick < 8 ? `ref ${known.id}` : null,
    };
    this.history.receipts.push(receipt);
    if (receipt.reference !== null && step.flag)
      this.history.bankLines.push({
        reference: receipt.reference,
        amount,
        date: Math.max(this.day + (step.shift % 4), 0),
        recorded: this.day + (step.pick % 3) * 9,
      });
    return receipt;
  }

  private receive(step: Step, isPrepayment: boolean): void {
    const receipt = this.pay(step, BigInt(step.cents), isPrepayment);
    if (step.pick % 2 === 0) this.use(step, receipt, this.open(step)); // the clerk knows at once what it is for
  }

  private sign(step: Step): void {
    const kind = BILLS[step.pick % BILLS.length] ?? 'bank_bill';
    const known = this.fact(step, 'B');
    const amount = BigInt(step.cents);
    const receipt: Receipt = {
      ...known,
      amount,
      date: this.day,
      method: kind,
      isPrepayment: false,
      reference: `no ${known.id}`,
    };
    this.history.receipts.push(receipt);
    const bill: Bill = {
      id: `${known.id}-bill`,
      receipt: known.id,
      kind,
      amount,
      signed: this.day,
      matures: this.day + 90 + step.shift,
      recorded: known.recorded,
    };
    this.history.bills.push(bill);
    if (step.flag) this.use(step, receipt, this.open(step));
  }

  private open(step: Step): Document | undefined {
    const blue = this.history.documents.filter(({ amount, deleted }) => amount > 0n && deleted === null);
    return blue[step.pick % Math.max(blue.length, 1)];
  }

  private allocate(step: Step): void {
    const free = this.history.receipts.filter((each) => each.deleted === null && this.left(each) > 0n);
    const receipt = free[step.pick % Math.max(free.length, 1)];
    if (receipt) this.use(step, receipt, this.open({ ...step, pick: step.pick + step.cents }));
  }

  private left({ id, amount }: Receipt): bigint {
    const used = this.history.allocations.filter(
      ({ receipt, deleted }) => receipt === id && deleted === null,
    );
    return used.reduce((rest, each) => rest - each.amount, amount);
  }

  private use(step: Step, receipt: Receipt, document: Document | undefined): void {
    if (!document) return;
    const left = this.left(receipt);
    const whole = left < document.amount || step.pick === 11 ? left : document.amount; // now and then a document is paid twice
    const amount = (whole * BigInt(step.tenths)) / 10n;
    if (amount <= 0n) return;
    const lines = this.history.lines.filter((each) => each.document === document.id && each.deleted === null);
    this.allot(step, document, amount, {
      receipt: receipt.id,
      kind: receipt.isPrepayment ? 'prepayment_applied' : receipt.method,
      line: step.shift % 3 === 0 ? (lines[step.pick % Math.max(lines.length, 1)]?.id ?? null) : null,
    });
  }

  private allot(
    step: Step,
    document: Document,
    amount: bigint,
    more: Partial<Allocation> & { kind: string },
  ): void {
    const known = this.fact(step, 'A');
    this.history.allocations.push({
      ...known,
      document: document.id,
      amount,
      receipt: null,
      creditNote: null,
      line: null,
      ownDate: null,
      ...more,
    });
  }

  private concede(step: Step, kind: string): void {
    const document = this.open(step);
    if (!document) return;
    const amount =
      kind === 'rounding'
        ? BigInt(step.cents % 100) + 1n
        : (document.amount * BigInt(step.tenths)) / 20n + 1n;
    const isLoss = kind === 'fx_diff' && step.flag;
    this.allot(step, document, isLoss ? -amount : amount, { kind, ownDate: this.day + (step.shift % 7) });
  }

  private applyCreditNote(step: Step): void {
    const notes = this.history.documents.filter(({ amount, deleted }) => amount < 0n && deleted === null);
    const note = notes[step.pick % Math.max(notes.length, 1)];
    const document = this.open(step);
    if (!note || !document) return;
    const amount = (-note.amount * BigInt(step.tenths)) / 10n;
    if (amount > 0n) this.allot(step, document, amount, { kind: 'credit_note', creditNote: note.id });
  }

  /** The customer gets the money of a credit note back. */
  private payOut(step: Step): void {
    const notes = this.history.documents.filter(({ amount, deleted }) => amount < 0n && deleted === null);
    const note = notes[step.pick % Math.max(notes.length, 1)];
    if (!note) return;
    const receipt = this.pay(step, note.amount, false);
    this.allot(step, note, note.amount, { kind: 'cash', receipt: receipt.id });
  }

  private recover(step: Step): void {
    const lost = this.history.allocations.find(
      ({ kind, deleted }) => kind === 'write_off' && deleted === null,
    );
    const document = this.history.documents.find(({ id }) => id === lost?.document);
    if (lost && document) this.allot(step, document, -lost.amount, { kind: 'write_off', ownDate: this.day });
  }

  /** One line of a plan gives way to another. */
  private replan(step: Step): void {
    const lines = this.history.lines.filter(({ deleted }) => deleted === null);
    const line = lines[step.pick % Math.max(lines.length, 1)];
    if (!line) return;
    line.deleted = Math.max(this.day, line.recorded + 1);
    this.history.lines.push({
      ...line,
      ...this.fact(step, 'I'),
      due: (line.due ?? this.day) + step.shift,
      recorded: line.deleted,
    });
  }

  private endBill(step: Step): void {
    const { events, bills } = this.history;
    const bill = bills[step.pick % Math.max(bills.length, 1)];
    if (!bill) return;
    const had = events.filter((each) => each.bill === bill.id).map(({ event }) => event);
    const event =
      had.length === 0
        ? ENDS[step.cents % ENDS.length]
        : had[0] === 'endorsed' || had[0] === 'discounted'
          ? 'dishonoured'
          : undefined;
    if (!event || had.includes('dishonoured')) return;
    const date = Math.max(this.day, bill.signed + 1);
    const interest = event === 'discounted' ? bill.amount / 100n : null;
    const known = this.fact(step, 'E');
    events.push({ ...known, bill: bill.id, event, date, interest, withRecourse: step.flag });
    const hasMoney = event === 'matured' || event === 'discounted';
    if (hasMoney && step.shift % 2 === 0)
      this.history.bankLines.push({
        reference: `no ${bill.receipt}`,
        amount: bill.amount - (interest ?? 0n),
        date,
        recorded: known.recorded,
      });
  }

  private remove({ late, pick }: Step, facts: { recorded: Day; deleted: Day | null }[]): void {
    const standing = facts.filter(({ deleted }) => deleted === null);
    const fact = standing[pick % Math.max(standing.length, 1)];
    if (fact) fact.deleted = Math.max(this.day + late, fact.recorded + 1);
  }
}
