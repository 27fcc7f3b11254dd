import type { EChartsCoreOption } from 'echarts/core';
import { inUnit, money, unitFor, type Value } from '../../format';
import {
  axisLines,
  axisText,
  hatched,
  legendBox,
  plainGrid,
  tooltipBox,
  tooltipTable,
  valueAxis,
  type Look,
} from '../../frame/chartParts';
import { tokens } from '../../theme';
import type { CollectionsWords } from '../../words/collections';
import type { ValueWords } from '../../words/values';
import { certainties, type MonthRow } from './useMonths';

const OPACITY = [1, 0.6, 0.28]; // the surer, the darker
const MONTHS_ON_A_PHONE = 6;

type Words = { collections: CollectionsWords; values: ValueWords };
type Marks = { chosen: string; isRunning: (month: string) => boolean };

export const shownMonths = (rows: readonly MonthRow[], narrow: boolean) =>
  narrow ? rows.slice(-MONTHS_ON_A_PHONE) : rows;

/** Stacked statements, certain to vague, and the dark line of what really came. */
export function monthsChart(
  all: readonly MonthRow[],
  words: Words,
  marks: Marks,
  look: Look,
): EChartsCoreOption {
  const { mode, lang, narrow } = look;
  const token = tokens[mode];
  const rows = shownMonths(all, narrow);
  const largest = Math.max(0, ...rows.flatMap((row) => [Number(row.forecast ?? 0), Number(row.actual ?? 0)]));
  const unit = unitFor(largest, lang);
  const names = certainties.map((certainty) => words.values.certainty[certainty] ?? certainty);
  const tooltip = (points: { dataIndex: number }[]) => {
    const row = rows[points[0]?.dataIndex ?? -1];
    if (!row) return '';
    const line = (name: string, value: Value) => [name, money(value, lang)] as const;
    return tooltipTable(row.month, [
      ...certainties.map((certainty, at) => line(names[at] ?? certainty, row[certainty])),
      line(words.collections.forecast, row.forecast),
      line(words.collections.actual, row.actual),
      line(words.collections.gap, row.gap),
    ]);
  };
  return {
    grid: plainGrid(52),
    legend: { ...legendBox(mode), data: [...names, words.collections.actual] },
    tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' }, formatter: tooltip, ...tooltipBox(mode) },
    xAxis: {
      type: 'category',
      ...axisLines(mode),
      data: rows.map((row) => row.month),
      axisLabel: {
        ...axisText(mode),
        interval: 0,
        formatter: (month: string) =>
          month === marks.chosen ? `{chosen|${month.slice(2)}}` : month.slice(2),
        rich: { chosen: { color: token.primary, fontWeight: 600, fontSize: 12 } },
      },
    },
    yAxis: valueAxis(mode, unit.label),
    series: [
      ...certainties.map((certainty, at) => ({
        name: names[at],
        type: 'bar',
        stack: 'stated',
        barMaxWidth: 32,
        itemStyle: { color: token.series[0], opacity: OPACITY[at] },
        data: rows.map((row) => ({
          value: inUnit(row[certainty], unit),
          ...(marks.isRunning(row.month) && { itemStyle: { decal: hatched(mode) } }),
        })),
      })),
      {
        name: words.collections.actual,
        type: 'line',
        symbol: 'circle',
        symbolSize: 8,
        z: 5,
        lineStyle: { width: 2, color: token.text },
        itemStyle: { color: token.text },
        data: rows.map((row) => ({
          value: inUnit(row.actual, unit),
          ...(marks.isRunning(row.month) && { symbol: 'emptyCircle' }),
        })),
      },
    ],
  };
}
