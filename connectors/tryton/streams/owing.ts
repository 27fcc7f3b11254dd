import { z } from 'zod';
import { businessDate, flag, integer, money, quantity } from '../../kit';
import { defineModel, reference, text } from '../model';

const ACCOUNTING = '"Accounting" (in 7.0 "Account")';

/** Customer invoices; a credit note (红字发票) is one with a negative total. Amounts are in the invoice's currency. */
export const invoices = defineModel({
  name: 'invoices',
  vendorName: 'account.invoice',
  group: ACCOUNTING,
  amount: 'total_amount',
  contract: {
    number: text(), // null until posted; unique only within its sequence and fiscal year
    reference: text(),
    party: reference(),
    state: z.string(), // draft, validated, posted, paid, cancelled
    invoice_date: businessDate().nullable(),
    currency: reference(),
    untaxed_amount: money().nullable(),
    total_amount: money().nullable(),
    move: reference(),
    cancel_move: reference(), // of a credited invoice: the credit note's move
  },
  domain: [['type', '=', 'out']],
});

/** Which order line an invoice bills, and how much of it: its lines come from order lines, a credit note's from the invoice's lines. */
export const invoiceLines = defineModel({
  name: 'invoice_lines',
  vendorName: 'account.invoice.line',
  group: ACCOUNTING,
  contract: { invoice: reference(), origin: text(), quantity: quantity().nullable() },
  domain: [
    ['invoice.type', '=', 'out'],
    ['OR', ['origin', 'like', 'sale.line,%'], ['origin', 'like', 'account.invoice.line,%']],
  ],
});

/**
 * Which payment belongs to which invoice while it is not paid in full: until then nothing is reconciled. The relation's own
 * model cannot be read over RPC (403), so the list in the invoice is spread; a line pays one invoice at most.
 */
export const invoicePayments = defineModel({
  name: 'invoice_payments',
  vendorName: 'account.invoice',
  group: ACCOUNTING,
  contract: { line: integer() },
  expand: { from: 'payment_lines', to: 'line', id: 'invoice' },
  domain: [
    ['type', '=', 'out'],
    ['payment_lines', '!=', null],
  ],
});

/** Journal entries that touch a receivable account. */
export const moves = defineModel({
  name: 'moves',
  vendorName: 'account.move',
  group: ACCOUNTING,
  contract: {
    number: text(),
    date: businessDate(),
    post_date: businessDate().nullable(),
    journal: reference(),
    origin: text(), // account.invoice,5; account.statement,2; account.move,9 when it cancels that one; null by hand
    state: z.string(), // draft, posted
  },
  domain: [['lines.account.type.receivable', '=', true]],
});

/** 应收科目的分录行: the receivable ledger itself, in the company's currency. Lines of one reconciliation add up to zero. */
export const receivableLines = defineModel({
  name: 'receivable_lines',
  vendorName: 'account.move.line',
  group: ACCOUNTING,
  contract: {
    move: reference(),
    party: reference(),
    debit: money(),
    credit: money(),
    maturity_date: businessDate().nullable(),
    reconciliation: reference(),
    origin: text(), // account.statement.line,3
    second_currency: reference(),
    amount_second_currency: money().nullable(),
    description: text(),
  },
  domain: [['account.type.receivable', '=', true]],
});

export const reconciliations = defineModel({
  name: 'reconciliations',
  vendorName: 'account.move.reconciliation',
  group: ACCOUNTING,
  contract: { number: text(), date: businessDate() },
  domain: [['lines.account.type.receivable', '=', true]],
});

export const journals = defineModel({
  name: 'journals',
  vendorName: 'account.journal',
  contract: { code: text(), name: text(), type: z.string(), active: flag() },
});

export const statements = defineModel({
  name: 'statements',
  vendorName: 'account.statement',
  group: '"Statement"',
  contract: { name: text(), date: businessDate(), state: z.string(), journal: reference() },
});

/** 银行对账单行: what a receipt's own line cannot say, its number and text. */
export const statementLines = defineModel({
  name: 'statement_lines',
  vendorName: 'account.statement.line',
  group: '"Statement"',
  amount: 'amount',
  contract: {
    statement: reference(),
    number: text(),
    date: businessDate(),
    amount: money(),
    party: reference(),
    related_to: text(), // account.invoice,1; null for an advance
    description: text(),
    move: reference(),
  },
});
