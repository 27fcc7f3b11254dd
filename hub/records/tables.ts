import type { Row } from '../../warehouse';

/** Which rows the hub shows one by one, and how they hang together. Keys are the tables that pages link to. */
export interface RecordTable {
  title: { zh: string; en: string };
  id: string;
  /** Staging entity that a row comes from: its connectors' staging files name the raw streams. */
  entity: string | ((row: Row) => string);
  /** Column whose territory decides who may see the row. Undefined: everybody signed in. */
  customer?: string;
  /** Column → table whose id it holds. */
  links: Record<string, string>;
}

export const RECORD_TABLES: Record<string, RecordTable> = {
  'core.bank_transaction': {
    title: { zh: '银行流水', en: 'Bank line' },
    id: 'bank_transaction_id',
    entity: 'bank_transaction',
    customer: 'customer_id',
    links: { customer_id: 'core.customer', receipt_id: 'core.receipt' },
  },
  'core.receipt': {
    title: { zh: '收款单', en: 'Receipt' },
    id: 'receipt_id',
    entity: ({ receipt_id }) => (String(receipt_id).endsWith('/dishonour') ? 'bill_event' : 'receipt'),
    customer: 'customer_id',
    links: { customer_id: 'core.customer', bank_transaction_id: 'core.bank_transaction' },
  },
  'core.acceptance_bill': {
    title: { zh: '应收票据', en: 'Acceptance bill' },
    id: 'bill_id',
    entity: 'acceptance_bill',
    customer: 'customer_id',
    links: { customer_id: 'core.customer', receipt_id: 'core.receipt' },
  },
  'core.receivable_document': {
    title: { zh: '应收单', en: 'Receivable document' },
    id: 'document_id',
    entity: 'receivable_document',
    customer: 'customer_id',
    links: { customer_id: 'core.customer' },
  },
  'core.open_item': {
    title: { zh: '应收分期', en: 'Open item' },
    id: 'item_id',
    entity: ({ item_id, document_id }) =>
      item_id === document_id || item_id === `${String(document_id)}#retention`
        ? 'receivable_document'
        : 'instalment', // what no plan covers, and our own split
    customer: 'customer_id',
    links: { customer_id: 'core.customer', document_id: 'core.receivable_document' },
  },
  'core.settlement': {
    title: { zh: '结清记录', en: 'Settlement' },
    id: 'settlement_id',
    entity: 'allocation',
    customer: 'customer_id',
    links: {
      item_id: 'core.open_item',
      document_id: 'core.receivable_document',
      receipt_id: 'core.receipt',
      customer_id: 'core.customer',
    },
  },
  'core.forecast_statement': {
    title: { zh: '回款预测', en: 'Forecast statement' },
    id: 'statement_id',
    entity: 'forecast_statement',
    customer: 'customer_id',
    links: { customer_id: 'core.customer' },
  },
  'core.sales_order': {
    title: { zh: '销售订单', en: 'Sales order' },
    id: 'sales_order_id',
    entity: 'sales_order',
    customer: 'customer_id',
    links: { customer_id: 'core.customer' },
  },
  'core.opportunity': {
    title: { zh: '商机', en: 'Opportunity' },
    id: 'opportunity_id',
    entity: 'opportunity',
    customer: 'customer_id',
    links: { customer_id: 'core.customer' },
  },
  'core.activity': {
    title: { zh: '跟进记录', en: 'Activity' },
    id: 'activity_id',
    entity: 'activity',
    customer: 'customer_id',
    links: { customer_id: 'core.customer', opportunity_id: 'core.opportunity' },
  },
  'core.risk_event': {
    title: { zh: '风险事件', en: 'Risk event' },
    id: 'risk_event_id',
    entity: 'risk_event',
    customer: 'customer_id',
    links: { customer_id: 'core.customer' },
  },
  'core.customer': {
    title: { zh: '客户', en: 'Customer' },
    id: 'customer_id',
    entity: 'customer',
    customer: 'customer_id',
    links: {},
  },
};
