import type { BankLine } from './banking';
import type { Activity, Contact, MovedContact, Opportunity, Statement } from './crm';
import type { Day, Instant } from './days';
import type {
  Allocation,
  Bill,
  ComingPayment,
  Delivery,
  GoodsReturn,
  Order,
  ReceivableDocument,
  Receipt,
} from './documents';
import type { Cents } from './money';
import type { Customer, Employee, Product, Region, TerritoryAssignment } from './parties';

export type {
  Region,
  Employee,
  CustomerClass,
  Customer,
  Term,
  Habit,
  Product,
  TerritoryAssignment,
} from './parties';
export type {
  Order,
  OrderLine,
  Delivery,
  GoodsReturn,
  ReceivableDocument,
  Instalment,
  Receipt,
  AllocationKind,
  Allocation,
  Bill,
  ComingPayment,
} from './documents';
export type { BankCategory, BankLine } from './banking';
export type { Stage, StageChange, Opportunity, ActivityType, Activity, Contact, Statement } from './crm';
export { REGIONS } from './parties';

/**
 * The demo company's world, as a person who knows everything would write it down. Feeds turn it into what each vendor's
 * system would hold; nobody reads these shapes but feeds, truths and tests. Customers are named by `customer`, their
 * place in `company.customers`; people by their staff number.
 */
export interface Company {
  seed: number;
  /** The day on which it is shown; history ends the day before. */
  today: Day;
  firstDay: Day;
  /** Yesterday: the last day with data. */
  lastDay: Day;
  employees: Employee[];
  customers: Customer[];
  products: Product[];
  assignments: TerritoryAssignment[];
  orders: Order[];
  deliveries: Delivery[];
  returns: GoodsReturn[];
  documents: ReceivableDocument[];
  receipts: Receipt[];
  /** Money that the bank has booked and no clerk has entered yet: the last days. */
  unbookedReceipts: Receipt[];
  allocations: Allocation[];
  bills: Bill[];
  bankLines: BankLine[];
  opportunities: Opportunity[];
  activities: Activity[];
  contacts: Contact[];
  statements: Statement[];
  riskRecords: RiskRecord[];
  taskChains: TaskChain[];
  /** Payments that the customers have in mind for the days from `today` on; live changes and forecasts use them. */
  comingPayments: ComingPayment[];
  planted: Planted;
}

export type RiskKind =
  | 'dishonest_debtor'
  | 'enforcement'
  | 'high_consumption_limit'
  | 'defendant'
  | 'environmental_penalty'
  | 'administrative_penalty'
  | 'abnormal_operation'
  | 'tax_arrears'
  | 'equity_freeze';

/** What the credit bureau has on file about a company. */
export interface RiskRecord {
  customer: number;
  kind: RiskKind;
  eventDate: Day;
  amount: Cents | null;
  title: string;
  caseNumber: string;
  authority: string;
}

/** The chain of an order from signing to delivery; node 3 is the technical briefing (技术交底会). */
export interface TaskChain {
  orderNumber: string;
  openedDate: Day;
  nodes: TaskNode[];
}

export interface TaskNode {
  node: number;
  name: string;
  plannedDate: Day;
  doneAt: Instant | null;
  confirmedBy: string[];
  missing: string[];
}

/** What was planted, by place or number; `truths.ts` turns it into what tests expect. */
export interface Planted {
  gapMonth: Day;
  gapDocuments: string[];
  gapThreads: string[];
  redCustomer: number;
  fiveNames: number;
  handover: { region: Region; fromNumber: string; toNumber: string; date: Day };
  blockedOrder: string;
  movedContact: MovedContact;
}
