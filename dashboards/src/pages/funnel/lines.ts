import type { Row } from '../../api/cube';

type LineStage = Row<'business_line' | 'stage_key' | 'stage_name' | 'stage_order'>;

/**
 * Whether all business lines go through the same stages. A line that nobody has brought to the end yet shows fewer: who
 * reached a stage reached those before it, so its stages are the beginning of the longest line's.
 */
export function areAlike(rows: readonly LineStage[]): boolean {
  const byLine = new Map<string | null, LineStage[]>();
  for (const row of rows) byLine.set(row.business_line, [...(byLine.get(row.business_line) ?? []), row]);
  const pipelines = [...byLine.values()].map((stages) =>
    stages
      .sort((one, other) => Number(one.stage_order) - Number(other.stage_order))
      .map(({ stage_key, stage_name }) => `${stage_key} ${stage_name}`),
  );
  const longest = pipelines.sort((one, other) => other.length - one.length)[0] ?? [];
  return pipelines.every((stages) => stages.every((stage, at) => stage === longest[at]));
}
