import { type Book, type Customer, HORIZON_DAYS, type Item } from './book';

/** Lateness in workdays that the hazard tells apart; what lies outside counts as the nearest. */
const EARLIEST = -130;
const LATEST = 200;
const WIDTH = LATEST - EARLIEST + 1;
const WEEKDAYS = 7;

export interface HazardSetting {
  /** Days of age of the due date after which an invoice counts half. */
  halfLife: number;
  /** Invoices at risk that a parent counts as: of all for a segment, of a segment for a customer, of a customer for its due weekdays. */
  segmentWeight: number;
  customerWeight: number;
  weekdayWeight: number;
  /** A finer cell below the customer's due weekday, and the invoices that the weekday counts as beside it. */
  finer?: { cellOf: (item: Item) => number; parentWeight: number };
  /** Invoices that one customer may at most count as in its parents: a prior is about customers. */
  mostOfCustomer: number;
}

/** Weighted payments and invoices at risk, by lateness. */
class Counts {
  readonly paid = new Float64Array(WIDTH);
  /** Differences while counting, numbers at risk after `close`. */
  readonly atRisk = new Float64Array(WIDTH + 1);
  private isClosed = false;

  add(item: Item, weight: number): void {
    const end = place(item.lateness);
    const start = place(item.entry);
    this.atRisk[start] = (this.atRisk[start] ?? 0) + weight;
    this.atRisk[end + 1] = (this.atRisk[end + 1] ?? 0) - weight;
    if (item.paid !== null) this.paid[end] = (this.paid[end] ?? 0) + weight;
  }

  close(): this {
    if (this.isClosed) return this;
    this.isClosed = true;
    let sum = 0;
    for (let at = 0; at < WIDTH; at += 1) {
      sum += this.atRisk[at] ?? 0;
      this.atRisk[at] = Math.max(sum, 0);
    }
    return this;
  }

  /** Hazard by lateness, drawn towards the parent's as if that had been seen at `parentWeight` invoices. */
  towards(parent: Float64Array, parentWeight: number): Float64Array {
    const hazard = new Float64Array(WIDTH);
    for (let at = 0; at < WIDTH; at += 1)
      hazard[at] =
        ((this.paid[at] ?? 0) + parentWeight * (parent[at] ?? 0)) / ((this.atRisk[at] ?? 0) + parentWeight);
    return hazard;
  }
}

const place = (lateness: number) => Math.min(Math.max(lateness, EARLIEST), LATEST) - EARLIEST;

/**
 * Discrete hazard of payment by workdays from the effective due date, customer drawn towards term and all (empirical Bayes with Dirichlet
 * weights), apart for each weekday of the due date. Open items are at risk up to the origin: censored, not dropped. Kaplan & Meier 1958.
 */
export class HazardModel {
  private readonly bySegment = new Map<string, Float64Array[]>();
  private readonly all: Float64Array[];

  private readonly book: Book;
  private readonly setting: HazardSetting;

  constructor(book: Book, setting: HazardSetting) {
    this.book = book;
    this.setting = setting;
    const all = perWeekday(() => new Counts());
    const pooled = new Counts();
    const segments = new Map<string, Counts[]>();
    for (const { items } of book.customers) {
      const sum = items.reduce((weight, item) => weight + this.weightOf(item), 0);
      const share = Math.min(1, setting.mostOfCustomer / sum);
      for (const item of items) {
        const weight = share * this.weightOf(item);
        let segment = segments.get(item.segment);
        if (!segment) segments.set(item.segment, (segment = perWeekday(() => new Counts())));
        segment[item.dueWeekday]?.add(item, weight);
        all[item.dueWeekday]?.add(item, weight);
        pooled.add(item, weight);
      }
    }
    const start = new Float64Array(WIDTH).fill(0.02); // before anything is known: half are paid within seven weeks
    const base = pooled.close().towards(start, 1);
    this.all = all.map((counts) => counts.close().towards(base, setting.segmentWeight));
    for (const [segment, counts] of segments)
      this.bySegment.set(
        segment,
        counts.map((one, weekday) => one.close().towards(this.all[weekday] ?? base, setting.segmentWeight)),
      );
  }

  /** What one customer's open items may expect; ask for one customer after the other. */
  of(customer: Customer): (item: Item, out: Float64Array) => void {
    const cells: Counts[] = []; // by due weekday; most customers know few
    const own = new Counts();
    const { finer } = this.setting;
    const fine = new Map<number, Counts>();
    for (const item of customer.items) {
      const weight = this.weightOf(item);
      if (finer) {
        let counts = fine.get(finer.cellOf(item));
        if (!counts) fine.set(finer.cellOf(item), (counts = new Counts()));
        counts.add(item, weight);
      }
      let cell = cells[item.dueWeekday];
      if (!cell) cells[item.dueWeekday] = cell = new Counts();
      cell.add(item, weight);
      own.add(item, weight);
    }
    own.close();
    const hazards = new Map<string, Float64Array>();
    return (item, out) => {
      const fineCell = finer?.cellOf(item) ?? 0;
      const key = `${item.dueWeekday} ${fineCell} ${item.segment}`;
      let hazard = hazards.get(key);
      if (!hazard) {
        const parent = this.bySegment.get(item.segment)?.[item.dueWeekday] ?? this.all[item.dueWeekday];
        const mine = own.towards(parent ?? new Float64Array(WIDTH), this.setting.customerWeight);
        hazard = cells[item.dueWeekday]?.close().towards(mine, this.setting.weekdayWeight) ?? mine;
        const fineCounts = fine.get(fineCell);
        if (finer && fineCounts) hazard = fineCounts.close().towards(hazard, finer.parentWeight);
        hazards.set(key, hazard);
      }
      spread(this.book, item, hazard, out);
    };
  }

  private weightOf(item: Item): number {
    return 0.5 ** (Math.max(0, this.book.origin - item.due) / this.setting.halfLife);
  }
}

/** Probability of each of the next days by its hazard, none on rest days; the last cell is "never within". */
function spread({ origin, workdays }: Book, item: Item, hazard: Float64Array, out: Float64Array): void {
  let surviving = 1;
  for (let ahead = 1; ahead <= HORIZON_DAYS; ahead += 1) {
    const day = origin + ahead;
    if (!workdays.isWorkday(day)) {
      out[ahead - 1] = 0;
      continue;
    }
    const probability = surviving * (hazard[place(workdays.countTo(day) - item.dueIndex)] ?? 0);
    out[ahead - 1] = probability;
    surviving -= probability;
  }
  out[HORIZON_DAYS] = Math.max(surviving, 0);
}

const perWeekday = <T>(make: () => T): T[] => Array.from({ length: WEEKDAYS }, make);
