import { Alert, Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { together } from '../../api/cube';
import { useMe } from '../../api/me';
import { useFilters } from '../../filters';
import { upToTenth } from '../../format';
import { dayColumn, textColumn } from '../../frame/columns';
import { Grid, type Column } from '../../frame/Grid';
import { Panel } from '../../frame/Panel';
import { useFunnelWords } from '../../words/funnel';
import { BenchmarkForm } from './BenchmarkForm';
import { useBenchmarks } from './useBenchmarks';

/** What each stage should convert: never without who says so and when. Those who lead may change it. */
export function BenchmarksPanel() {
  const words = useFunnelWords();
  const { lang } = useFilters().filters;
  const role = useMe().data?.user.role;
  const mayEdit = role === 'admin' || role === 'manager';
  const { asked, set } = useBenchmarks();
  const [isNew, setNew] = useState(false);
  const [error, setError] = useState<string>();
  const act = async (work: () => Promise<void>) => {
    setError(undefined);
    try {
      await work();
      setNew(false);
    } catch (failure) {
      setError(failure instanceof Error ? failure.message : String(failure));
    }
  };
  const stages = useMemo(() => asked.data ?? [], [asked.data]);
  const columns = useMemo((): Column[] => {
    return [
      textColumn('stage_name', words.stage, (row) =>
        [row['business_line'], row['stage_name']].filter(Boolean).join(' · '),
      ),
      {
        key: 'percent',
        title: words.benchmark,
        isNumber: true,
        text: (row) => (row['percent'] == null ? '—' : `${upToTenth(row['percent'], lang)} %`),
      },
      textColumn('source', words.benchmarkSource, (row) => row['source'] ?? '—'),
      dayColumn('date', words.benchmarkDate),
    ];
  }, [words, lang]);
  return (
    <Panel
      title={words.benchmarks}
      definition="FUN-2"
      note={words.benchmarksNote}
      answer={{ ...together(asked), isEmpty: asked.data?.length === 0 }}
      height={220}
      extra={
        mayEdit && (
          <Button
            variant="default"
            size="compact-sm"
            className="touch"
            aria-expanded={isNew}
            onClick={() => setNew(!isNew)}
          >
            {words.newBenchmark}
          </Button>
        )
      }
    >
      {error && (
        <Alert color="red" role="alert">
          {error}
        </Alert>
      )}
      {isNew && (
        <BenchmarkForm stages={stages} save={(input) => act(() => set(input))} cancel={() => setNew(false)} />
      )}
      <Grid label={words.benchmarks} rows={stages} columns={columns} height={240} />
    </Panel>
  );
}
