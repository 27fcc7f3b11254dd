import type { Definition } from './definition';

/** METRICS section 7: what moved in the pipeline, what slipped, what stands still. */
export const pipeline = {
  'FUN-5': {
    title: { zh: '延期率', en: 'Slippage' },
    formula: {
      zh: '期初预计在本期成交的商机中，期末仍未关闭且预计成交日移到期后的占比（按数量与期初金额）；另列每个商机的推迟次数与天数。未结束的月份为“截至目前”。作废商机不计。',
      en: 'Of the opportunities that were expected at the start of the period to close in it, the share still open and expected later at its end, by count and by amount at the start; besides pushes and days per opportunity. A running month is “so far”. Invalid opportunities are out.',
    },
    grain: { zh: '商机 × 月', en: 'opportunity × month' },
    date: { zh: '期初与期末', en: 'both ends of the month' },
    source: {
      zh: 'marts.slippage：CRM 的商机变更记录或各次同步所见',
      en: 'marts.slippage: the CRM’s log of changes, or what each sync saw',
    },
    unit: 'ratio',
    goodUp: false,
  },
  'FUN-9': {
    title: { zh: '漏斗变动', en: 'What moved in the pipeline' },
    formula: {
      zh: '期末在途 = 期初在途 + 新增 + 重启 + 上调 − 下调 − 赢单 − 输单 − 作废 ± 归属变动 ± 预计成交日移入移出。退出按期初金额计；赢单金额与期内新建并关闭的为备注。默认自周一 00:00 起（周一时自上周一起）。',
      en: 'Open at the end = open at the start + new + reopened + raised − lowered − won − lost − invalid ± moved between owners and regions ± expected close moved into or out of the filtered time. Exits at their amount at the start; the won amount, and what was created and closed between, are memos. Since Monday 00:00 (on Mondays, the Monday before).',
    },
    grain: { zh: '商机 × 期间 × 变动项', en: 'opportunity × period × step' },
    date: { zh: '期初与期末', en: 'both ends of the period' },
    source: {
      zh: 'marts.pipeline_change：CRM 的商机、阶段变动与变更记录，或各次同步所见',
      en: 'marts.pipeline_change: opportunities, stage changes and log of the CRM, or what each sync saw',
    },
    unit: 'CNY',
    goodUp: true,
  },
  'FUN-10': {
    title: { zh: '停滞', en: 'Stall' },
    formula: {
      zh: '未关闭、未暂缓，且距最近一次推进超过 7 天的商机；法定休假日不计，普通周末计入。推进 = 阶段变动、与客户的实际接触（拜访、电话、会议、客户来信、报价、送样、图纸）、上传关口凭证。改预计成交日、换负责人、改金额、内部备注、计划、我方发信、同步与提醒都不算。',
      en: 'Open, not snoozed, and more than 7 days since the last movement; days of holiday closures are not counted, ordinary weekends are. Movement = a stage change, a completed contact with the customer (visit, call, meeting, message from the customer, quotation, sample, drawing), evidence for a gate. Not: a new expected close date, owner, amount, an internal comment, a plan, a message of ours, a sync, a reminder.',
    },
    grain: { zh: '停滞（商机与最近一次推进）', en: 'stall (opportunity and its last movement)' },
    date: { zh: '今天', en: 'today' },
    source: {
      zh: 'marts.stalled：CRM 的阶段变动与跟进记录，中枢里的暂缓',
      en: 'marts.stalled: stage changes and sales records of the CRM, snoozes of the hub',
    },
    unit: 'count',
    goodUp: false,
  },
  'FUN-11': {
    title: { zh: '30 日处理率', en: 'Handled within 30 days' },
    formula: {
      zh: '本期开始的停滞中，30 个自然日内有推进、或写明原因关闭的占比；分母为 30 日已满或已处理的停滞。暂缓不算处理。',
      en: 'Of the stalls that began in the period, the share that saw a movement, or a closing with a reason, within 30 calendar days; over those whose 30 days are over or that were handled. Snoozing is not handling.',
    },
    grain: { zh: '停滞（商机与最近一次推进）', en: 'stall (opportunity and its last movement)' },
    date: { zh: '停滞第 8 天', en: 'the eighth day of the stall' },
    source: {
      zh: 'marts.stall：CRM 的阶段变动与跟进记录',
      en: 'marts.stall: stage changes and sales records of the CRM',
    },
    unit: 'ratio',
    goodUp: true,
  },
} as const satisfies Record<string, Definition>;
