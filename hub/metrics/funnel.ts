import type { Definition } from './definition';

/** METRICS section 7. */
export const funnel = {
  'FUN-1': {
    title: { zh: '同批转化率', en: 'Conversion of a cohort' },
    formula: {
      zh: '某期间首次到达某阶段的商机中，90 天内到达下一阶段的占比；跳过的阶段视为到达。进入 = 推进 + 输单 + 回退 + 停留。未满 90 天的批次为“截至目前”。作废商机不计。',
      en: 'Of the opportunities that first reached a stage in the period, the share that reached the next within 90 days; a skipped stage counts as reached. Entered = advanced + lost + back + still there. Younger cohorts are “so far”. Invalid opportunities are out.',
    },
    grain: { zh: '商机 × 首次到达的阶段', en: 'opportunity × stage first reached' },
    date: { zh: '首次到达日', en: 'day it first reached the stage' },
    source: {
      zh: 'marts.funnel_cohort：CRM 的商机与阶段变动',
      en: 'marts.funnel_cohort: opportunities and stage changes of the CRM',
    },
    unit: 'ratio',
    goodUp: true,
  },
  'FUN-3': {
    title: { zh: '阶段停留', en: 'Time in stage' },
    formula: {
      zh: '商机在某阶段的累计天数（多次进入相加，秒 ÷ 86,400）；已离开的取中位数与 P90，仍在阶段中的单列。',
      en: 'Days an opportunity spent in a stage, added up over its returns (seconds / 86,400); median and P90 of those that left, open ones apart.',
    },
    grain: { zh: '商机 × 阶段', en: 'opportunity × stage' },
    date: { zh: '离开日；仍在阶段中的到今天', en: 'day it left; open ones until today' },
    source: {
      zh: 'marts.stage_time：CRM 的商机与阶段变动',
      en: 'marts.stage_time: opportunities and stage changes of the CRM',
    },
    unit: 'days',
    goodUp: false,
  },
} as const satisfies Record<string, Definition>;
