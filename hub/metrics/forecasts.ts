import type { Definition } from './definition';

/** METRICS section 5: what people said against what came. */
export const forecasts = {
  '5.2': {
    title: { zh: '预测回款', en: 'Forecast of collections' },
    formula: {
      zh: '截至口径日仍有效、预计日在当月的承诺之和，减去口径日前已到账部分。H1 = 上月最后一天，H2、H3 再早一、两个月；近 13 周另有每周日口径。不加概率权重。',
      en: 'Sum of the statements current at the cut-off whose expected date lies in the month, less what had come by the cut-off. H1 = last day before the month; H2 and H3 one and two months earlier; for the last 13 weeks each Sunday too. No probability weights.',
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
    grain: {
      zh: '客户 × 月份 × 口径 × 来源 × 确定性范围',
      en: 'customer × month × cut-off × source × certainty set',
    },
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
  'FVA-4': {
    title: { zh: '平均绝对标度误差（MASE）', en: 'Mean absolute scaled error (MASE)' },
    formula: {
      zh: '最近 12 个完整月 |预测 − 实际| 的平均 ÷ 此前 24 个月回款逐月变动绝对值的平均；小于 1 表示优于“与上月相同”。历史不足 13 个月时不显示。',
      en: 'Mean of |forecast − actual| over the last 12 complete months / mean of |change of collections from month to month| over the 24 months before; below 1 beats "same as last month". Not shown with less than 13 months of history.',
    },
    grain: { zh: '全公司或大区 × 月份', en: 'company or region × month' },
    date: {
      zh: '预测按预计到账日，实际按到账日；区域按口径日',
      en: 'forecast by expected date, actual by value date; region as of the cut-off',
    },
    source: {
      zh: 'marts.forecast_mase：回款承诺、银行流水、收款单',
      en: 'marts.forecast_mase: statements, bank statements, receipts',
    },
    unit: 'ratio',
    goodUp: false,
  },
  'FVA-5': {
    title: { zh: '命中率', en: 'Hit rate' },
    formula: {
      zh: '预计日前后 7 天内到账额与口径日预测额相差不超过 5% 的承诺 ÷ 预计日已过 7 天的承诺；按笔数与按金额同看。',
      en: 'Statements for which what came within 7 days of the date is within 5 % of what was forecast at the cut-off / statements whose date is more than 7 days ago; by count and by value together.',
    },
    grain: { zh: '承诺线索', en: 'thread' },
    date: { zh: '预计到账日', en: 'expected date' },
    source: {
      zh: 'marts.forecast_thread：回款承诺、银行流水、收款单',
      en: 'marts.forecast_thread: statements, bank statements, receipts',
    },
    unit: 'ratio',
    goodUp: true,
  },
  'FVA-6': {
    title: { zh: '差额分解', en: 'Gap explained' },
    formula: {
      zh: '差额 = 预测 − 实际 = 推迟到账 + 提前到账 + 前期欠款本月到 + 金额差异 + 形式差异（仅现金口径：以票据支付）+ 未付 + 未预测到账 + 未识别 + 退款拒付；各项之和与差额分毫不差。',
      en: 'Gap = forecast − actual = slipped + pulled in + arrears + amount + form (cash basis only: paid by bill) + not paid + unforecast + unidentified + reversed; the parts make the gap to the cent.',
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
  'FVA-8': {
    title: { zh: '确定性校准', en: 'What a word is worth' },
    formula: {
      zh: '近 12 个月，按确定性（及人）：Σ min(预计日后 7 天内到账额, 说法金额) ÷ Σ 说法金额；取预计日前的最后一次说法。某人“已确认”低于 70% 时标出。',
      en: 'Over the last 12 months, per certainty (and person): Σ least(received by the date + 7 days, said) / Σ said, of the last statement before the date. A person below 70 % on confirmed is flagged.',
    },
    grain: { zh: '承诺', en: 'statement' },
    date: { zh: '预计到账日', en: 'expected date' },
    source: {
      zh: 'marts.word_worth：回款承诺、银行流水、收款单',
      en: 'marts.word_worth: statements, bank statements, receipts',
    },
    unit: 'ratio',
    goodUp: true,
  },
  'FVA-9': {
    title: { zh: '推迟次数', en: 'Date pushes' },
    formula: {
      zh: '每条线索预计日被改晚的次数与累计天数；推迟两次以上的线索占比。改早不抵扣。',
      en: 'Per thread: how often its date was moved later, and by how many days in all; share of threads pushed twice or more. A date moved earlier takes nothing back.',
    },
    grain: { zh: '承诺线索', en: 'thread' },
    date: { zh: '首次预计到账日', en: 'first expected date' },
    source: { zh: 'marts.pushed_thread：回款承诺', en: 'marts.pushed_thread: statements' },
    unit: 'count',
    goodUp: false,
  },
  'FVA-10': {
    title: { zh: '预测覆盖率', en: 'Coverage of statements' },
    formula: {
      zh: '当月到期、口径日未结清的应收中，口径日有有效承诺的金额 ÷ 全部；按应收单、订单，或客户级承诺（先到期先覆盖，以其金额为限）。',
      en: 'Of what falls due in the month and was open at the cut-off, the amount with a current statement / all of it; by document, by order, or by statements without a subject, which cover what falls due first, up to their amount.',
    },
    grain: { zh: '当月到期应收明细', en: 'item due in the month' },
    date: { zh: '到期日；口径日', en: 'due date; cut-off' },
    source: {
      zh: 'marts.forecast_coverage：应收单、回款承诺',
      en: 'marts.forecast_coverage: receivable documents, statements',
    },
    unit: 'ratio',
    goodUp: true,
  },
  'REC-10': {
    title: { zh: '承诺兑现率', en: 'Promise kept' },
    formula: {
      zh: '承诺日后第 3 个工作日判定：到账 ≥ 金额 − max(1.00, 0.5%) 为兑现，部分到账为部分兑现，未到为未兑现；承诺日前改到更晚的为改期，仍计入分母。按笔数 = 兑现 ÷ 全部；按金额 = Σ min(到账, 金额) ÷ Σ 金额。失信次数 = 同一事项未兑现的承诺数。',
      en: 'Judged three workdays after the promised day: received ≥ amount − greatest(1.00, 0.5 %) is kept, something is partly, nothing is broken; replaced before its day by a later one is moved and stays in the denominator. By count = kept / all; by value = Σ least(received, amount) / Σ amount. Level = promises about the same subject broken so far.',
    },
    grain: { zh: '承诺线索 × 月份', en: 'thread × month' },
    date: { zh: '承诺到账日', en: 'promised date' },
    source: {
      zh: 'marts.promise_kept：回款承诺、银行流水、收款单',
      en: 'marts.promise_kept: statements, bank statements, receipts',
    },
    unit: 'ratio',
    goodUp: true,
  },
} as const satisfies Record<string, Definition>;
