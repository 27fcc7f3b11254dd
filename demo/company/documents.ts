import type { Day, Instant } from './days';
import type { Cents } from './money';

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
  /** A supply-chain note (云信) instead of a commercial bill. */
  isNote?: boolean;
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
  kind: 'bank_bill' | 'commercial_bill' | 'supply_chain_note';
  customer: number;
  receiptNumber: string;
  amount: Cents;
  signedDate: Day;
  maturityDate: Day;
  acceptor: string;
  outcome: 'held' | 'matured' | 'endorsed' | 'discounted' | 'dishonoured';
}

export interface ComingPayment {
  customer: number;
  documentNumber: string;
  instalmentLine: number;
  day: Day;
  amount: Cents;
}
