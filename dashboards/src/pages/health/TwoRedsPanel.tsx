import { useMemo } from 'react';
import { together } from '../../api/cube';
import { nameColumn, textColumn } from '../../frame/columns';
import { Grid } from '../../frame/Grid';
import { Panel } from '../../frame/Panel';
import { useNarrow } from '../../frame/useNarrow';
import { useHealthWords } from '../../words/health';
import type { useTwoReds } from './useTwoReds';

/** The suggestions of a replacement plan in the period, newest first. */
export function TwoRedsPanel({ streaks }: { streaks: ReturnType<typeof useTwoReds> }) {
  const words = useHealthWords();
  const narrow = useNarrow();
  const columns = useMemo(
    () => [
      nameColumn(
        'customer_name',
        words.customer,
        (row) => row['customer_name'] ?? '—',
        (row) => ({ customer: row['customer_id'] ?? undefined, month: row['second_month'] ?? undefined }),
        narrow,
      ),
      textColumn('second_month', words.month),
      textColumn('manager_name', words.suggestedTo, (row) => row['manager_name'] ?? '—'),
    ],
    [words, narrow],
  );
  return (
    <Panel
      id="streaks"
      title={words.streaks}
      note={words.streaksLong}
      definition="HEA-7"
      answer={together(streaks)}
      height={120}
      whenEmpty={<p className="muted">{words.streaksNone}</p>}
    >
      <Grid label={words.streaks} rows={streaks.data ?? []} columns={columns} height={220} />
    </Panel>
  );
}
