import { SegmentedControl } from '@mantine/core';
import { useMemo } from 'react';
import { recordKey } from '../../api/record';
import { useFilters } from '../../filters';
import { count, percent } from '../../format';
import { dayColumn, moneyColumn, nameColumn, textColumn } from '../../frame/columns';
import { Grid, type Column } from '../../frame/Grid';
import { ShownNote } from '../../frame/ListNotes';
import { Panel } from '../../frame/Panel';
import { useNarrow } from '../../frame/useNarrow';
import { useFunnelWords } from '../../words/funnel';
import { useMoveRates, useMoves } from './useMoves';

/** Who jumped over which gate, and who had to go back. */
export function MovesPanel() {
  const words = useFunnelWords();
  const narrow = useNarrow();
  const { filters, set } = useFilters();
  const { lang } = filters;
  const kind = filters.moves ?? 'skips';
  const rates = useMoveRates().data?.[0];
  const { rows, total, answer } = useMoves(kind);
  const n = kind === 'skips' ? total?.skips : total?.back_moves;
  const columns = useMemo((): Column[] => {
    const name = nameColumn(
      'opportunity_name',
      words.opportunity,
      (row) => row['opportunity_name'] ?? '—',
      (row) =>
        row['opportunity_id'] ? { record: recordKey('core.opportunity', row['opportunity_id']) } : null,
      narrow,
    );
    const way = textColumn(
      'next_stage_name',
      words.move,
      (row) => `${row['stage_name'] ?? ''} → ${row['next_stage_name'] ?? ''}`,
    );
    const who = textColumn('moved_by_name', words.movedBy, (row) => row['moved_by_name'] ?? '—');
    const gate = textColumn(
      'gates',
      kind === 'skips' ? words.skippedGate : words.openedGate,
      (row) => row['gates'] ?? row['between_stages'] ?? '—',
    );
    if (narrow) return [name, gate, who];
    return [
      name,
      textColumn('customer_name', words.customer),
      way,
      gate,
      who,
      dayColumn('left_date', words.movedOn),
      moneyColumn('amount', words.amount, lang),
    ];
  }, [words, lang, narrow, kind]);
  const share = rates && (
    <>
      {words.skipShare(
        percent(rates.skip_rate, lang),
        count(rates.skips, lang),
        count(rates.forward_moves, lang),
      )}
      {' · '}
      {words.backShare(
        percent(rates.back_rate, lang),
        count(rates.back_moves, lang),
        count(rates.moves, lang),
      )}
    </>
  );
  return (
    <Panel
      title={words.moves}
      definition="FUN-4"
      note={share}
      answer={answer}
      height={360}
      extra={
        <SegmentedControl
          size="xs"
          aria-label={words.moves}
          value={kind}
          onChange={(value) => set({ moves: value === 'back' ? 'back' : 'skips' })}
          data={[
            { value: 'skips', label: words.skips },
            { value: 'back', label: words.backMoves },
          ]}
        />
      }
    >
      <Grid
        key={kind}
        label={words.moves}
        rows={rows}
        columns={columns}
        height={360}
        note={<ShownNote rows={rows} n={n ?? undefined} />}
      />
    </Panel>
  );
}
