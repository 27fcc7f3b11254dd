import type { Definition } from './definition';

/** METRICS section 11. */
export const dataQuality = {
  'DAT-1': {
    title: { zh: '数据时效', en: 'Freshness' },
    formula: {
      zh: '现在 − 最近一次成功并进入模型的同步结束时间；另示现在 − 来源最新记录时间。是否迟到按来源自己的日历判断（银行流水周日不算迟）。',
      en: 'Now − end of the last successful load that reached the models; beside it now − newest time of the source. Lateness is judged in the source’s calendar (a bank file is not late on Sunday).',
    },
    grain: { zh: '数据流', en: 'stream' },
    date: { zh: '现在', en: 'now' },
    source: {
      zh: 'meta.run_stream、meta.generation：同步与建模记录',
      en: 'meta.run_stream, meta.generation: runs and builds',
    },
    unit: 'hours',
    goodUp: false,
  },
  'DAT-2': {
    title: { zh: '装载恒等', en: 'Load identity' },
    formula: {
      zh: '读取 = 写入 + 未变 + 隔离；差额恒为 0。',
      en: 'Read = loaded + unchanged + quarantined; the difference is always 0.',
    },
    grain: { zh: '数据流 × 运行', en: 'stream × run' },
    date: { zh: '运行结束时间', en: 'end of the run' },
    source: { zh: 'meta.run_stream：同步记录', en: 'meta.run_stream: runs' },
    unit: 'count',
    goodUp: null,
  },
  'DAT-5': {
    title: { zh: '客户归并率', en: 'Identity' },
    formula: {
      zh: '来源记录（ERP、CRM、工商、未知付款方）按归并依据分：统一社会信用代码、名称、人工确认、未归并；归并率 = 已归并 ÷ 全部，按条数，并按其单据的应收总额（REC-1）。',
      en: 'Records of ERP, CRM and bureau and payers nobody knows, by the rule that leads them to their customer: credit code, name, reviewed, none. Resolved / all, by count and by the receivables (REC-1 gross) of their documents.',
    },
    grain: { zh: '来源记录', en: 'record of a source' },
    date: { zh: '截止日', en: 'as-of day' },
    source: {
      zh: 'marts.resolved_record：各来源的客户记录、银行付款方与人工决定',
      en: 'marts.resolved_record: customer records of all sources, payers of the bank, decisions of people',
    },
    unit: 'ratio',
    goodUp: true,
  },
  'DAT-6': {
    title: { zh: '主数据完整性', en: 'Completeness' },
    formula: {
      zh: '字段齐全的应收总额（REC-1）÷ 应收总额，分别按统一社会信用代码、到期日（单据或分期自带）、收款条件、负责人；并列按笔数的比率。',
      en: 'Receivables (REC-1 gross) whose field is there / all, for credit code, due date (of the document or its instalments), payment term and owner; beside it by count of open items.',
    },
    grain: { zh: '客户 × 字段', en: 'customer × field' },
    date: { zh: '截止日', en: 'as-of day' },
    source: {
      zh: 'marts.field_completeness：客户、应收单、收款条件、客户归属',
      en: 'marts.field_completeness: customers, receivable documents, payment terms, territories',
    },
    unit: 'ratio',
    goodUp: true,
  },
  'DAT-8': {
    title: { zh: '冻结后变动', en: 'Restated since freeze' },
    formula: {
      zh: '现值 − 冻结值，按指标与冻结月份，并列出迟到或变更的单据。',
      en: 'As known now − as frozen, per number and frozen month, with the documents that arrived late or changed.',
    },
    grain: { zh: '指标 × 月份 × 客户 × 单据', en: 'number × month × customer × document' },
    date: { zh: '冻结月份', en: 'the frozen month' },
    source: {
      zh: 'marts.restated：冻结副本与当前各表',
      en: 'marts.restated: frozen copies and the marts of now',
    },
    unit: 'CNY',
    goodUp: null,
  },
} as const satisfies Record<string, Definition>;
