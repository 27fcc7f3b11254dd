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
} as const satisfies Record<string, Definition>;
