import type { Day, Instant } from './days';
import type { Cents } from './money';

export type Stage = '线索确认' | '需求沟通' | '技术评审' | '商务谈判' | '合同签订' | '赢单' | '输单';

export interface StageChange {
  from: Stage | null;
  to: Stage;
  changedAt: Instant;
}

/** A change of an opportunity's amount or expected close. */
export interface OpportunityEdit {
  changedAt: Instant;
  amount?: { from: Cents; to: Cents };
  close?: { from: Day; to: Day };
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
  edits: OpportunityEdit[];
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

/** A person at a customer, as the CRM knows them. */
export interface Contact {
  customer: number;
  name: string;
  title: string;
  department: string;
  mobile: string;
  isKeyPerson: boolean;
  createdDate: Day;
  leftDate: Day | null;
}

/** The planted job change: a purchasing manager left one customer and works for another under the same mobile number. */
export interface MovedContact {
  name: string;
  from: number;
  to: number;
  movedDate: Day;
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
