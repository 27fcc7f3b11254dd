import type { EChartsCoreOption } from 'echarts/core';
import { inUnit, money, unitFor } from '../../format';
import {
  axisLines,
  axisText,
  legendBox,
  plainGrid,
  tooltipBox,
  tooltipTable,
  valueAxis,
  type Look,
} from '../../frame/chartParts';
import { tokens } from '../../theme';
import type { CollectionsWords } from '../../words/collections';
import type { BandRow } from './useBand';

/** Orange is the hub's own reckoning: a band from P10 to P90, P50 dashed; blue bars are what people said. */
export function bandChart(
  rows: readonly BandRow[],
  words: CollectionsWords,
  { mode, lang, narrow }: Look,
): EChartsCoreOption {
  const token = tokens[mode];
  const largest = Math.max(0, ...rows.flatMap(({ p90, stated }) => [Number(p90 ?? 0), Number(stated ?? 0)]));
  const unit = unitFor(largest, lang);
  const band = {
    type: 'line',
    stack: 'band',
    symbol: 'none',
    lineStyle: { opacity: 0 },
    itemStyle: { color: token.series[1] },
  };
  const tooltip = (points: { dataIndex: number }[]) => {
    const row = rows[points[0]?.dataIndex ?? -1];
    if (!row) return '';
    return tooltipTable(row.period ?? '', [
      ['P10', money(row.p10, lang)],
      ['P50', money(row.p50, lang)],
      ['P90', money(row.p90, lang)],
      [words.said, money(row.stated, lang)],
    ]);
  };
  return {
    grid: plainGrid(40),
    legend: { ...legendBox(mode), data: [words.said, words.bandName, 'P50'] },
    tooltip: { trigger: 'axis', formatter: tooltip, ...tooltipBox(mode) },
    xAxis: {
      type: 'category',
      ...axisLines(mode),
      data: rows.map(({ period }) => (period ?? '').slice(5)),
      axisLabel: { ...axisText(mode), interval: narrow ? 2 : 0 },
    },
    yAxis: valueAxis(mode, unit.label),
    series: [
      {
        name: words.said,
        type: 'bar',
        barMaxWidth: 24,
        itemStyle: { color: token.series[0] },
        data: rows.map(({ stated }) => inUnit(stated, unit)),
      },
      { ...band, name: 'P10', data: rows.map(({ p10 }) => inUnit(p10, unit)) },
      {
        ...band,
        name: words.bandName,
        areaStyle: { color: token.series[1], opacity: 0.28 },
        // the height of the band, only to be drawn: P90 stands in the table and the tooltip
        data: rows.map(({ p10, p90 }) =>
          p10 == null || p90 == null ? null : (inUnit(p90, unit) ?? 0) - (inUnit(p10, unit) ?? 0),
        ),
      },
      {
        name: 'P50',
        type: 'line',
        symbol: 'circle',
        symbolSize: 6,
        z: 5,
        lineStyle: { width: 2, type: 'dashed', color: token.series[1] },
        itemStyle: { color: token.series[1] },
        data: rows.map(({ p50 }) => inUnit(p50, unit)),
      },
    ],
  };
}
