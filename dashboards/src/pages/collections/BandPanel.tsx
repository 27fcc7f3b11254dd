import { SegmentedControl } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useFilters } from '../../filters';
import { moneyColumn, textColumn } from '../../frame/columns';
import { Grid } from '../../frame/Grid';
import { Panel } from '../../frame/Panel';
import { useNarrow } from '../../frame/useNarrow';
import { useCollectionsWords } from '../../words/collections';
import { bandChart } from './bandChart';
import { useBand, type Grain } from './useBand';

/** B5: what will come by the hub's own reckoning, P10 to P90, beside what people said for the same weeks or months. */
export default function BandPanel() {
  const words = useCollectionsWords();
  const narrow = useNarrow();
  const { mode, lang } = useFilters().filters;
  const [grain, setGrain] = useState<Grain>('week');
  const { rows, answer, origin } = useBand(grain);
  const option = useMemo(
    () => bandChart(rows, words, { mode, lang, narrow }),
    [rows, words, mode, lang, narrow],
  );
  const columns = useMemo(
    () => [
      textColumn('period', grain === 'week' ? words.weekFrom : words.month),
      ...(['p10', 'p50', 'p90'] as const).map((key) => moneyColumn(key, key.toUpperCase(), lang)),
      ...(narrow ? [] : [moneyColumn('stated', words.said, lang)]),
    ],
    [words, lang, narrow, grain],
  );
  return (
    <Panel
      title={words.band}
      definition="HUB-2"
      note={origin ? words.bandNote(origin) : undefined}
      answer={answer}
      height={280}
      whenEmpty={words.bandNone}
      extra={
        <SegmentedControl
          size="xs"
          aria-label={words.band}
          value={grain}
          data={[
            { value: 'week', label: words.weeks },
            { value: 'month', label: words.threeMonths },
          ]}
          onChange={(value) => setGrain(value === 'month' ? 'month' : 'week')}
        />
      }
      chart={{ option }}
      table={<Grid label={words.band} rows={rows} columns={columns} height={280} />}
    />
  );
}
