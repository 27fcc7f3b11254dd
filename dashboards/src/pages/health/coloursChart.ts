import type { EChartsCoreOption } from 'echarts/core';
import type { Row } from '../../api/cube';
import { count, percent } from '../../format';
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
import type { HealthWords } from '../../words/health';
import type { ValueWords } from '../../words/values';
import { colours } from './indicators';

export type MonthRow = Row<'month' | 'customers' | (typeof colours)[number] | 'green_share'>;
type Words = { health: HealthWords; values: ValueWords };
type Marks = { chosen: string; isRunning: (month: string) => boolean };

const MONTHS_ON_A_PHONE = 6;
const LABEL_FROM = 0.08; // share of the axis from which a figure fits into its bar
const icons = { red: 'diamond', yellow: 'triangle', green: 'circle', grey: 'emptyCircle' };

export const shownMonths = (rows: readonly MonthRow[], narrow: boolean) =>
  narrow ? rows.slice(-MONTHS_ON_A_PHONE) : rows;

/** Customers by colour and month; the legend has the shapes that stand for the colours everywhere. */
export function coloursChart(
  all: readonly MonthRow[],
  words: Words,
  marks: Marks,
  look: Look,
): EChartsCoreOption {
  const { mode, lang, narrow } = look;
  const token = tokens[mode];
  const rows = shownMonths(all, narrow);
  const tallest = Math.max(...rows.map((row) => Number(row.customers)));
  const name = (colour: (typeof colours)[number]) => words.values.colour[colour] ?? colour;
  const tooltip = (points: { dataIndex: number }[]) => {
    const row = rows[points[0]?.dataIndex ?? -1];
    if (!row) return '';
    return tooltipTable(row.month ?? '', [
      ...colours.map((colour) => [name(colour), count(row[colour], lang)] as const),
      [words.health.greenShare, percent(row.green_share, lang)],
    ]);
  };
  return {
    grid: plainGrid(52),
    legend: {
      ...legendBox(mode),
      itemHeight: 10,
      data: colours.map((colour) => ({ name: name(colour), icon: icons[colour] })),
    },
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
    yAxis: valueAxis(mode, words.health.customers),
    series: colours.map((colour) => ({
      name: name(colour),
      type: 'bar',
      stack: 'customers',
      barMaxWidth: 36,
      itemStyle: { color: token.health[colour], borderColor: token.surface, borderWidth: 1 },
      data: rows.map((row) => ({
        value: Number(row[colour] ?? 0),
        ...(marks.isRunning(row.month ?? '') && {
          label: { show: false },
          itemStyle: { color: token.health[colour], decal: hatched(mode) },
        }),
      })),
      label: {
        show: colour === 'red',
        color: token.surface,
        fontSize: 12,
        formatter: ({ value }: { value: number }) => (value > tallest * LABEL_FROM ? String(value) : ''),
      },
    })),
  };
}
