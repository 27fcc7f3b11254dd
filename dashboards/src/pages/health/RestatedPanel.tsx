import { useMemo } from 'react';
import { together } from '../../api/cube';
import { useFilters } from '../../filters';
import { tenth } from '../../format';
import { nameColumn, textColumn } from '../../frame/columns';
import { Grid, type Column } from '../../frame/Grid';
import { Panel } from '../../frame/Panel';
import { useNarrow } from '../../frame/useNarrow';
import { useHealthWords } from '../../words/health';
import { ColourMark } from './ColourMark';
import { useRestated } from './useRestated';

/** DAT-8 of health: what was frozen for the month and what it would be today, customer by customer. */
export function RestatedPanel() {
  const words = useHealthWords();
  const narrow = useNarrow();
  const { lang } = useFilters().filters;
  const restated = useRestated();
  const columns = useMemo((): Column[] => {
    const name = nameColumn(
      'customer_name',
      words.customer,
      (row) => row['customer_name'] ?? '—',
      (row) => ({ customer: row['customer_id'] ?? undefined }),
      narrow,
    );
    const side = (key: 'frozen' | 'live', title: string): Column => ({
      key: `${key}_value`,
      title,
      isNumber: true,
      text: (row) => tenth(row[`${key}_value`], lang),
      cell: (row) => (
        <ColourMark colour={row[`${key}_colour`]}>{tenth(row[`${key}_value`], lang)}</ColourMark>
      ),
    });
    const sides = [side('frozen', words.atFreeze), side('live', words.today)];
    if (narrow) return [name, ...sides];
    return [name, ...sides, textColumn('cause', words.why, (row) => words.causes[row['cause'] ?? ''] ?? '—')];
  }, [words, narrow, lang]);
  return (
    <Panel
      title={words.sinceFrozen}
      note={words.sinceFrozenNote}
      definition="DAT-8"
      answer={together(restated)}
      height={120}
      whenEmpty={<p className="muted">{words.asFrozen}</p>}
    >
      <Grid label={words.sinceFrozen} rows={restated.data ?? []} columns={columns} height={220} />
    </Panel>
  );
}
