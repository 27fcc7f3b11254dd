import { z } from 'zod';
import { businessDate, defineStream, flag, integer, money, quantity, type Stream, utcTime } from '../kit';

/**
 * Objects of Salesforce in the vendor's own field names. Times come as 2026-01-05T08:00:00.000+0000, days as 2026-01-05, amounts as
 * bare numbers; an empty field is null. Ids have 18 characters.
 */
const text = () => z.string().nullable();

const standardFields = () => ({
  Id: z.string(),
  IsDeleted: flag(),
  CreatedDate: utcTime(),
  SystemModstamp: utcTime(), // grows with every change, also one that a process made
});

/** A long transaction commits after the time it writes; the vendor says "a few minutes". */
const cursor = { field: 'SystemModstamp', tie: 'Id', overlap: '10 minutes' } as const;

const object = (
  name: string,
  vendorName: string,
  fields: z.ZodRawShape,
  more: { amount?: string } = {},
): Stream =>
  defineStream({
    name,
    vendorName,
    key: ['Id'],
    cursor,
    isProjected: true,
    contract: z.object({ ...standardFields(), ...fields }),
    ...more,
  });

const accounts = object('accounts', 'Account', {
  Name: z.string(),
  OwnerId: text(),
  ParentId: text(),
  MasterRecordId: text(), // of a record that was merged into another one
  Type: text(),
  Industry: text(),
  BillingState: text(),
  IsPersonAccount: flag().nullable(),
  Credit_Code__c: text(),
  Class__c: text(),
});

const contacts = object('contacts', 'Contact', {
  AccountId: text(),
  Name: text(),
  Title: text(),
  Department: text(),
  Email: text(),
  Phone: text(),
  MobilePhone: text(),
});

const leads = object('leads', 'Lead', {
  Name: text(),
  Company: text(),
  Status: text(),
  OwnerId: text(),
  LeadSource: text(),
  IsConverted: flag(),
  ConvertedDate: businessDate().nullable(),
  ConvertedAccountId: text(),
  ConvertedOpportunityId: text(),
});

const opportunities = object(
  'opportunities',
  'Opportunity',
  {
    Name: text(),
    AccountId: text(),
    OwnerId: text(),
    StageName: z.string(),
    Amount: money().nullable(),
    CurrencyIsoCode: text(),
    Probability: quantity().nullable(),
    CloseDate: businessDate().nullable(),
    IsClosed: flag(),
    IsWon: flag(),
    LeadSource: text(),
    LastStageChangeDate: utcTime().nullable(),
    Business_Line__c: text(),
    Loss_Reason__c: text(),
  },
  { amount: 'Amount' },
);

const stages = defineStream({
  name: 'opportunity_stages',
  vendorName: 'OpportunityStage',
  key: ['Id'],
  cursor,
  isProjected: true,
  contract: z.object({
    Id: z.string(),
    ApiName: text(),
    MasterLabel: z.string(),
    SortOrder: integer(),
    IsActive: flag(),
    IsClosed: flag(),
    IsWon: flag(),
    SystemModstamp: utcTime(),
  }),
});

const tasks = object('tasks', 'Task', {
  WhatId: text(),
  WhoId: text(),
  AccountId: text(),
  OwnerId: text(),
  Subject: text(),
  Type: text(),
  TaskSubtype: text(),
  CallType: text(),
  Status: text(),
  IsClosed: flag(),
  ActivityDate: businessDate().nullable(),
  CompletedDateTime: utcTime().nullable(),
});

const events = object('events', 'Event', {
  WhatId: text(),
  WhoId: text(),
  AccountId: text(),
  OwnerId: text(),
  Subject: text(),
  Type: text(),
  ActivityDate: businessDate().nullable(),
  StartDateTime: utcTime().nullable(),
  EndDateTime: utcTime().nullable(),
});

/** The people of the org. Nobody is ever deleted, only switched off. */
const users = defineStream({
  name: 'users',
  vendorName: 'User',
  key: ['Id'],
  cursor,
  isProjected: true,
  contract: z.object({
    Id: z.string(),
    Name: z.string(),
    EmployeeNumber: text(),
    Title: text(),
    Department: text(),
    ManagerId: text(),
    IsActive: flag(),
    UserType: text(),
    CreatedDate: utcTime(),
    SystemModstamp: utcTime(),
  }),
});

/** One row at the creation and at each change of stage, amount, probability or closing day: the values after it. Never changed. */
const opportunityHistory = defineStream({
  name: 'opportunity_history',
  vendorName: 'OpportunityHistory',
  key: ['Id'],
  cursor: { ...cursor, field: 'CreatedDate' },
  isProjected: true,
  contract: z.object({
    Id: z.string(),
    OpportunityId: z.string(),
    StageName: z.string(),
    Amount: money().nullable(),
    CurrencyIsoCode: text(),
    CloseDate: businessDate().nullable(),
    CreatedById: text(),
    CreatedDate: utcTime(),
    IsDeleted: flag(),
  }),
});

/** Changes of the fields whose history an administrator switched on; kept 18 to 24 months. Of a lookup two rows: names, and ids. */
export const opportunityFieldHistory = defineStream({
  name: 'opportunity_field_history',
  vendorName: 'OpportunityFieldHistory',
  key: ['Id'],
  cursor: { ...cursor, field: 'CreatedDate' },
  isProjected: true,
  contract: z.object({
    Id: z.string(),
    OpportunityId: z.string(),
    Field: z.string(),
    OldValue: text(),
    NewValue: text(),
    CreatedById: text(),
    CreatedDate: utcTime(),
    IsDeleted: flag(),
  }),
});

/** Currencies of the amounts, with the rate that the config gives; one without a rate has no amount in CNY. Read whole. */
export const currencies = defineStream({
  name: 'currencies',
  vendorName: 'CurrencyIsoCode',
  key: ['iso_code'],
  contract: z.object({
    iso_code: z.string(),
    is_default: flag(), // of orgs with one currency, and of records without a code
    cny_rate: quantity().nullable(),
    opportunities: integer(),
  }),
});

/** Which fields of our contracts this user sees; every change is kept. Read whole. */
export const fields = defineStream({
  name: 'fields',
  vendorName: 'describe',
  key: ['object', 'field'],
  snapshot: ['is_visible'],
  contract: z.object({ object: z.string(), field: z.string(), is_visible: flag() }),
});

export const objectStreams: readonly Stream[] = [
  users,
  accounts,
  contacts,
  leads,
  stages,
  opportunities,
  opportunityHistory,
  opportunityFieldHistory,
  tasks,
  events,
];

/** Fields that only some orgs have (a feature is on, an own field was made): what is missing of these says nothing about rights. */
export const SOME_ORGS: ReadonlySet<string> = new Set([
  'CurrencyIsoCode',
  'IsPersonAccount',
  'LastStageChangeDate',
  'CompletedDateTime',
  'Credit_Code__c',
  'Class__c',
  'Business_Line__c',
  'Loss_Reason__c',
]);
