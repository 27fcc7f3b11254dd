import { type Book, type Customer, HORIZON_DAYS, type Item } from './book';
import { weekdayOf } from './day';

/** Heavy tails: Student's t with three degrees of freedom has its distribution function in closed form. */
const ROOT_3 = Math.sqrt(3);

export interface LocationScaleSetting {
  /** Days of age of the due date after which a payment counts half. */
  halfLife: number;
  /** Payments that the segment's location and scale count as beside a customer's own. */
  segmentWeight: number;
  /** Payments that everybody's paying weekdays count as beside a customer's own. */
  weekdayWeight: number;
}

interface Fit {
  location: number;
  scale: number;
}

/**
 * A customer's recent lateness as a location and a scale (weighted median and mean deviation, drawn towards the segment's), with heavy
 * tails, moved to the weekdays on which the customer pays.
 */
export class LocationScaleModel {
  private readonly book: Book;
  private readonly setting: LocationScaleSetting;
  private readonly bySegment = new Map<string, Fit>();
  private readonly all: Fit;
  private readonly weekdays = new Float64Array(7).fill(0.01);

  constructor(book: Book, setting: LocationScaleSetting) {
    this.book = book;
    this.setting = setting;
    const segments = new Map<string, Sample>();
    const all = new Sample();
    for (const { items } of book.customers) {
      const paid = items.filter((item) => item.paid !== null);
      for (const item of paid) {
        let segment = segments.get(item.segment);
        if (!segment) segments.set(item.segment, (segment = new Sample()));
        const weight = this.weightOf(item) / Math.sqrt(paid.length); // a prior is about customers
        segment.add(item.lateness, weight);
        all.add(item.lateness, weight);
        this.weekdays[weekdayOf(item.paid ?? 0)] = (this.weekdays[weekdayOf(item.paid ?? 0)] ?? 0) + weight;
      }
    }
    this.all = all.fit({ location: 0, scale: 10 }, 1);
    for (const [name, segment] of segments) this.bySegment.set(name, segment.fit(this.all, 2));
    const sum = this.weekdays.reduce((total, weight) => total + weight, 0);
    this.weekdays = this.weekdays.map((weight) => weight / sum);
  }

  of(customer: Customer): (item: Item, out: Float64Array) => void {
    const own = new Sample();
    const weekdays = this.weekdays.map((share) => share * this.setting.weekdayWeight);
    for (const item of customer.items) {
      if (item.paid === null) continue;
      const weight = this.weightOf(item);
      own.add(item.lateness, weight);
      weekdays[weekdayOf(item.paid)] = (weekdays[weekdayOf(item.paid)] ?? 0) + weight;
    }
    const fits = new Map<string, Fit>();
    return (item, out) => {
      let fit = fits.get(item.segment);
      if (!fit) {
        fit = own.fit(this.bySegment.get(item.segment) ?? this.all, this.setting.segmentWeight);
        fits.set(item.segment, fit);
      }
      this.spread(item, fit, weekdays, out);
    };
  }

  private weightOf(item: Item): number {
    return 0.5 ** (Math.max(0, this.book.origin - item.due) / this.setting.halfLife);
  }

  /** The part of the curve after the origin, given that the item is unpaid so far. */
  private spread(item: Item, { location, scale }: Fit, weekdays: Float64Array, out: Float64Array): void {
    const { workdays, origin } = this.book;
    const upTo = (lateness: number) => studentUpTo((lateness + 0.5 - location) / scale);
    let sum = 0;
    let before = upTo(workdays.countTo(origin) - item.dueIndex);
    for (let ahead = 1; ahead <= HORIZON_DAYS; ahead += 1) {
      const day = origin + ahead;
      out[ahead - 1] = 0;
      if (!workdays.isWorkday(day)) continue;
      const reached = upTo(workdays.countTo(day) - item.dueIndex);
      const share = (reached - before) * (weekdays[weekdayOf(day)] ?? 0);
      before = reached;
      out[ahead - 1] = share;
      sum += share;
    }
    let mean = 0;
    let days = 0;
    weekdays.forEach((weight) => {
      mean += weight * weight;
      days += weight;
    });
    const never = ((1 - before) * mean) / days;
    const all = sum + never;
    for (let at = 0; at < HORIZON_DAYS; at += 1) out[at] = (out[at] ?? 0) / all;
    out[HORIZON_DAYS] = never / all;
  }
}

/** Distribution function of Student's t with three degrees of freedom. */
function studentUpTo(value: number): number {
  const part = value / ROOT_3;
  return 0.5 + (part / (1 + part * part) + Math.atan(part)) / Math.PI;
}

/** Weighted values. */
class Sample {
  private readonly values: { value: number; weight: number }[] = [];
  private sum = 0;

  add(value: number, weight: number): void {
    this.values.push({ value, weight });
    this.sum += weight;
  }

  /** Weighted median and mean absolute deviation, drawn towards the parent's as if that were `parentWeight` payments. */
  fit(parent: Fit, parentWeight: number): Fit {
    if (this.sum === 0) return parent;
    this.values.sort((one, other) => one.value - other.value);
    let seen = 0;
    let median = 0;
    for (const { value, weight } of this.values) {
      seen += weight;
      if (seen >= this.sum / 2) {
        median = value;
        break;
      }
    }
    const own = this.sum / (this.sum + parentWeight);
    const location = own * median + (1 - own) * parent.location;
    let deviation = 0;
    for (const { value, weight } of this.values)
      deviation += weight * Math.min(Math.abs(value - location), 60);
    // of Student's t with three degrees of freedom the mean absolute deviation is 1.10 scales
    const scale = (own * deviation) / this.sum / 1.1 + (1 - own) * parent.scale;
    return { location, scale: Math.max(scale, 0.3) };
  }
}
