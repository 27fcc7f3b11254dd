import type { EChartsCoreOption } from 'echarts/core';
import type { Row } from '../../api/cube';
import { count, inUnit, isZero, money, short, unitFor } from '../../format';
import {
  axisLines,
  axisText,
  plainGrid,
  tooltipBox,
  tooltipTable,
  valueAxis,
  type Look,
} from '../../frame/chartParts';
import { tokens } from '../../theme';
import type { CollectionsWords } from '../../words/collections';
import { wordFor, type ValueWords } from '../../words/values';

/** From what hurts most to what is only another form; METRICS FVA-6. */
const ORDER = [
  'not_paid',
  'slipped',
  'amount',
  'form',
  'reversed',
  'pulled_in',
  'arrears',
  'unforecast',
  'unidentified',
];

/** Red and green say bad and good, so only parts that are one or the other get them. */
const BAD = new Set(['not_paid', 'slipped', 'reversed']);
const GOOD = new Set(['arrears', 'unforecast', 'unidentified']);

export type GapRow = Row<'part' | 'amount' | 'count'>;
type Words = { collections: CollectionsWords; values: ValueWords };
type Ends = { forecast: string; actual: string };
type Bar = { name: string; from: number; to: number; exact: string; label: string; color: string };

export const orderedParts = (rows: readonly GapRow[]): GapRow[] =>
  rows.filter((row) => !isZero(row.amount)).sort((one, other) => place(one.part) - place(other.part));

const place = (part: string | null) => (ORDER.indexOf(part ?? '') + ORDER.length + 1) % (ORDER.length + 1);

/** F on one side, A on the other, between them where the money went. Upright on a desk, lying on a phone. */
export function gapChart(parts: readonly GapRow[], ends: Ends, words: Words, look: Look) {
  const { mode, lang, narrow } = look;
  const unit = unitFor(Math.max(Number(ends.forecast), Number(ends.actual)), lang);
  const bars = toBars(parts, ends, words, look);
  const lowest = Math.min(...bars.flatMap((bar) => [bar.from, bar.to]).filter((level) => level > 0));
  const highest = Math.max(...bars.flatMap((bar) => [bar.from, bar.to]));
  const axisFrom = lowest > highest * 0.6 ? roundDown(lowest - (highest - lowest) * 0.6) : 0;
  const category = {
    type: 'category',
    ...axisLines(mode),
    data: bars.map((bar) => bar.name),
    inverse: narrow,
    axisLabel: { ...axisText(mode), interval: 0, ...(!narrow && { width: 84, overflow: 'break' }) },
  };
  const value = { ...valueAxis(mode, unit.label), min: axisFrom, ...(narrow && { show: false }) };
  const tooltip = (points: { dataIndex: number }[]) => {
    const bar = bars[points[0]?.dataIndex ?? -1];
    return bar ? tooltipTable(bar.name, [[words.collections.amount, bar.exact]]) : '';
  };
  const option: EChartsCoreOption = {
    grid: { ...plainGrid(narrow ? 8 : 34), ...(narrow && { right: 56 }) },
    tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' }, formatter: tooltip, ...tooltipBox(mode) },
    xAxis: narrow ? value : category,
    yAxis: narrow ? category : value,
    series: [
      {
        type: 'bar',
        stack: 'level',
        silent: true,
        itemStyle: { color: 'transparent' },
        data: bars.map((bar) => Math.min(bar.from, bar.to)),
      },
      {
        type: 'bar',
        stack: 'level',
        barMaxWidth: narrow ? 20 : 44,
        data: bars.map((bar) => ({ value: Math.abs(bar.to - bar.from), itemStyle: { color: bar.color } })),
        label: {
          show: true,
          position: narrow ? 'right' : 'top',
          color: tokens[mode].text,
          fontSize: 12,
          formatter: ({ dataIndex }: { dataIndex: number }) => bars[dataIndex]?.label ?? '',
        },
      },
    ],
  };
  return { option, axisFrom: axisFrom > 0 ? `${count(String(axisFrom), lang)} ${unit.label}` : null };
}

/** Levels are drawn, not computed for anyone: the last one meets A because the server's parts do. */
function toBars(parts: readonly GapRow[], ends: Ends, words: Words, { mode, lang }: Look): Bar[] {
  const token = tokens[mode];
  const unit = unitFor(Math.max(Number(ends.forecast), Number(ends.actual)), lang);
  const level = (amount: string) => inUnit(amount, unit) ?? 0;
  const end = (name: string, amount: string, color: string): Bar => ({
    name,
    from: 0,
    to: level(amount),
    exact: money(amount, lang),
    label: short(amount, lang, unit).value,
    color,
  });
  let at = level(ends.forecast);
  const steps = parts.map(({ part, amount }): Bar => {
    const effect = negated(amount ?? '0'); // a part of the gap lowers what came
    const from = at;
    at += level(effect);
    const isLess = effect.startsWith('-');
    return {
      name: wordFor(words.values.part, part),
      from,
      to: at,
      exact: money(effect, lang),
      label: `${isLess ? '' : '+'}${short(effect, lang, unit).value}`,
      color:
        isLess && BAD.has(part ?? '')
          ? token.bad
          : !isLess && GOOD.has(part ?? '')
            ? token.good
            : token.muted,
    };
  });
  return [
    end(words.collections.forecast, ends.forecast, token.series[0]),
    ...steps,
    end(words.collections.actual, ends.actual, token.text),
  ];
}

const negated = (amount: string) => (amount.startsWith('-') ? amount.slice(1) : `-${amount}`);

/** Two digits are enough for where an axis starts. */
function roundDown(level: number): number {
  if (level <= 0) return 0;
  const step = 10 ** Math.max(0, Math.floor(Math.log10(level)) - 1);
  return Math.floor(level / step) * step;
}
