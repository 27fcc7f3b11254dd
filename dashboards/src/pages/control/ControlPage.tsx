import { useMemo } from 'react';
import { together, useView, type Row } from '../../api/cube';
import { useFilters } from '../../filters';
import { count } from '../../format';
import { countColumn, dayColumn, moneyColumn, textColumn } from '../../frame/columns';
import { Grid, type Column } from '../../frame/Grid';
import { Page } from '../../frame/Page';
import { Panel } from '../../frame/Panel';
import { Sentence } from '../../frame/Sentence';
import { useNarrow } from '../../frame/useNarrow';
import { useFinanceWords } from '../../words/finance';
import { ImportPanel } from './ImportPanel';

/** A12: do our figures equal the source's own, and if not, which documents make the difference? */
export default function ControlPage() {
  const words = useFinanceWords();
  const { lang } = useFilters().filters;
  const narrow = useNarrow();
  const totals = useView({
    view: 'control_totals',
    measures: ['here', 'there', 'difference', 'differing'],
    dimensions: ['total_key', 'entity', 'month', 'measure', 'state', 'closed_date'],
    order: { month: 'desc', measure: 'asc' },
    isScoped: false,
  });
  const counts = useView({
    view: 'control_totals',
    measures: ['count'],
    dimensions: ['state'],
    isScoped: false,
  });
  const differences = useView({
    view: 'control_differences',
    measures: ['difference', 'here', 'there'],
    dimensions: [
      'difference_key',
      'entity',
      'month',
      'measure',
      'kind',
      'document_number',
      'customer_name',
      'other_month',
      'recorded_date',
    ],
    order: { month: 'desc', difference: 'desc' },
    isScoped: false,
  });
  const known = (totals.data ?? []).filter(({ state }) => state !== 'missing');
  const of = (state: string) => count(counts.data?.find((row) => row.state === state)?.count ?? '0', lang);
  const columns = useMemo((): Column[] => {
    const word = (key: string, title: string, list: Readonly<Record<string, string>>) =>
      textColumn(key, title, (row: Row) => list[row[key] ?? ''] ?? row[key] ?? '');
    const month = textColumn('month', words.month);
    const measure = word('measure', words.measure, words.measures);
    const difference = moneyColumn('difference', words.difference, lang);
    if (narrow) return [month, measure, difference];
    return [
      month,
      textColumn('entity', words.entity),
      measure,
      moneyColumn('here', words.here, lang),
      moneyColumn('there', words.there, lang),
      difference,
      countColumn('differing', words.differing, lang),
      word('state', words.state, words.totalStates),
    ];
  }, [words, lang, narrow]);
  const documentColumns = useMemo((): Column[] => {
    const word = (key: string, title: string, list: Readonly<Record<string, string>>) =>
      textColumn(key, title, (row: Row) => list[row[key] ?? ''] ?? row[key] ?? '');
    const document = textColumn('document_number', words.document);
    const kind = word('kind', words.why, words.differenceKinds);
    const difference = moneyColumn('difference', words.difference, lang);
    if (narrow) return [document, kind, difference];
    return [
      textColumn('month', words.month),
      word('measure', words.measure, words.measures),
      document,
      textColumn('customer_name', words.customer),
      kind,
      moneyColumn('here', words.here, lang),
      moneyColumn('there', words.there, lang),
      difference,
      dayColumn('recorded_date', words.known),
    ];
  }, [words, lang, narrow]);
  return (
    <Page title={words.control}>
      <Sentence
        answer={together(counts, totals)}
        parts={[
          known.length === 0
            ? words.controlNone
            : words.controlSentence(of('equal'), of('explained'), of('unexplained')),
        ]}
      />
      <Panel
        title={words.controlTotals}
        definition="DAT-4"
        answer={{ ...together(totals), isEmpty: totals.data !== undefined && known.length === 0 }}
        height={320}
        whenEmpty={words.controlNone}
      >
        <Grid label={words.controlTotals} rows={known} columns={columns} height={360} />
      </Panel>
      <Panel
        title={words.differences}
        definition="DAT-4"
        answer={together(differences)}
        height={240}
        whenEmpty={words.noDifferences}
      >
        <Grid
          label={words.differences}
          rows={differences.data ?? []}
          columns={documentColumns}
          height={320}
        />
      </Panel>
      <ImportPanel />
    </Page>
  );
}
