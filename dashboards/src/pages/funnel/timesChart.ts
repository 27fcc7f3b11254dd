import type { EChartsCoreOption } from 'echarts/core';
import type { Row } from '../../api/cube';
import { count, tenth } from '../../format';
import { axisLines, axisText, legendBox, tooltipBox, tooltipTable, type Look } from '../../frame/chartParts';
import { tokens } from '../../theme';
import type { FunnelWords } from '../../words/funnel';

export type StageTime = Row<
  'stage_key' | 'stage_name' | 'stage_order' | 'median_days' | 'p90_days' | 'count'
>;

/** Days in stage: half are done by P50, nine of ten by P90. */
export function timesChart(rows: readonly StageTime[], words: FunnelWords, look: Look): EChartsCoreOption {
  const { mode, lang, narrow } = look;
  const token = tokens[mode];
  const tooltip = (points: { dataIndex: number }[]) => {
    const row = rows[points[0]?.dataIndex ?? -1];
    if (!row) return '';
    return tooltipTable(row.stage_name ?? '', [
      [words.median, tenth(row.median_days, lang)],
      [words.p90, tenth(row.p90_days, lang)],
      [words.counted, count(row.count, lang)],
    ]);
  };
  const series = (name: string, key: 'median_days' | 'p90_days', color: string) => ({
    name,
    type: 'bar',
    barMaxWidth: 12,
    itemStyle: { color },
    data: rows.map((row) => (row[key] === null ? null : Number(row[key]))),
    label: {
      show: true,
      position: 'right',
      color: token.text,
      fontSize: 12,
      formatter: ({ dataIndex }: { dataIndex: number }) => tenth(rows[dataIndex]?.[key], lang),
    },
  });
  return {
    grid: { left: 4, right: 48, top: 34, bottom: 4, outerBoundsMode: 'same' },
    legend: { ...legendBox(mode), data: [words.median, words.p90] },
    tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' }, formatter: tooltip, ...tooltipBox(mode) },
    xAxis: { type: 'value', show: false },
    yAxis: {
      type: 'category',
      inverse: true,
      ...axisLines(mode),
      data: rows.map((row) => row.stage_name ?? row.stage_key),
      axisLabel: { ...axisText(mode), ...(narrow && { width: 64, overflow: 'break' }) },
    },
    series: [
      series(words.median, 'median_days', token.series[0]),
      series(words.p90, 'p90_days', `${token.series[0]}4D`),
    ],
  };
}
