import { together } from '../../api/cube';
import { useFilters } from '../../filters';
import { count, money, percent, short, tenth } from '../../format';
import { Kpi } from '../../frame/Kpi';
import { useWords } from '../../words';
import { useFunnelWords } from '../../words/funnel';
import { useLeftOut, useResults, useVelocity } from './useResults';

/** Win rate by count and by value, cycle as mean and median, velocity, and what the funnel leaves out. */
export function ResultKpis() {
  const words = useFunnelWords();
  const frame = useWords('frame');
  const { lang } = useFilters().filters;
  const results = useResults();
  const velocity = useVelocity();
  const leftOut = useLeftOut();
  const all = results.data?.[0];
  const speed = velocity.data?.[0];
  const answer = together(results);
  const fast = speed?.velocity == null ? null : short(speed.velocity, lang);
  const out = (reason: string) => leftOut.data?.find((row) => row.reason === reason)?.opportunities ?? '0';
  return (
    <div className="kpis">
      <Kpi
        label={words.winRate}
        definition="FUN-6"
        answer={answer}
        value={all?.win_rate == null ? null : percent(all.win_rate, lang)}
        note={all && words.ofClosed(count(all.won, lang), count(all.closed, lang))}
      />
      <Kpi
        label={words.winRateByAmount}
        definition="FUN-6"
        answer={answer}
        value={all?.win_rate_by_amount == null ? null : percent(all.win_rate_by_amount, lang)}
        note={all && words.twinCount(percent(all.win_rate, lang))}
      />
      <Kpi
        label={words.meanCycle}
        definition="FUN-7"
        answer={answer}
        value={all?.mean_cycle == null ? null : tenth(all.mean_cycle, lang)}
        note={all && words.cyclesOf(count(all.cycles, lang), count(all.imported, lang))}
      />
      <Kpi
        label={words.medianCycle}
        definition="FUN-7"
        answer={answer}
        value={all?.median_cycle == null ? null : tenth(all.median_cycle, lang)}
      />
      <Kpi
        label={words.velocity}
        definition="FUN-8"
        answer={together(velocity)}
        value={fast?.value ?? null}
        {...(fast && { unit: words.perDay(fast.unit) })}
        exact={fast && speed?.velocity ? frame.exact(money(speed.velocity, lang)) : undefined}
        note={speed && words.velocityNote(count(speed.open_past_first, lang), percent(speed.win_rate, lang))}
      />
      <Kpi
        label={words.leftOut}
        definition="7.1"
        answer={{ ...together(leftOut), isEmpty: false }}
        value={leftOut.data ? count(out('unmapped_stage'), lang) : null}
        note={words.leftOutNote(count(out('no_history'), lang))}
      />
    </div>
  );
}
