import { useMemo } from 'react';
import type { Answer } from '../../api/cube';
import { recordKey } from '../../api/record';
import { useFilters } from '../../filters';
import { dayColumn, moneyColumn, nameColumn, textColumn } from '../../frame/columns';
import { Grid, type Column } from '../../frame/Grid';
import { Narrowed, ShownNote, TotalLabel } from '../../frame/ListNotes';
import { Panel } from '../../frame/Panel';
import { useNarrow } from '../../frame/useNarrow';
import { useWords } from '../../words';
import { useFunnelWords } from '../../words/funnel';
import { wordFor } from '../../words/values';
import { useOpportunities } from './useOpportunities';
import type { useOutcomes } from './useOutcomes';
import type { Stage } from './useStages';

type Props = { stage: Stage | undefined; stagesAnswer: Answer; outcomes: ReturnType<typeof useOutcomes> };

/** The deals behind the chosen stage or outcome; each opens its record. */
export function OpportunitiesPanel({ stage, stagesAnswer, outcomes }: Props) {
  const words = useFunnelWords();
  const values = useWords('values');
  const narrow = useNarrow();
  const { lang, outcome } = useFilters().filters;
  const { rows, total, answer } = useOpportunities(stage?.stage_key ?? undefined, outcome);
  const columns = useMemo((): Column[] => {
    const name = nameColumn(
      'opportunity_name',
      words.opportunity,
      (row) => row['opportunity_name'] ?? '—',
      (row) =>
        row['opportunity_id'] ? { record: recordKey('core.opportunity', row['opportunity_id']) } : null,
      narrow,
    );
    const end = textColumn('outcome', words.outcome, (row) => wordFor(values.outcome, row['outcome']));
    const amount = moneyColumn('entered_amount', words.amount, lang);
    if (narrow) return [name, end, amount];
    return [
      name,
      textColumn('customer_name', words.customer),
      textColumn('owner_name', words.owner),
      dayColumn('entered_date', words.enteredDate),
      end,
      amount,
    ];
  }, [words, values, lang, narrow]);
  const what = outcome && wordFor(values.outcome, outcome);
  const behind = outcome
    ? outcomes.data?.find((row) => row.stage_key === stage?.stage_key && row.outcome === outcome)
    : stage;
  const against = {
    what: what ?? words.enteredAmount,
    figure: behind?.entered_amount,
    total: total?.entered_amount,
  };
  return (
    <Panel
      title={words.list(stage?.stage_name ?? '')}
      definition="FUN-1"
      answer={stage ? answer : stagesAnswer}
      height={430}
      note={what && <Narrowed what={words.chosen(what)} clear={{ outcome: undefined }} label={words.clear} />}
    >
      <Grid
        label={words.list(stage?.stage_name ?? '')}
        rows={rows}
        columns={columns}
        sort="entered_amount"
        total={total && { entered_amount: total.entered_amount }}
        totalLabel={<TotalLabel n={total?.entered} against={against} />}
        note={<ShownNote rows={rows} n={total?.entered} />}
      />
    </Panel>
  );
}
