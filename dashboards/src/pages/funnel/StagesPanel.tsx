import { useMemo } from 'react';
import { together, type Row } from '../../api/cube';
import { useFilters } from '../../filters';
import { count, day, percent } from '../../format';
import { countColumn, moneyColumn, nameColumn } from '../../frame/columns';
import { Go } from '../../frame/Go';
import { Grid, type Column } from '../../frame/Grid';
import { Panel } from '../../frame/Panel';
import { useNarrow } from '../../frame/useNarrow';
import { useWords } from '../../words';
import { useFunnelWords } from '../../words/funnel';
import { isBelow, SMALL_N } from './stages';
import { stagesChart } from './stagesChart';
import type { useImmature } from './useImmature';
import type { useOutcomes } from './useOutcomes';
import type { Stage, useStages } from './useStages';

type Props = {
  stages: ReturnType<typeof useStages>;
  outcomes: ReturnType<typeof useOutcomes>;
  immature: ReturnType<typeof useImmature>;
  chosen: Stage | undefined;
};

/** The funnel itself; a bar chooses the stage for the rest of the page. */
export function StagesPanel({ stages, outcomes, immature, chosen }: Props) {
  const words = useFunnelWords();
  const values = useWords('values');
  const narrow = useNarrow();
  const { filters, set } = useFilters();
  const { lang, mode } = filters;
  const measure = filters.measure ?? 'count';
  const rows = useMemo(() => stages.data ?? [], [stages.data]);
  const young = useMemo(
    () => new Set(filters.young ? immature.data?.map((row) => row.stage_key) : []),
    [immature.data, filters.young],
  );
  const option = useMemo(
    () =>
      stagesChart(
        {
          stages: rows,
          outcomes: outcomes.data ?? [],
          immature: young,
          measure,
          chosen: chosen?.stage_key ?? undefined,
        },
        { funnel: words, values },
        { mode, lang, narrow },
      ),
    [rows, outcomes.data, young, measure, chosen, words, values, mode, lang, narrow],
  );
  const columns = useStageColumns(rows, young);
  return (
    <Panel
      title={words.bars}
      definition="FUN-1"
      note={<YoungNote immature={immature} stage={chosen} all={rows} />}
      answer={together(stages, outcomes, immature)}
      chart={{
        option,
        onPick: (at) => set({ stage: rows[at]?.stage_key ?? undefined, outcome: undefined }),
      }}
      table={<Grid label={words.bars} rows={rows} columns={columns} height={286} />}
    />
  );
}

/** Cohorts whose days are not over: left out or so far, and how many they are; and who says the benchmarks that are drawn. */
function YoungNote({
  immature,
  stage,
  all,
}: Pick<Props, 'immature'> & { stage: Stage | undefined; all: readonly Stage[] }) {
  const words = useFunnelWords();
  const { lang, asOf, young, strict } = useFilters().filters;
  const n = immature.data?.find((row) => row.stage_key === stage?.stage_key)?.entered;
  const sources = all
    .filter(({ benchmark }) => benchmark !== null)
    .map(
      ({ stage_name, benchmark, benchmark_source, benchmark_date }) =>
        ` · ${words.benchmark} ${stage_name ?? ''} ${percent(benchmark, lang)}${words.sourced(benchmark_source ?? '', day(benchmark_date))}`,
    )
    .join('');
  const strictly = strict ? ` · ${words.strictNote}` : '';
  const said = `${words.barsNote(asOf)}${strictly}${sources}`;
  if (!n || n === '0') return said;
  const counted = count(n, lang);
  return (
    <>
      {`${said} · `}
      {young
        ? words.youngIn(stage?.stage_name ?? '', counted)
        : words.youngOut(stage?.stage_name ?? '', counted)}{' '}
      <Go patch={{ young: young ? undefined : 'yes' }} className="underlined">
        {young ? words.leaveOut : words.include}
      </Go>
    </>
  );
}

function useStageColumns(rows: readonly Stage[], young: ReadonlySet<string | null>): Column[] {
  const words = useFunnelWords();
  const narrow = useNarrow();
  const { filters } = useFilters();
  const { lang } = filters;
  const measure = filters.measure ?? 'count';
  return useMemo(() => {
    const rateKey = measure === 'count' ? 'conversion' : 'conversion_by_amount';
    const last = rows.at(-1)?.stage_key;
    const verdict = (row: Row) => {
      if (row['stage_key'] === last) return '';
      if (row['benchmark'] == null) return words.noBenchmark;
      return isBelow(row[rateKey], row['benchmark']) ? `◆ ${words.bad}` : words.fine;
    };
    const rate: Column = {
      key: rateKey,
      title: words.conversion,
      isNumber: true,
      text: (row) => {
        if (row['stage_key'] === last) return '';
        const marks = [
          young.has(row['stage_key'] ?? null) && words.soFar,
          Number(row['entered']) < SMALL_N && words.small(row['entered'] ?? '0'),
        ].filter(Boolean);
        return [percent(row[rateKey], lang), ...marks].join(' · ');
      },
    };
    const judged: Column = {
      key: 'benchmark',
      title: words.verdict,
      text: verdict,
      cell: (row) => (
        <span
          className={isBelow(row[rateKey], row['benchmark']) && row['stage_key'] !== last ? 'bad' : 'muted'}
        >
          {verdict(row)}
        </span>
      ),
    };
    const name = nameColumn(
      'stage_name',
      words.stage,
      (row) => row['stage_name'] ?? '',
      (row) => ({ stage: row['stage_key'] ?? undefined, outcome: undefined }),
      false,
    );
    const entered =
      measure === 'count'
        ? countColumn('entered', words.entered, lang)
        : moneyColumn('entered_amount', words.enteredAmount, lang);
    if (narrow) return [name, entered, rate];
    const counts = (['advanced', 'still', 'back', 'lost'] as const).map((key) =>
      countColumn(key, words[key], lang),
    );
    return [name, entered, ...(measure === 'count' ? counts : []), rate, judged];
  }, [words, lang, narrow, measure, rows, young]);
}
