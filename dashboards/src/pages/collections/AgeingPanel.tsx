import { useMemo } from 'react';
import { together } from '../../api/cube';
import { useFilters } from '../../filters';
import { moneyColumn, nameColumn } from '../../frame/columns';
import { Grid } from '../../frame/Grid';
import { Panel } from '../../frame/Panel';
import { useNarrow } from '../../frame/useNarrow';
import { useWords } from '../../words';
import { useCollectionsWords } from '../../words/collections';
import { bucketWord } from '../../words/values';
import { ageingChart } from './ageingChart';
import { useAgeing } from './useAgeing';

const hasItems = (bucket: string | null | undefined) => bucket != null && bucket !== 'credits';

/** What is still owed today, and for how long it has been due. */
export function AgeingPanel() {
  const words = useCollectionsWords();
  const values = useWords('values');
  const narrow = useNarrow();
  const { filters, set } = useFilters();
  const { lang, mode, asOf } = filters;
  const ageing = useAgeing();
  const rows = useMemo(() => ageing.data ?? [], [ageing.data]);
  const option = useMemo(
    () => ageingChart(rows, values, { mode, lang, narrow }),
    [rows, values, mode, lang, narrow],
  );
  const columns = useMemo(
    () => [
      nameColumn(
        'bucket',
        words.bucket,
        (row) => bucketWord(values, row['bucket'] ?? null),
        (row) => (hasItems(row['bucket']) ? { list: 'open', bucket: row['bucket'] ?? undefined } : null),
        false,
      ),
      moneyColumn('amount', words.amount, lang),
    ],
    [words, values, lang],
  );
  const pick = (at: number) => {
    const bucket = rows[at]?.bucket;
    if (!bucket || !hasItems(bucket)) return;
    set({ list: 'open', bucket });
    document.getElementById('list')?.scrollIntoView();
  };
  return (
    <Panel
      title={words.ageing}
      definition="REC-2"
      note={words.asOfToday(asOf)}
      answer={together(ageing)}
      chart={{ option, onPick: pick }}
      table={<Grid label={words.ageing} rows={rows} columns={columns} height={286} />}
    />
  );
}
