import type { Definition } from './definition';

const crm = (mart: string) => ({
  zh: `${mart}：CRM 的商机与阶段变动`,
  en: `${mart}: opportunities and stage changes of the CRM`,
});

/** METRICS section 7, stages: conversion, time, skips, results and speed. What moves in the pipeline is in pipeline.ts. */
export const funnel = {
  '7.1': {
    title: { zh: '漏斗之外的商机', en: 'Left out of the funnel' },
    formula: {
      zh: '曾处于未对应到其销售流程的阶段的商机，以及没有任何早期历史的赢单；不计入转化与周期，单独计数。',
      en: 'Opportunities that were in a stage that stands for none of their pipeline, and those won without any earlier history; out of conversion and cycle, and counted here.',
    },
    grain: { zh: '商机 × 原因', en: 'opportunity × reason' },
    date: { zh: '首次进入该阶段之日；赢单日', en: 'day it first was in that stage; day it was won' },
    source: crm('marts.funnel_left_out'),
    unit: 'count',
    goodUp: false,
  },
  'FUN-1': {
    title: { zh: '同批转化率', en: 'Conversion of a cohort' },
    formula: {
      zh: '某期间首次到达某阶段的商机中，在观察天数（默认 90 天）内到达下一阶段的占比；跳过的阶段视为到达（“严格”口径须真正进入）。进入 = 推进 + 输单 + 回退 + 停留。金额取到达时的金额。未满观察期的批次为“截至目前”。作废商机不计。',
      en: 'Of the opportunities that first reached a stage in the period, the share that reached the next within the window (90 days); a skipped stage counts as reached (“strict”: it must have been there itself). Entered = advanced + lost + back + still there. Amounts are those at the entry. Younger cohorts are “so far”. Invalid opportunities are out.',
    },
    grain: { zh: '商机 × 首次到达的阶段', en: 'opportunity × stage first reached' },
    date: { zh: '首次到达日', en: 'day it first reached the stage' },
    source: crm('marts.funnel_cohort'),
    unit: 'ratio',
    goodUp: true,
  },
  'FUN-2': {
    title: { zh: '当期转化率', en: 'Conversion of a period' },
    formula: {
      zh: '期间内离开某阶段的次数中，推进（而非输单或回退）的占比。回答“这个月怎样”，不回答“好不好”；不与同批转化率画在一条线上。基准由人填写，必有来源与日期。',
      en: 'Of the exits from a stage dated in the period, the share that went forward (not lost, not back). Answers “this month”, not “how good”; never drawn in one line with the cohort. A benchmark is typed by a person and has a source and a date.',
    },
    grain: { zh: '每次停留', en: 'stay in a stage' },
    date: { zh: '离开日', en: 'day it left' },
    source: crm('marts.stage_exit'),
    unit: 'ratio',
    goodUp: true,
  },
  'FUN-3': {
    title: { zh: '阶段停留', en: 'Time in stage' },
    formula: {
      zh: '商机在某阶段的累计天数（多次进入相加，秒 ÷ 86,400）；已离开的取中位数与 P90，仍在阶段中的单列。另按工作日计。',
      en: 'Days an opportunity spent in a stage, added up over its returns (seconds / 86,400); median and P90 of those that left, open ones apart. With a twin in workdays.',
    },
    grain: { zh: '商机 × 阶段', en: 'opportunity × stage' },
    date: { zh: '离开日；仍在阶段中的到今天', en: 'day it left; open ones until today' },
    source: crm('marts.stage_time'),
    unit: 'days',
    goodUp: false,
  },
  'FUN-4': {
    title: { zh: '跳阶段与回退', en: 'Skips and back moves' },
    formula: {
      zh: '跳阶段率 = 越过至少一个阶段的前进次数 ÷ 全部前进次数；回退率 = 回退次数 ÷ 前进与回退次数之和。逐条列出操作人与被越过的关口。',
      en: 'Skip rate = forward moves over at least one stage / forward moves; back rate = backward moves / moves forward and back. Listed with who moved it and which gate.',
    },
    grain: { zh: '每次停留', en: 'stay in a stage' },
    date: { zh: '离开日', en: 'day it left' },
    source: crm('marts.stage_exit'),
    unit: 'ratio',
    goodUp: false,
  },
  'FUN-6': {
    title: { zh: '赢单率', en: 'Win rate' },
    formula: {
      zh: '期间内结束的商机中赢单的占比，按数量，也按结束时的金额；客户未作决定的算输单。作废商机不计。',
      en: 'Won / (won + lost) of the opportunities closed in the period, by count and by amount at close; no decision is lost. Invalid ones are out.',
    },
    grain: { zh: '已结束的商机', en: 'opportunity closed' },
    date: { zh: '结束日', en: 'day it was won or lost' },
    source: crm('marts.funnel_result'),
    unit: 'ratio',
    goodUp: true,
  },
  'FUN-7': {
    title: { zh: '平均成交时长', en: 'Sales cycle' },
    formula: {
      zh: '赢单日 − 首次进入阶段之日（天），取期间内赢单的平均数与中位数；导入且没有早期历史的不计，另计数量。',
      en: 'Day won − first stage entry, in days, of those won in the period: mean and median. Imported ones with no earlier history are out, and counted.',
    },
    grain: { zh: '赢单的商机', en: 'opportunity won' },
    date: { zh: '赢单日', en: 'day it was won' },
    source: crm('marts.funnel_result'),
    unit: 'days',
    goodUp: false,
  },
  'FUN-8': {
    title: { zh: '漏斗流速', en: 'Velocity' },
    formula: {
      zh: '首阶段之后仍在进行的商机数 × 赢单率 × 平均赢单金额 ÷ 平均成交时长（后三项取近六个月），单位：元/天。',
      en: 'Opportunities open past the first stage × win rate × mean amount won / mean cycle (the last three of the trailing six months), in CNY a day.',
    },
    grain: { zh: '商机', en: 'opportunity' },
    date: { zh: '今天；近六个月的结束日', en: 'today; day of closing in the last six months' },
    source: crm('marts.funnel_result'),
    unit: 'CNY',
    goodUp: true,
  },
} as const satisfies Record<string, Definition>;
