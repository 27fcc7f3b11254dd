import { z } from 'zod';
import { businessDate, defineStream, flag, integer, json, money, utcTime } from '../kit';

/**
 * Everything that was paid for, in one stream, since one paid scan fills it: for each company and service a record of the
 * check itself (`item_id` is 'check ' and its day; also when nothing was found) and one for each item that came.
 * A check of another day is another record, and so is each item that it held: every check stays as the picture it was, and
 * what is new or gone shows by comparing two. (Before `record_ref` was there, an item that came again was the same record with
 * a new `checked_at`; such rows count as what their last check held.)
 */
export const answers = defineStream({
  name: 'answers',
  vendorName: 'openapi.qcc.com',
  key: ['company', 'service', 'item_id'],
  contract: z.object({
    company: z.string(), // what was asked with: the credit code, else the name
    service: z.string(), // ShixinCheck, …: services.ts
    item_id: z.string(),
    record: z.enum(['check', 'item']),
    credit_code: z.string().nullable(),
    company_name: z.string().nullable(),
    checked_at: utcTime(), // when the check of this company began; its items have the same

    // of a check
    status: z.string().nullable(), // 200 found or not, 201 nothing found; others: the company cannot be asked
    order_number: z.string().nullable(), // the vendor's number for its bill
    total: integer().nullable(), // items the bureau has
    read: integer().nullable(), // items that were bought, fewer where maxPages ended it
    calls: integer().nullable(),
    cost_cny: money().nullable(),
    registered_name: z.string().nullable(), // of ActualControl and BasicDetails
    former_names: z.string().nullable(), // of BasicDetails: 曾用名, joined by '|'
    controller_name: z.string().nullable(),
    controller_key: z.string().nullable(),

    // of an item
    record_ref: z.string().nullable(), // the bureau's own id of it, the same in every check
    event_date: businessDate().nullable(),
    amount_cny: money().nullable(),
    title: z.string().nullable(),
    case_number: z.string().nullable(),
    is_released: flag().nullable(),

    vendor_record: json().nullable(), // as it came
  }),
});
