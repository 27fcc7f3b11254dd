import { type Book, type Customer, HORIZON_DAYS, type Item } from './book';
import { HazardModel } from './hazard';
import { LocationScaleModel } from './locationScale';
import { RunModel } from './runs';

const HAZARD = {
  halfLife: 120,
  segmentWeight: 20,
  customerWeight: 1,
  weekdayWeight: 12,
  mostOfCustomer: 4,
};

/**
 * Weights before past origins have said anything; tuned on rolling origins. In order: hazard by due weekday; by part of the month of the due
 * date; by size of the amount; location and scale; payment runs.
 */
const PRIOR_WEIGHTS = {
  paysSingly: [0.2, 0.4, 0.2, 0.2, 0],
  paysInRuns: [0.1, 0.25, 0.05, 0.1, 0.5],
};

export const EXPERTS = 5;

/** What the models say of one customer's items. */
export interface Opinions {
  /** Whether the customer collects items and pays them in runs. */
  paysInRuns: boolean;
  priorWeights: readonly number[];
  /** One distribution per model over the next 180 days and "never"; overwritten by the next call. */
  of: (item: Item) => readonly Float64Array[];
}

/** The models that are mixed, fitted to a book. */
export class Experts {
  private readonly hazards: readonly { of: HazardModel['of'] }[];
  private readonly runs: RunModel;

  constructor(book: Book) {
    this.hazards = [
      new HazardModel(book, HAZARD),
      new HazardModel(book, { ...HAZARD, finer: { cellOf: ({ dueTenth }) => dueTenth, parentWeight: 5 } }),
      new HazardModel(book, { ...HAZARD, finer: { cellOf: ({ size }) => size, parentWeight: 6 } }),
      new LocationScaleModel(book, { halfLife: 90, segmentWeight: 1, weekdayWeight: 5 }),
    ];
    this.runs = new RunModel(book, { halfLife: 150 });
  }

  of(customer: Customer): Opinions {
    const runs = this.runs.of(customer);
    const fills = this.hazards.map((model) => model.of(customer));
    const distributions = Array.from({ length: EXPERTS }, () => new Float64Array(HORIZON_DAYS + 1));
    return {
      paysInRuns: runs !== null,
      priorWeights: runs ? PRIOR_WEIGHTS.paysInRuns : PRIOR_WEIGHTS.paysSingly,
      of(item) {
        fills.forEach((fill, at) => fill(item, distributions[at] ?? new Float64Array(HORIZON_DAYS + 1)));
        const [, byMonth, , , inRuns] = distributions;
        if (runs && inRuns) runs(item, inRuns);
        else if (byMonth) inRuns?.set(byMonth);
        return distributions;
      },
    };
  }
}
