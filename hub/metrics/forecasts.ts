import type { Definition } from './definition';

/** METRICS section 5: what people said against what came. */
export const forecasts = {
  '5.2': {
    title: { zh: '预测回款', en: 'Forecast of collections' },
    formula: {
      zh: '截至口径日仍有效、预计日在当月的承诺之和，减去口径日前已到账部分。H1 = 上月最后一天，H2、H3 再早一、两个月。不加概率权重。',
      en: 'Sum of the statements current at the cut-off whose expected date lies in the month, less what had come by the cut-off. H1 = last day before the month; H2 and H3 one and two months earlier. No probability weights.',
    },
    grain: {
      zh: '承诺线索（同一人就同一事项的一串承诺）',
      en: 'thread (one person’s statements about one subject)',
    },
    date: { zh: '预计到账日', en: 'expected date' },
    source: {
      zh: 'marts.forecast_accuracy、marts.forecast_thread：CRM 的回款承诺',
      en: 'marts.forecast_accuracy, marts.forecast_thread: statements of the CRM',
    },
    unit: 'CNY',
    goodUp: null,
  },
  'FVA-1': {
    title: { zh: '加权绝对误差率（WMAPE）', en: 'Weighted absolute error (WMAPE)' },
    formula: {
      zh: 'Σ|预测 − 实际| ÷ Σ实际，按客户 × 月份逐格取绝对值；只有预测或只有回款的客户也算一格，未识别付款方合为一格。准确率 = 1 − WMAPE，可为负。实际 ≤ 0 时不显示。',
      en: 'Σ|forecast − actual| / Σ actual over cells of customer × month; a customer with only one of them is a cell, unknown payers are one cell. Accuracy = 1 − WMAPE, may be negative. Not shown when actual ≤ 0.',
    },
    grain: { zh: '客户 × 月份 × 口径', en: 'customer × month × cut-off' },
    date: {
      zh: '预测按预计到账日，实际按到账日；区域与负责人按口径日',
      en: 'forecast by expected date, actual by value date; region and owner as of the cut-off',
    },
    source: {
      zh: 'marts.forecast_accuracy：回款承诺、银行流水、收款单',
      en: 'marts.forecast_accuracy: statements, bank statements, receipts',
    },
    unit: 'ratio',
    goodUp: false,
  },
  'FVA-2': {
    title: { zh: '偏差', en: 'Bias' },
    formula: {
      zh: 'Σ(预测 − 实际) ÷ Σ实际；为正表示承诺偏多。',
      en: 'Σ(forecast − actual) / Σ actual; positive means too much was promised.',
    },
    grain: { zh: '客户 × 月份 × 口径', en: 'customer × month × cut-off' },
    date: { zh: '预测按预计到账日，实际按到账日', en: 'forecast by expected date, actual by value date' },
    source: {
      zh: 'marts.forecast_accuracy：回款承诺、银行流水、收款单',
      en: 'marts.forecast_accuracy: statements, bank statements, receipts',
    },
    unit: 'ratio',
    goodUp: null,
  },
  'FVA-3': {
    title: { zh: '净准确率', en: 'Net accuracy' },
    formula: {
      zh: '1 − |Σ预测 − Σ实际| ÷ Σ实际。正负误差会相互抵消，须与 WMAPE 同看。',
      en: '1 − |Σ forecast − Σ actual| / Σ actual. Errors cancel in it, so it always stands beside WMAPE.',
    },
    grain: { zh: '所选范围的合计', en: 'total of what is selected' },
    date: { zh: '预测按预计到账日，实际按到账日', en: 'forecast by expected date, actual by value date' },
    source: {
      zh: 'marts.forecast_accuracy：回款承诺、银行流水、收款单',
      en: 'marts.forecast_accuracy: statements, bank statements, receipts',
    },
    unit: 'ratio',
    goodUp: true,
  },
  'FVA-6': {
    title: { zh: '差额分解', en: 'Gap explained' },
    formula: {
      zh: '差额 = 预测 − 实际 = 推迟到账 + 提前到账 + 前期欠款本月到 + 金额差异 + 未付 + 未预测到账 + 未识别 + 退款拒付；各项之和与差额分毫不差。',
      en: 'Gap = forecast − actual = slipped + pulled in + arrears + amount + not paid + unforecast + unidentified + reversed; the parts make the gap to the cent.',
    },
    grain: { zh: '承诺线索或到账的一部分，以分计', en: 'thread or part of a receipt, in cents' },
    date: { zh: '当月；评估到今天为止', en: 'the month; evaluated today' },
    source: {
      zh: 'marts.forecast_gap：回款承诺、银行流水、收款单、核销记录',
      en: 'marts.forecast_gap: statements, bank statements, receipts, allocations',
    },
    unit: 'CNY',
    goodUp: false,
  },
  'FVA-7': {
    title: { zh: '已确认未到账', en: 'Confirmed, no money' },
    formula: {
      zh: '“已确认”的金额在确认日（或说的那天，取较晚者）后的第一个工作日仍未到账，差额超过 1.00 元且超过 0.5%。当日银行流水未导入时不判定；钱到后仍留在此人记录中，并记延迟天数。',
      en: 'A confirmed amount that is short by more than 1.00 and 0.5 % on the first workday after the confirmed day (or the day it was said, if later). Not judged while the bank lines of that day are not loaded; it stays in the person’s record after the money arrives, with the delay.',
    },
    grain: { zh: '承诺', en: 'statement' },
    date: { zh: '确认到账日', en: 'confirmed day' },
    source: {
      zh: 'marts.confirmed_unpaid：回款承诺、银行流水、汇票签收',
      en: 'marts.confirmed_unpaid: statements, bank statements, bills signed for',
    },
    unit: 'CNY',
    goodUp: false,
  },
} as const satisfies Record<string, Definition>;
