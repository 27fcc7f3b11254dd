import { SegmentedControl } from '@mantine/core';
import { useMemo } from 'react';
import { together, type Answer } from '../../api/cube';
import { useFilters } from '../../filters';
import { percent } from '../../format';
import { countColumn, moneyColumn, nameColumn } from '../../frame/columns';
import { Grid, type Column } from '../../frame/Grid';
import { Panel } from '../../frame/Panel';
import { useNarrow } from '../../frame/useNarrow';
import { regionName } from '../../frame/useScopeText';
import { useWords } from '../../words';
import { useFunnelWords } from '../../words/funnel';
import { isBelow, SMALL_N } from './stages';
import { useStageBy } from './useStageBy';
import type { Stage } from './useStages';

/** One stage by region or owner; the total line is the stage's own figure. */
export function StageByPanel({ stage, stagesAnswer }: { stage: Stage | undefined; stagesAnswer: Answer }) {
  const words = useFunnelWords();
  const frame = useWords('frame');
  const narrow = useNarrow();
  const { filters, set } = useFilters();
  const { lang } = filters;
  const measure = filters.measure ?? 'count';
  const by = filters.by ?? 'region';
  const rows = useStageBy(stage?.stage_key ?? undefined, by);
  const benchmark = stage?.benchmark ?? null;
  const columns = useMemo((): Column[] => {
    const name = by === 'region' ? 'region' : 'owner_name';
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
    const first = nameColumn(
      name,
      by === 'region' ? words.region : words.owner,
      (row) => regionName(row[name], frame.unassigned),
      (row) =>
        by === 'region' ? { region: row['region'] ?? undefined } : { owner: row['owner_id'] ?? undefined },
      narrow,
    );
    const entered = countColumn('entered', words.entered, lang);
    if (narrow) return [first, entered, rate];
    const counts = (['advanced', 'still', 'back', 'lost'] as const).map((key) =>
      countColumn(key, words[key], lang),
    );
    return [first, entered, ...counts, moneyColumn('entered_amount', words.enteredAmount, lang), rate];
  }, [words, frame, lang, narrow, by, measure, benchmark]);
  return (
    <Panel
      title={words.by(stage?.stage_name ?? '')}
      definition="FUN-1"
      answer={stage ? together(rows) : stagesAnswer}
      height={260}
      extra={
        <SegmentedControl
          size="xs"
          aria-label={words.by(stage?.stage_name ?? '')}
          value={by}
          onChange={(value) => set({ by: value === 'owner' ? 'owner' : 'region' })}
          data={[
            { value: 'region', label: words.byRegion },
            { value: 'owner', label: words.byOwner },
          ]}
        />
      }
    >
      <Grid
        key={by}
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
