import type { PaidPlan } from '../../connectors/kit';
import type { Row } from '../../warehouse';
import type { RiskOutcome } from '../../workflows';
import type { Person } from '../access/users';
import type { Caps } from '../runtime/bureauBudget';

/** Companies, calls and price of something that is asked. */
export interface RiskSum {
  companies: number;
  calls: number;
  costCny: string;
}

/** What a run of one bureau would do now, before it is started. */
export interface RiskPlan {
  connection: string;
  services: PaidPlan['services'];
  /** All that is due, without caps; a company with many records takes more calls. */
  due: RiskSum;
  /** What today's caps let through, and what waits for the next days. */
  today: RiskSum;
  waiting: RiskSum;
  caps: Caps | null;
  spent: { dayCny: string; monthCny: string; dayCalls: number; monthCalls: number };
  /** Which cap ends it first; null: none does. */
  stoppedBy: 'day' | 'month' | 'none set' | null;
  /** Who comes first, with the money that is open with them. */
  first: PlannedCompany[];
}

export interface PlannedCompany {
  place: number;
  subject: string;
  name: string | null;
  exposureCny: string | null;
  services: number;
  costCny: string;
  isToday: boolean;
}

interface RunRisk {
  /** Default: every connection with a budget. */
  connection?: string;
  maxCalls?: number;
}

export interface ListRiskEvents {
  change?: 'new' | 'known' | 'lifted';
  kind?: string;
  customer?: string;
  /** Found on this day or later, YYYY-MM-DD. */
  since?: string;
  limit: number;
}

export interface ListRiskCost {
  /** YYYY-MM; default the last twelve months. */
  month?: string;
}

/** Credit bureaus: what a run would cost, the run, what it found, what it cost. */
export interface RiskWork {
  plan(connection?: string): Promise<RiskPlan[]>;
  run(input: RunRisk): Promise<RiskOutcome[]>;
  events(filter: ListRiskEvents, person: Person): Promise<Row[]>;
  cost(filter: ListRiskCost): Promise<RiskCost>;
}

export interface RiskCost {
  /** Against the budget, by connection and month (METRICS DAT-7). */
  months: Row[];
  /** By connection, month and service. */
  services: Row[];
}
