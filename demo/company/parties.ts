import type { Day } from './days';
import type { Cents } from './money';

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
