import { z } from 'zod';
import { businessDate, integer, money, quantity } from '../../kit';
import { defineModel, reference, text } from '../model';

/** 销售订单. Amounts are in the sale's own currency, total_amount with tax. */
export const sales = defineModel({
  name: 'sales',
  vendorName: 'sale.sale',
  group: '"Sales"',
  amount: 'total_amount',
  contract: {
    number: text(), // null in a draft
    reference: text(), // the customer's own order number
    party: reference(),
    sale_date: businessDate().nullable(),
    state: z.string(), // draft, quotation, confirmed, processing, done, cancelled
    shipment_state: text(),
    invoice_state: text(),
    currency: reference(),
    untaxed_amount: money().nullable(),
    tax_amount: money().nullable(),
    total_amount: money().nullable(),
    quoted_by: reference(), // an employee, if the user had one chosen
    confirmed_by: reference(),
    origin: text(), // sale.opportunity,2 when it was converted from one
  },
});

/** 订单行, also titles, comments and subtotals: only type = line has an amount. Without tax. */
export const saleLines = defineModel({
  name: 'sale_lines',
  vendorName: 'sale.line',
  group: '"Sales"',
  contract: {
    sale: reference(),
    type: z.string(),
    sequence: integer().nullable(),
    product: reference(),
    quantity: quantity().nullable(),
    unit_price: quantity().nullable(), // four decimals
    amount: money().nullable(),
  },
});

/** 商机. Its amount follows the quotation once it is converted. */
export const opportunities = defineModel({
  name: 'opportunities',
  vendorName: 'sale.opportunity',
  group: '"Sale Opportunity"',
  contract: {
    number: text(),
    description: text(),
    party: reference(),
    employee: reference(),
    currency: reference(),
    amount: money().nullable(),
    conversion_probability: quantity().nullable(),
    state: z.string(), // lead, opportunity, converted, won, lost, cancelled
    lost_reason: text(),
    start_date: businessDate(),
    end_date: businessDate().nullable(), // expected while open; won, lost and cancelled write the day
  },
});

/**
 * What Tryton logged about the states of opportunities and sales. A transition writes `state:<new>`; lost and cancel write
 * the state themselves and leave only the click of their button; won leaves nothing, but the order's confirmation does.
 */
export const stateLog = defineModel({
  name: 'state_log',
  vendorName: 'ir.model.log',
  contract: { resource: text(), event: z.string(), target: text() },
  domain: [
    'OR',
    [
      ['event', '=', 'transition'],
      ['OR', ['resource', 'like', 'sale.opportunity,%'], ['resource', 'like', 'sale.sale,%']],
    ],
    [
      ['event', '=', 'button'],
      ['resource', 'like', 'sale.opportunity,%'],
      ['target', 'in', ['lost', 'cancel']],
    ],
  ],
});
