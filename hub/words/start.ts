import type { Text } from '../metrics';

/** The steps of a start: the terminal says the English, the start page the reader's language. */
export const startWords = {
  warehouse: { zh: '打开数据仓库与任务引擎', en: 'warehouse and Temporal' },
  temporalElsewhere: { zh: '使用外部 Temporal', en: 'Temporal at TEMPORAL_ADDRESS' },
  temporalAdopted: { zh: '接管上次的 Temporal', en: 'Temporal of the hub before, taken over' },
  temporalStarted: { zh: 'Temporal 已启动', en: 'Temporal started' },
  workers: { zh: '等待工作进程', en: 'a worker that asks for work' },
  cube: { zh: '准备指标口径', en: 'semantic layer' },
  sync: (names: readonly string[]): Text => ({
    zh: `读取 ${names.join('、')}`,
    en: `sync ${names.join(', ')}`,
  }),
  synced: (rows: number, streams: number, sources: { failed: number; all: number }): Text => ({
    zh: `${streams} 个数据流，${figure(rows)} 行${sources.failed > 0 ? `；${sources.all} 个来源中 ${sources.failed} 个失败` : ''}`,
    en: `${figure(rows)} rows in ${streams} streams${sources.failed > 0 ? `, ${sources.failed} of ${sources.all} sources failed` : ''}`,
  }),
  stream: (name: string, rows: number, rowsPerSecond: number, quarantined: number): Text => ({
    zh: `${name} ${figure(rows)} 行，每秒 ${figure(rowsPerSecond)}${quarantined > 0 ? `，隔离 ${quarantined}` : ''}`,
    en: `${name} ${figure(rows)} rows ${figure(rowsPerSecond)}/s${quarantined > 0 ? `, ${quarantined} in quarantine` : ''}`,
  }),
  build: { zh: '计算模型', en: 'build models' },
  upToDate: { zh: '没有变化', en: 'up to date' },
  built: (generation: number, models: number, tests: number): Text => ({
    zh: `第 ${generation} 版：${models} 个模型，${tests} 项检查`,
    en: `generation ${generation}: ${models} models, ${tests} tests`,
  }),
  freeze: { zh: '冻结到期月份', en: 'freeze due months' },
  months: (months: readonly string[]): Text => ({ zh: months.join('、'), en: months.join(' ') }),
  schedules: { zh: '安排定时同步', en: 'schedules' },
} as const;

const figure = (value: number) => value.toLocaleString('en-US');
