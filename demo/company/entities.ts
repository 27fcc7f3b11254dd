import type { Day, Instant } from './days';
import type { Cents } from './money';

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
  statements: Statement[];
  riskRecords: RiskRecord[];
  taskChains: TaskChain[];
  /** Payments that the customers have in mind for the days from `today` on; live changes and forecasts use them. */
  comingPayments: ComingPayment[];
  planted: Planted;
}

export const REGIONS = ['华东一区', '华东二区', '华南', '华北', '西南'] as const;
export type Region = (typeof REGIONS)[number];

export interface Employee {
  /** Staff number, the same in ERP and CRM. */
  number: string;
  name: string;
  region: Region | null;
  role: 'sales' | 'region_manager' | 'manager' | 'finance';
  managerNumber: string | null;
  /** The CRM's user id. */
  crmId: string;
  joinedDate: Day;
}

export type CustomerClass = 'A' | 'B' | 'C';

export interface Customer {
  customer: number;
  /** As registered; the bureau's name. */
  name: string;
  formerName: string | null;
  erpName: string;
  crmName: string;
  payerName: string;
  shortName: string;
  creditCode: string;
  hasErpCode: boolean;
  hasCrmCode: boolean;
  customerClass: CustomerClass;
  region: Region;
  city: string;
  /** A customer code of the ERP; null for a prospect that only the CRM knows. */
  erpNumber: string | null;
  /** A second record of the same company in the ERP. */
  erpTwin: { number: string; name: string } | null;
  crmId: string;
  createdDate: Day;
  declaredYearlyPurchase: Cents | null;
  isInternal: boolean;
  term: Term;
  habit: Habit;
  bankAccount: string;
  bankName: string;
}

/** When a document is due: N days from its date (`net`) or from the end of its month (`month_end`, 月结). */
export interface Term {
  kind: 'net' | 'month_end' | 'prepaid';
  days: number;
}

/** How a customer behaves; what the numbers of the dashboards are made of. */
export interface Habit {
  ordersPerYear: number;
  /** Middle of its order values, tax included. */
  orderValue: Cents;
  /** Share of its lines that are core products. */
  coreShare: number;
  /** Days after the effective due date, negative for early payers. */
  lateDays: number;
  lateSpread: number;
  /** Pays on this day of the month only. */
  payRunDay: number | null;
  billShare: number;
  partialShare: number;
  returnShare: number;
  /** Weeks with contact in thirteen. */
  contactWeeks: number;
  from: Day;
  until: Day;
}

export interface Product {
  code: string;
  name: string;
  group: string;
  isCore: boolean;
  /** Tax included, one piece. */
  price: Cents;
}

/** Half-open: the customer is this owner's from `validFrom` up to the day before `validTo`. */
export interface TerritoryAssignment {
  customer: number;
  ownerNumber: string;
  region: Region;
  validFrom: Day;
  validTo: Day | null;
}

/** What a document of the ERP carries besides its content. */
interface ErpDocument {
  id: number;
  number: string;
  createdAt: Instant;
  modifiedAt: Instant;
  approvedAt: Instant | null;
  status: 'draft' | 'in_review' | 'approved' | 'cancelled';
}

export interface Order extends ErpDocument {
  customer: number;
  ownerNumber: string;
  orderDate: Day;
  amount: Cents;
  isClosed: boolean;
  lines: OrderLine[];
}

export interface OrderLine {
  id: number;
  product: number;
  quantity: number;
  price: Cents;
  amount: Cents;
}

export interface Delivery extends ErpDocument {
  customer: number;
  orderNumber: string;
  deliveryDate: Day;
  amount: Cents;
  ownerNumber: string;
}

export interface GoodsReturn extends ErpDocument {
  customer: number;
  orderNumber: string;
  returnDate: Day;
  amount: Cents;
  reason: string;
}

export interface ReceivableDocument extends ErpDocument {
  customer: number;
  orderNumber: string;
  documentDate: Day;
  dueDate: Day;
  /** Negative for a credit note (红字). */
  amount: Cents;
  isCreditNote: boolean;
  ownerNumber: string;
  instalments: Instalment[];
}

/** One line of a document's payment plan; a document without a plan of its own has one line. */
export interface Instalment {
  id: number;
  line: number;
  dueDate: Day;
  amount: Cents;
  isRetention: boolean;
  /** What is settled as of the company's last day. */
  settled: Cents;
}

export interface Receipt extends ErpDocument {
  customer: number;
  /** What the clerk entered; often the value date, sometimes a few days later. */
  receiptDate: Day;
  /** The bank's booking date, or the day on which a bill was signed for. */
  valueDate: Day;
  /** Negative for a refund. */
  amount: Cents;
  method: 'cash' | 'bank_bill' | 'commercial_bill';
  /** The bank's voucher number (凭证号); null for bills and the cash desk. */
  voucher: string | null;
  /** The voucher number as the clerk entered it; null where he did not. */
  bankReference: string | null;
  isPrepayment: boolean;
  isCashDesk: boolean;
  remark: string;
}

export type AllocationKind =
  | 'cash'
  | 'bank_bill'
  | 'commercial_bill'
  | 'prepayment_applied'
  | 'credit_note'
  | 'discount'
  | 'deduction'
  | 'bank_fee'
  | 'rounding'
  | 'write_off';

/** Cents of a receipt, a credit note or a concession that settle cents of a document. */
export interface Allocation {
  id: number;
  receiptNumber: string | null;
  documentNumber: string;
  instalmentLine: number;
  creditNoteNumber: string | null;
  kind: AllocationKind;
  amount: Cents;
  allocatedAt: Instant;
  valueDate: Day;
}

/** An acceptance bill (承兑汇票) from signing to its end. */
export interface Bill {
  number: string;
  kind: 'bank_bill' | 'commercial_bill';
  customer: number;
  receiptNumber: string;
  amount: Cents;
  signedDate: Day;
  maturityDate: Day;
  acceptor: string;
  outcome: 'held' | 'matured' | 'endorsed' | 'discounted';
}

export type BankCategory =
  | 'customer'
  | 'internal'
  | 'interest'
  | 'tax'
  | 'loan'
  | 'refund'
  | 'supplier'
  | 'payroll'
  | 'fee'
  | 'bill'
  | 'unknown_payer';

export interface BankLine {
  account: string;
  bookedAt: Instant;
  valueDate: Day;
  /** Positive: money in. */
  amount: Cents;
  counterpartyName: string;
  counterpartyAccount: string;
  counterpartyBank: string;
  summary: string;
  purpose: string;
  reference: string;
  balance: Cents;
  category: BankCategory;
  customer: number | null;
}

export type Stage = '线索确认' | '需求沟通' | '技术评审' | '商务谈判' | '合同签订' | '赢单' | '输单';

export interface StageChange {
  from: Stage | null;
  to: Stage;
  changedAt: Instant;
}

export interface Opportunity {
  crmId: string;
  name: string;
  customer: number;
  ownerNumber: string;
  amount: Cents;
  createdAt: Instant;
  stage: Stage;
  status: 'open' | 'won' | 'lost' | 'invalid';
  expectedCloseDate: Day;
  closedDate: Day | null;
  lostReason: string | null;
  leadSource: string;
  businessLine: string;
  changes: StageChange[];
}

export type ActivityType =
  | 'visit'
  | 'call'
  | 'meeting'
  | 'message_in'
  | 'message_out'
  | 'quotation'
  | 'sample'
  | 'drawing'
  | 'internal_note'
  | 'planned';

export interface Activity {
  customer: number;
  /** Place in `company.opportunities`. */
  opportunity: number | null;
  ownerNumber: string;
  type: ActivityType;
  occurredAt: Instant;
  note: string;
}

/** One version of what a person said about money to come. Never changed; a new opinion is a new version. */
export interface Statement {
  threadKey: string;
  version: number;
  customer: number;
  subjectKind: 'document' | 'order' | 'none';
  subjectNumber: string | null;
  statedAt: Instant;
  statedBy: string;
  amount: Cents;
  expectedDate: Day;
  certainty: 'expected' | 'promised' | 'confirmed';
  method: 'cash' | 'bank_bill';
  evidence: string | null;
  isWithdrawn: boolean;
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
  | 'equity_freeze'
  | 'controller_change';

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

export interface ComingPayment {
  customer: number;
  documentNumber: string;
  instalmentLine: number;
  day: Day;
  amount: Cents;
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
}
