import { useMemo } from 'react';
import { together, type Answer } from '../../api/cube';
import { useFilters } from '../../filters';
import { percent } from '../../format';
import { countColumn, moneyColumn } from '../../frame/columns';
import { Grid, type Column } from '../../frame/Grid';
import { Panel } from '../../frame/Panel';
import { useNarrow } from '../../frame/useNarrow';
import { useFunnelWords } from '../../words/funnel';
import { isBelow, SMALL_N } from './stages';
import { SliceControl, useSlice, useSliceColumn } from './useSlice';
import { useStageBy } from './useStageBy';
import type { Stage } from './useStages';

/** One stage by region, team, person, line or source; the total line is the stage's own figure. */
export function StageByPanel({ stage, stagesAnswer }: { stage: Stage | undefined; stagesAnswer: Answer }) {
  const words = useFunnelWords();
  const narrow = useNarrow();
  const { filters } = useFilters();
  const { lang } = filters;
  const measure = filters.measure ?? 'count';
  const slice = useSlice();
  const first = useSliceColumn(narrow);
  const rows = useStageBy(stage?.stage_key ?? undefined, slice);
  const benchmark = stage?.benchmark ?? null;
  const columns = useMemo((): Column[] => {
    const rateKey = measure === 'count' ? 'conversion' : 'conversion_by_amount';
    const rate: Column = {
      key: rateKey,
      title: words.conversion,
      isNumber: true,
      text: (row) => percent(row[rateKey], lang),
      cell: (row) => {
        const isSmall = Number(row['entered']) < SMALL_N;
        const isBad = !isSmall && isBelow(row[rateKey], benchmark);
        const text = percent(row[rateKey], lang);
        if (isSmall)
          return <span className="muted">{`${text} · ${words.small(row['entered'] ?? '0')}`}</span>;
        return <span className={isBad ? 'bad' : ''}>{isBad ? `◆ ${text}` : text}</span>;
      },
    };
    const entered = countColumn('entered', words.entered, lang);
    if (narrow) return [first, entered, rate];
    const counts = (['advanced', 'still', 'back', 'lost'] as const).map((key) =>
      countColumn(key, words[key], lang),
    );
    return [first, entered, ...counts, moneyColumn('entered_amount', words.enteredAmount, lang), rate];
  }, [words, lang, narrow, first, measure, benchmark]);
  return (
    <Panel
      title={words.by(stage?.stage_name ?? '')}
      definition="FUN-1"
      answer={stage ? together(rows) : stagesAnswer}
      height={260}
      extra={<SliceControl label={words.by(stage?.stage_name ?? '')} />}
    >
      <Grid
        key={slice}
        label={words.by(stage?.stage_name ?? '')}
        rows={rows.data ?? []}
        columns={columns}
        sort="entered"
        height={340}
        total={stage}
        totalLabel={words.all}
      />
    </Panel>
  );
}
