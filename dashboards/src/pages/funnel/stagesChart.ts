import type { EChartsCoreOption } from 'echarts/core';
import type { Row } from '../../api/cube';
import { count, inUnit, money, percent, unitFor } from '../../format';
import {
  axisLines,
  axisText,
  hatched,
  legendBox,
  tooltipBox,
  tooltipTable,
  type Look,
} from '../../frame/chartParts';
import { tokens } from '../../theme';
import type { FunnelWords } from '../../words/funnel';
import type { ValueWords } from '../../words/values';
import { isBelow, isLast, rateOf, type Measure } from './stages';
import type { Stage } from './useStages';

export const outcomes = ['advanced', 'still', 'back', 'lost'] as const;
const PALE = '4D'; // 30 % as the last two digits of a colour: an opacity would pale the label too
type Outcome = Row<'stage_key' | 'outcome' | 'entered' | 'entered_amount'>;
type Words = { funnel: FunnelWords; values: ValueWords };
type Data = {
  stages: readonly Stage[];
  outcomes: readonly Outcome[];
  immature: ReadonlySet<string | null>;
  measure: Measure;
  chosen: string | undefined;
};

/** Who entered each stage and what became of them; beside every bar its rate against the benchmark. */
export function stagesChart(data: Data, words: Words, look: Look): EChartsCoreOption {
  const { mode, lang, narrow } = look;
  const { stages, measure } = data;
  const token = tokens[mode];
  const key = measure === 'count' ? 'entered' : 'entered_amount';
  const unit = unitFor(Math.max(0, ...stages.map((stage) => Number(stage[key] ?? 0))), lang);
  const of = (stage: Stage, outcome: string) =>
    data.outcomes.find((row) => row.stage_key === stage.stage_key && row.outcome === outcome)?.[key] ?? null;
  const drawn = (value: string | null) =>
    measure === 'count' ? Number(value ?? 0) : (inUnit(value, unit) ?? 0);
  const written = (value: string | null) =>
    measure === 'count' ? count(value ?? '0', lang) : money(value ?? '0', lang);
  const style = {
    advanced: { color: token.series[0] },
    still: { color: `${token.series[0]}${PALE}` },
    back: { color: token.series[3] },
    lost: { color: token.health.grey },
  };
  const tooltip = (points: { dataIndex: number }[]) => {
    const stage = stages[points[0]?.dataIndex ?? -1];
    if (!stage) return '';
    const lines = outcomes.map(
      (outcome) => [words.values.outcome[outcome] ?? outcome, written(of(stage, outcome))] as const,
    );
    return tooltipTable(stage.stage_name ?? '', [
      [words.funnel.entered, written(stage[key])],
      ...(isLast(stage, stages) ? [] : lines),
      ...(isLast(stage, stages)
        ? []
        : [[words.funnel.conversion, percent(rateOf(stage, measure), lang)] as const]),
    ]);
  };
  return {
    grid: { left: 4, right: narrow ? 92 : 190, top: narrow ? 54 : 34, bottom: 4, outerBoundsMode: 'same' },
    legend: { ...legendBox(mode), data: outcomes.map((outcome) => words.values.outcome[outcome] ?? outcome) },
    tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' }, formatter: tooltip, ...tooltipBox(mode) },
    xAxis: { type: 'value', show: false },
    yAxis: {
      type: 'category',
      inverse: true,
      ...axisLines(mode),
      data: stages.map((stage) => stage.stage_name ?? stage.stage_key),
      axisLabel: {
        ...axisText(mode),
        ...(narrow && { width: 64, overflow: 'break' }),
        formatter: (name: string, at: number) =>
          stages[at]?.stage_key === data.chosen ? `{chosen|${name}}` : name,
        rich: { chosen: { color: token.primary, fontWeight: 600, fontSize: 12 } },
      },
    },
    series: [
      ...outcomes.map((outcome) => ({
        name: words.values.outcome[outcome],
        type: 'bar',
        stack: 'entered',
        barMaxWidth: 26,
        itemStyle: style[outcome],
        data: stages.map((stage) => ({
          value: drawn(of(stage, outcome)),
          ...(isLast(stage, stages) && { itemStyle: { color: token.good, opacity: 1 } }),
          ...(!isLast(stage, stages) &&
            outcome === 'still' &&
            data.immature.has(stage.stage_key) && { itemStyle: { ...style[outcome], decal: hatched(mode) } }),
        })),
        label: {
          show: outcome === 'advanced' && !narrow,
          color: token.surface,
          fontSize: 12,
          formatter: ({ dataIndex, value }: { dataIndex: number; value: number }) => {
            const stage = stages[dataIndex];
            return stage && value > drawn(stages[0]?.[key] ?? null) * 0.06 ? labelOf(of(stage, outcome)) : '';
          },
        },
      })),
      {
        type: 'bar',
        stack: 'entered',
        silent: true,
        data: stages.map(() => 0),
        label: {
          show: true,
          position: 'right',
          color: token.text,
          fontSize: 12,
          lineHeight: 16,
          formatter: ({ dataIndex }: { dataIndex: number }) => rateLabel(stages[dataIndex]),
          rich: { bad: { color: token.bad, fontWeight: 600 }, muted: { color: token.muted } },
        },
      },
    ],
  };

  function labelOf(value: string | null): string {
    return measure === 'count' ? count(value ?? '0', lang) : drawn(value).toFixed(unit.decimals);
  }

  function rateLabel(stage: Stage | undefined): string {
    if (!stage) return '';
    const entered =
      measure === 'count' ? count(stage.entered, lang) : `${labelOf(stage.entered_amount)} ${unit.label}`;
    if (isLast(stage, stages)) return entered;
    const rate = percent(rateOf(stage, measure), lang);
    const isBad = isBelow(rateOf(stage, measure), stage.benchmark);
    const shown = isBad ? `{bad|◆ ${rate}}` : rate;
    if (narrow) return `${shown}\n{muted|${entered}}`;
    const benchmark = stage.benchmark ? words.funnel.againstBenchmark(percent(stage.benchmark, lang)) : '';
    return `{muted|${entered} →} ${shown} {muted|${benchmark}}`;
  }
}
