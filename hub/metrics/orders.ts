import type { Definition } from './definition';

/** METRICS section 2. */
export const orders = {
  'ORD-1': {
    title: { zh: '订单额', en: 'Order intake' },
    formula: {
      zh: '已审核且未取消的订单行含税金额之和，按现行金额；关闭未交的余量仍计入，另见关闭未交额。',
      en: 'Sum of the tax-inclusive line amounts of orders that are approved and not cancelled, at their current amount; a remainder closed short stays in and is shown apart.',
    },
    grain: { zh: '订单行', en: 'order line' },
    date: { zh: '订单日期', en: 'order date' },
    source: {
      zh: 'marts.order_flow：ERP 的销售订单',
      en: 'marts.order_flow: sales orders of the ERP',
    },
    unit: 'CNY',
    goodUp: true,
  },
  'ORD-2': {
    title: { zh: '在手未交订单', en: 'Backlog' },
    formula: {
      zh: '未关闭订单行的（订购 − 已发 + 换货退回，最少为 0）× 订单单价。发货单不带订单行的来源不提供此数，显示“—”。',
      en: 'Of open order lines, (ordered − delivered + returned for replacement, at least 0) × order price. A source whose deliveries know no order lines gives none: “—”.',
    },
    grain: { zh: '订单行 × 截止日', en: 'order line and as-of day' },
    date: { zh: '每笔发货、退货各按其日期', en: 'each movement on its own date' },
    source: {
      zh: 'marts.order_backlog：ERP 的订单行及其发货、退货、开票明细',
      en: 'marts.order_backlog: order lines of the ERP with the lines of their deliveries, returns and documents',
    },
    unit: 'CNY',
    goodUp: null,
  },
  'ORD-3': {
    title: { zh: '关闭未交额', en: 'Closed short' },
    formula: {
      zh: '期间内关闭的订单行的未交数量 × 订单单价。',
      en: 'Undelivered quantity of order lines closed in the period × order price.',
    },
    grain: { zh: '订单行', en: 'order line' },
    date: { zh: '关闭日期', en: 'closing date' },
    source: {
      zh: 'marts.order_flow：ERP 的订单行及其发货、关闭明细',
      en: 'marts.order_flow: order lines of the ERP with their deliveries and closings',
    },
    unit: 'CNY',
    goodUp: false,
  },
  'ORD-4': {
    title: { zh: '发货额', en: 'Delivered value' },
    formula: {
      zh: '发货数量 × 订单单价之和；退货不作负发货，另见退换货率。',
      en: 'Sum of delivered quantity × order price; returns are no negative deliveries, they have a rate of their own.',
    },
    grain: { zh: '发货单', en: 'delivery' },
    date: { zh: '发货日期', en: 'delivery date' },
    source: { zh: 'marts.order_flow：ERP 的销售出库单', en: 'marts.order_flow: deliveries of the ERP' },
    unit: 'CNY',
    goodUp: true,
  },
  'ORD-5': {
    title: { zh: '发出商品未开票', en: 'Delivered, not invoiced' },
    formula: {
      zh: '（已发 − 退回 − 已开票数量，最少为 0）× 订单单价。不是应收，但计入信用敞口。发货单不带订单行的来源按客户金额估计：已发 − 退回 − 开票，最少为 0。',
      en: '(delivered − returned − invoiced quantity, at least 0) × order price. No receivable, but part of the exposure. Where deliveries know no order lines it is estimated by value per customer: delivered − returned − billed, at least 0.',
    },
    grain: { zh: '订单行 × 截止日', en: 'order line and as-of day' },
    date: { zh: '每笔发货、退货、开票各按其日期', en: 'each movement on its own date' },
    source: {
      zh: 'marts.order_backlog：ERP 的订单、发货、退货、应收单',
      en: 'marts.order_backlog: orders, deliveries, returns and receivable documents of the ERP',
    },
    unit: 'CNY',
    goodUp: false,
  },
  'ORD-6': {
    title: { zh: '开票额与赊销额', en: 'Billings and credit sales' },
    formula: {
      zh: '开票额 = 已审核应收单之和，红字计入其当月；赊销额 = 开票额 − 立账日当天或之前收到的款项已抵付的部分。',
      en: 'Billings = sum of approved receivable documents, credit notes in their own month; credit sales = billings − the part that money received on or before the document date pays.',
    },
    grain: { zh: '应收单', en: 'receivable document' },
    date: { zh: '立账日', en: 'document date' },
    source: {
      zh: 'marts.billing：ERP 的应收单、收款单、核销记录',
      en: 'marts.billing: receivable documents, receipts and allocations of the ERP',
    },
    unit: 'CNY',
    goodUp: null,
  },
  'ORD-7': {
    title: { zh: '退换货率', en: 'Return rate' },
    formula: {
      zh: '期间退换货额 ÷ 期间发货额；换货计入。没有发货时显示“—”。',
      en: 'Value returned in the period / value delivered in the period; exchanges are in. Without deliveries “—”.',
    },
    grain: { zh: '发货单、退货单', en: 'delivery, return' },
    date: { zh: '发货日期、退货日期', en: 'day of delivery, day of return' },
    source: {
      zh: 'marts.order_flow：ERP 的销售出库单、销售退货单',
      en: 'marts.order_flow: deliveries and returns of the ERP',
    },
    unit: 'ratio',
    goodUp: false,
  },
} as const satisfies Record<string, Definition>;
