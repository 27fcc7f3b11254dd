import type { ReactNode } from 'react';
import { together } from '../../api/cube';
import { useFilters, type Address } from '../../filters';
import { count, day, percent } from '../../format';
import { Go } from '../../frame/Go';
import { Sentence } from '../../frame/Sentence';
import { useFunnelWords } from '../../words/funnel';
import { isBelow, rateOf, worstStage } from './stages';
import type { Stage, useStages } from './useStages';

type Props = { stages: ReturnType<typeof useStages> };

/** The weakest step of the pipeline, by name. */
export function FunnelSentence({ stages }: Props) {
  const words = useFunnelWords();
  const { filters } = useFilters();
  const { lang } = filters;
  const measure = filters.measure ?? 'count';
  const all = stages.data ?? [];
  const worst = worstStage(all, measure);
  const next = worst && all[all.indexOf(worst) + 1];
  const link = (text: string, patch: Partial<Address>): ReactNode => (
    <Go
      patch={{ stage: worst?.stage_key ?? undefined, outcome: undefined, ...patch }}
      to="list"
      className="said"
    >
      {text}
    </Go>
  );
  const withSource = ({ benchmark, benchmark_source, benchmark_date }: Stage) =>
    `${percent(benchmark, lang)}${words.sourced(benchmark_source ?? '', day(benchmark_date))}`;
  const rate = worst ? rateOf(worst, measure) : null;
  const isBad = worst !== undefined && isBelow(rate, worst.benchmark);
  const parts: ReactNode[] | null =
    worst && next && worst.benchmark !== null
      ? words.sentence<ReactNode>(
          {
            from: link(worst.stage_name ?? '', {}),
            to: <b>{next.stage_name}</b>,
            rate: (
              <span className={isBad ? 'bad' : ''}>
                {link(`${isBad ? '◆ ' : ''}${percent(rate, lang)}`, { outcome: 'advanced' })}
              </span>
            ),
            benchmark: withSource(worst),
            counts: link(words.counts(count(worst.advanced, lang), count(worst.entered, lang)), {}),
          },
          isBad,
        )
      : null;
  if (parts && !isBad) parts.push(words.allGood);
  return <Sentence answer={together(stages)} parts={parts} />;
}
