import { together, type Row } from '../../api/cube';
import { useFilters } from '../../filters';
import { count, day, money, percent, short } from '../../format';
import { Kpi } from '../../frame/Kpi';
import { useWords } from '../../words';
import { useFunnelWords } from '../../words/funnel';
import { isBelow, rateOf } from './stages';
import { outcomes as order } from './stagesChart';
import type { useOutcomes } from './useOutcomes';
import type { Stage, useStages } from './useStages';

type Props = {
  stages: ReturnType<typeof useStages>;
  outcomes: ReturnType<typeof useOutcomes>;
  stage: Stage | undefined;
};

/** The chosen stage in six tiles: who entered, the rate, and the four outcomes, which add up to those who entered. */
export function FunnelKpis({ stages, outcomes, stage }: Props) {
  const words = useFunnelWords();
  const values = useWords('values');
  const frame = useWords('frame');
  const { filters } = useFilters();
  const { lang } = filters;
  const measure = filters.measure ?? 'count';
  const figure = (row: Row<'entered' | 'entered_amount'> | undefined) => {
    if (!row) return { value: null };
    const { value, unit } = short(row.entered_amount ?? '0', lang);
    const exact = frame.exact(money(row.entered_amount ?? '0', lang));
    const n = count(row.entered, lang);
    if (measure === 'count') return { value: n, exact, note: words.twinAmount(`${value} ${unit}`) };
    return { value, unit, exact, note: words.twinCount(n) };
  };
  const rate = stage ? rateOf(stage, measure) : null;
  const isBad = stage !== undefined && isBelow(rate, stage.benchmark);
  const drill = { stage: stage?.stage_key ?? undefined, outcome: undefined };
  const nothing = { entered: '0', entered_amount: '0' };
  return (
    <div className="kpis">
      <Kpi
        label={`${stage?.stage_name ?? words.stage} · ${words.entered}`}
        definition="FUN-1"
        answer={together(stages)}
        {...figure(stage)}
        drill={drill}
        drillTo="list"
      />
      <Kpi
        label={words.conversion}
        definition="FUN-1"
        answer={together(stages)}
        value={rate === null ? null : percent(rate, lang)}
        isBad={isBad}
        mark={isBad && <i aria-hidden>◆</i>}
        note={
          stage && (
            <>
              <Against stage={stage} isBad={isBad} />
              <span>
                {measure === 'count'
                  ? words.twinAmount(percent(stage.conversion_by_amount, lang))
                  : words.twinCount(percent(stage.conversion, lang))}
              </span>
            </>
          )
        }
      />
      {order.map((outcome) => (
        <Kpi
          key={outcome}
          label={values.outcome[outcome] ?? outcome}
          definition="FUN-1"
          answer={together(stages, outcomes)}
          {...figure(
            stage &&
              (outcomes.data?.find((row) => row.stage_key === stage.stage_key && row.outcome === outcome) ??
                nothing),
          )}
          drill={{ ...drill, outcome }}
          drillTo="list"
        />
      ))}
    </div>
  );
}

function Against({ stage, isBad }: { stage: Stage; isBad: boolean }) {
  const { benchmark, benchmark_source, benchmark_date } = stage;
  const words = useFunnelWords();
  const { lang } = useFilters().filters;
  if (benchmark === null) return <span>{words.noBenchmark}</span>;
  const text = (isBad ? words.belowBenchmark : words.againstBenchmark)(percent(benchmark, lang));
  return (
    <span className={isBad ? 'bad' : ''} title={words.sourced(benchmark_source ?? '', day(benchmark_date))}>
      {text}
    </span>
  );
}
