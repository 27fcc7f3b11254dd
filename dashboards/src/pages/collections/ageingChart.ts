import type { EChartsCoreOption } from 'echarts/core';
import type { Row } from '../../api/cube';
import { inUnit, isZero, money, short, unitFor } from '../../format';
import { axisLines, axisText, plainGrid, tooltipBox, tooltipTable, type Look } from '../../frame/chartParts';
import { tokens } from '../../theme';
import { bucketWord, type ValueWords } from '../../words/values';

export type AgeingRow = Row<'bucket' | 'bucket_order' | 'amount'>;

/** Today's balance by days overdue, light to dark with age; every bar is named and carries its amount. */
export function ageingChart(rows: readonly AgeingRow[], words: ValueWords, look: Look): EChartsCoreOption {
  const { mode, lang, narrow } = look;
  const token = tokens[mode];
  const unit = unitFor(Math.max(0, ...rows.map((row) => Math.abs(Number(row.amount ?? 0)))), lang);
  const color = (row: AgeingRow, at: number) =>
    row.bucket === 'credits' ? token.series[0] : token.ageing[Math.min(at, token.ageing.length - 1)];
  const tooltip = (points: { dataIndex: number }[]) => {
    const row = rows[points[0]?.dataIndex ?? -1];
    return row ? tooltipTable(bucketWord(words, row.bucket), [['', money(row.amount, lang)]]) : '';
  };
  return {
    grid: { ...plainGrid(8), right: narrow ? 64 : 72 },
    tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' }, formatter: tooltip, ...tooltipBox(mode) },
    xAxis: { type: 'value', show: false, min: ({ min }: { min: number }) => Math.min(0, min) }, // every bar carries its amount
    yAxis: {
      type: 'category',
      inverse: true,
      ...axisLines(mode),
      data: rows.map((row) => bucketWord(words, row.bucket)),
      axisLabel: { ...axisText(mode), ...(narrow && { width: 92, overflow: 'break' }) },
    },
    series: [
      {
        type: 'bar',
        barMaxWidth: 22,
        data: rows.map((row, at) => ({
          value: inUnit(row.amount, unit),
          itemStyle: { color: color(row, at) },
        })),
        label: {
          show: true,
          position: 'right',
          color: token.text,
          fontSize: 12,
          formatter: ({ dataIndex }: { dataIndex: number }) => {
            const amount = rows[dataIndex]?.amount;
            if (amount == null) return '';
            const figure = short(amount, lang, unit);
            if (isZero(figure.value) && !isZero(amount)) return `<${figure.value.replace(/0$/, '1')}`; // not nothing
            return dataIndex === 0 ? `${figure.value} ${figure.unit}` : figure.value;
          },
        },
      },
    ],
  };
}
