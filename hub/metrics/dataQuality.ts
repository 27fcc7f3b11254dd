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
