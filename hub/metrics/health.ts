import type { Definition, Text } from './definition';

const perCustomer: Text = { zh: '客户 × 月份', en: 'customer × month' };
const monthEnd: Text = { zh: '月末，往前 12 个月', en: 'month end, 12 months back' };

/** METRICS section 8. */
export const health = {
  'HEA-1': {
    title: { zh: '付款准时率（权重 30）', en: 'Payment punctuality (weight 30)' },
    formula: {
      zh: '按金额加权的得分：不晚 100，晚 7 天 85、15 天 70、30 天 50、60 天 25、90 天 10、120 天及以上 0；含仍逾期未付部分。不足 3 笔或 10,000 元时缺失。',
      en: 'Mean of points weighted by amount: not late 100, 7 days 85, 15 days 70, 30 days 50, 60 days 25, 90 days 10, 120 or more 0; open overdue parts count. Missing with fewer than 3 items or 10,000.',
    },
    grain: perCustomer,
    date: monthEnd,
    source: {
      zh: 'marts.customer_health：ERP 的应收单与核销',
      en: 'marts.customer_health: receivable documents and settlements of the ERP',
    },
    unit: 'score',
    goodUp: true,
  },
  'HEA-2': {
    title: { zh: '需求匹配度（权重 25）', en: 'Demand match (weight 25)' },
    formula: {
      zh: '三项平均：赢单金额占比（50% 得 100）、核心产品订单占比、占客户申报年采购额（30% 得 100）。已知不足两项时缺失。',
      en: 'Mean of: won share of closed value (50 % gives 100), share of core products in orders, share of the customer’s declared yearly purchases (30 % gives 100). Missing with fewer than two known.',
    },
    grain: perCustomer,
    date: monthEnd,
    source: {
      zh: 'marts.customer_health：CRM 商机、ERP 订单',
      en: 'marts.customer_health: opportunities of the CRM, orders of the ERP',
    },
    unit: 'score',
    goodUp: true,
  },
  'HEA-3': {
    title: { zh: '互动活跃度（权重 20）', en: 'Interaction (weight 20)' },
    formula: {
      zh: '0.6 × 近 13 周有接触的周数 ÷ 目标周数（A 8、B 5、C 3）+ 0.4 × 最近接触（14 天内 100，30 天 70，60 天 30，90 天及以上 0）。无来源覆盖该客户时缺失。',
      en: '0.6 × weeks with contact in the last 13 / target weeks (A 8, B 5, C 3) + 0.4 × recency (14 days 100, 30 days 70, 60 days 30, 90 or more 0). Missing when no source covers the customer.',
    },
    grain: perCustomer,
    date: { zh: '月末，往前 13 周', en: 'month end, 13 weeks back' },
    source: {
      zh: 'marts.customer_health：CRM 的拜访、通话、消息',
      en: 'marts.customer_health: visits, calls and messages of the CRM',
    },
    unit: 'score',
    goodUp: true,
  },
  'HEA-4': {
    title: { zh: '订单稳定与退换（权重 15）', en: 'Orders and returns (weight 15)' },
    formula: {
      zh: '0.7 ×（近 6 个月订单 ÷ 前 6 个月、下单间隔 ÷ 间隔中位数 两项平均）+ 0.3 × 退货率得分（0 得 100，2% 80，5% 50，10% 及以上 0）。24 个月不足 3 单时缺失。',
      en: '0.7 × mean of (orders of 6 months / the 6 before, gap since the last order / median gap) + 0.3 × return rate (0 gives 100, 2 % 80, 5 % 50, 10 % or more 0). Missing with fewer than 3 orders in 24 months.',
    },
    grain: perCustomer,
    date: monthEnd,
    source: {
      zh: 'marts.customer_health：ERP 的订单、发货、退货',
      en: 'marts.customer_health: orders, deliveries and returns of the ERP',
    },
    unit: 'score',
    goodUp: true,
  },
  'HEA-5': {
    title: { zh: '风险（权重 10）', en: 'Risk (weight 10)' },
    formula: {
      zh: '100 − 扣分：失信或破产 100，限高或严重违法 60，被执行 50，股权冻结 40，欠税 30，经营异常 25；诉讼、处罚、实控人变更按 180 天半衰期递减。180 天内无成功查询时缺失。',
      en: '100 − points: dishonest debtor or bankruptcy 100, consumption limit or serious violation 60, enforcement 50, equity freeze 40, tax arrears 30, abnormal operation 25; lawsuits, penalties and changes of controller fade with a half-life of 180 days. Missing without a successful check in 180 days.',
    },
    grain: perCustomer,
    date: { zh: '月末', en: 'month end' },
    source: { zh: 'marts.customer_health：征信平台', en: 'marts.customer_health: credit bureaus' },
    unit: 'score',
    goodUp: true,
  },
  'HEA-6': {
    title: { zh: '健康分与灯色', en: 'Health score and colour' },
    formula: {
      zh: '已知指标按权重平均；覆盖度不足 60% 为灰（数据不足）。≥ 70 绿，≥ 50 黄，其余红。失信、破产或 90 天以上大额逾期直接为红。数据源失败的指标沿用上月一次；缺数据不使颜色变好。权重、曲线、限额可在 millrace.yaml 中改，冻结的月份保留当时的口径。',
      en: 'Weighted mean of the known indicators; coverage below 60 % is grey. Green from 70, yellow from 50, red below. Dishonest debtor, bankruptcy or a large overdue of more than 90 days is red at once. An indicator whose source failed keeps last month’s value once; missing data make no colour better. Weights, curves and limits may be the company’s own; a frozen month keeps those of its freeze.',
    },
    grain: perCustomer,
    date: { zh: '月末；次月第 3 个工作日冻结', en: 'month end; frozen on the third workday after it' },
    source: { zh: 'marts.customer_health：五项指标', en: 'marts.customer_health: the five indicators' },
    unit: 'score',
    goodUp: true,
  },
  'HEA-7': {
    title: { zh: '连续两月红灯', en: 'Two reds' },
    formula: {
      zh: '连续两个月冻结结果均为红；灰、其他颜色或中断则重新起算。每段连续红灯只建议一次替代开发计划。',
      en: 'Red in the freezes of two months in a row; grey, another colour or a gap breaks it. One suggestion of a replacement plan per streak.',
    },
    grain: { zh: '客户 × 连续红灯', en: 'customer × streak' },
    date: { zh: '第二个红灯月', en: 'the second red month' },
    source: { zh: 'marts.two_reds：冻结的健康度', en: 'marts.two_reds: frozen health' },
    unit: 'count',
    goodUp: false,
  },
  'HEA-8': {
    title: { zh: '健康度分布', en: 'Distribution of health' },
    formula: {
      zh: '各灯色客户数 ÷ 有灯色（绿、黄、红）的客户数；灰色另计。金额按应收账款余额。',
      en: 'Customers per colour / customers with a colour (green, yellow, red); grey is counted beside. By amount: receivables.',
    },
    grain: perCustomer,
    date: { zh: '月末', en: 'month end' },
    source: {
      zh: 'marts.customer_health：五项指标、应收账款余额',
      en: 'marts.customer_health: the five indicators, receivables',
    },
    unit: 'ratio',
    goodUp: null,
  },
} as const satisfies Record<string, Definition>;
