import type { EChartsCoreOption } from 'echarts/core';
import type { Row } from '../../../api/cube';
import { inUnit, isNegative, isZero, money, short, unitFor } from '../../../format';
import {
  axisLines,
  axisText,
  plainGrid,
  tooltipBox,
  tooltipTable,
  valueAxis,
  type Look,
} from '../../../frame/chartParts';
import { tokens } from '../../../theme';
import type { PipelineWords } from '../../../words/pipeline';
import { STEPS, type Step } from './useChanges';

type Changes = Row<Step>;

interface Bar {
  step: Step;
  amount: string;
  /** Levels in the axis' unit, for drawing only. */
  from: number;
  to: number;
}

const isEnd = (step: Step) => step === 'open_start' || step === 'open_end';

/** Both ends, and the steps that moved anything. */
export const movedSteps = (row: Changes): Step[] =>
  STEPS.filter((step) => isEnd(step) || (row[step] !== null && !isZero(row[step])));

/** From the open amount at the start to that at the end. Upright on a desk, lying on a phone. */
export function waterfallChart(row: Changes, words: PipelineWords, look: Look): EChartsCoreOption {
  const { mode, lang, narrow } = look;
  const token = tokens[mode];
  const unit = unitFor(Math.max(Number(row.open_start ?? 0), Number(row.open_end ?? 0)), lang);
  const bars = toBars(row, (amount) => inUnit(amount, unit) ?? 0);
  const colour = ({ step, amount }: Bar): string => {
    if (isEnd(step)) return step === 'open_start' ? token.series[0] : token.text;
    if (step === 'won') return token.series[2];
    if (step === 'owner_moved' || step === 'close_moved') return token.muted;
    return isNegative(amount) ? token.bad : token.good;
  };
  const label = ({ step, amount }: Bar): string =>
    `${isEnd(step) || isNegative(amount) ? '' : '+'}${short(amount, lang, unit).value}`;
  const category = {
    type: 'category',
    ...axisLines(mode),
    data: bars.map(({ step }) => words.steps[step]),
    inverse: narrow,
    axisLabel: { ...axisText(mode), interval: 0, ...(!narrow && { width: 84, overflow: 'break' }) },
  };
  const value = { ...valueAxis(mode, unit.label), ...(narrow && { show: false }) };
  const tooltip = (points: { dataIndex: number }[]) => {
    const bar = bars[points[0]?.dataIndex ?? -1];
    return bar ? tooltipTable(words.steps[bar.step], [[words.amount, money(bar.amount, lang)]]) : '';
  };
  return {
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
        data: bars.map(({ from, to }) => Math.min(from, to)),
      },
      {
        type: 'bar',
        stack: 'level',
        barMaxWidth: narrow ? 20 : 44,
        data: bars.map((bar) => ({
          value: Math.abs(bar.to - bar.from),
          itemStyle: { color: colour(bar) },
        })),
        label: {
          show: true,
          position: narrow ? 'right' : 'top',
          color: token.text,
          fontSize: 12,
          formatter: ({ dataIndex }: { dataIndex: number }) => {
            const bar = bars[dataIndex];
            return bar ? label(bar) : '';
          },
        },
      },
    ],
  };
}

function toBars(row: Changes, level: (amount: string) => number): Bar[] {
  let at = 0;
  return movedSteps(row).map((step): Bar => {
    const amount = row[step] ?? '0.00';
    const from = isEnd(step) ? 0 : at;
    at = from + level(amount);
    return { step, amount, from, to: at };
  });
}
