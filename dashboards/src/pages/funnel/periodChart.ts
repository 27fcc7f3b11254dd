import type { EChartsCoreOption } from 'echarts/core';
import { count, percent } from '../../format';
import { axisLines, axisText, legendBox, tooltipBox, tooltipTable, type Look } from '../../frame/chartParts';
import { tokens } from '../../theme';
import type { FunnelWords } from '../../words/funnel';
import type { PeriodStage } from './usePeriod';

const ways = ['forward', 'back', 'lost'] as const;

/** Exits of a period by where they went; the rate beside every bar. */
export function periodChart(rows: readonly PeriodStage[], words: FunnelWords, look: Look): EChartsCoreOption {
  const { mode, lang, narrow } = look;
  const token = tokens[mode];
  const color = { forward: token.series[0], back: token.series[3], lost: token.health.grey };
  const tooltip = (points: { dataIndex: number }[]) => {
    const row = rows[points[0]?.dataIndex ?? -1];
    if (!row) return '';
    return tooltipTable(row.stage_name ?? '', [
      [words.exits, count(row.exits, lang)],
      ...ways.map((way) => [words.ways[way], count(row[way], lang)] as const),
      [words.periodConversion, percent(row.period_conversion, lang)],
    ]);
  };
  return {
    grid: { left: 4, right: narrow ? 78 : 110, top: 34, bottom: 4, outerBoundsMode: 'same' },
    legend: { ...legendBox(mode), data: ways.map((way) => words.ways[way]) },
    tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' }, formatter: tooltip, ...tooltipBox(mode) },
    xAxis: { type: 'value', show: false },
    yAxis: {
      type: 'category',
      inverse: true,
      ...axisLines(mode),
      data: rows.map((row) => row.stage_name ?? row.stage_key),
      axisLabel: { ...axisText(mode), ...(narrow && { width: 64, overflow: 'break' }) },
    },
    series: ways.map((way) => ({
      name: words.ways[way],
      type: 'bar',
      stack: 'exits',
      barMaxWidth: 26,
      itemStyle: { color: color[way] },
      data: rows.map((row) => Number(row[way] ?? 0)),
      ...(way === 'lost' && {
        label: {
          show: true,
          position: 'right',
          color: token.text,
          fontSize: 12,
          formatter: ({ dataIndex }: { dataIndex: number }) =>
            `${percent(rows[dataIndex]?.period_conversion, lang)} · ${count(rows[dataIndex]?.exits, lang)}`,
        },
      }),
    })),
  };
}
