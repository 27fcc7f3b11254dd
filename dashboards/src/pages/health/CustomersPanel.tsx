import { useMemo } from 'react';
import type { Row } from '../../api/cube';
import { useFilters } from '../../filters';
import { percent, tenth } from '../../format';
import { moneyColumn, nameColumn, textColumn } from '../../frame/columns';
import { Grid, type Column } from '../../frame/Grid';
import { Narrowed, ShownNote, TotalLabel } from '../../frame/ListNotes';
import { Panel } from '../../frame/Panel';
import { useNarrow } from '../../frame/useNarrow';
import { regionName } from '../../frame/useScopeText';
import { useWords } from '../../words';
import { useHealthWords } from '../../words/health';
import { wordFor } from '../../words/values';
import { ColourMark } from './ColourMark';
import { colours, indicators, mainReason, toneOf } from './indicators';
import type { useColours } from './useColours';
import { useCustomers } from './useCustomers';

/** Customers with their five indicators as cells, the red and most overdue first. */
export function CustomersPanel({ colours: byColour }: { colours: ReturnType<typeof useColours> }) {
  const words = useHealthWords();
  const values = useWords('values');
  const { colour, was, month } = useFilters().filters;
  const { rows, total, answer } = useCustomers();
  const columns = useCustomerColumns();
  const is = colour && wordFor(values.colour, colour);
  const narrowed = is && (was ? words.moved(wordFor(values.colour, was), is) : is);
  const behind = colour && !was ? byColour.data?.find((row) => row.colour === colour) : undefined;
  const against = behind && {
    what: is ?? '',
    figure: behind.net_receivable,
    total: total?.net_receivable,
  };
  return (
    <Panel
      title={`${words.list} · ${month}`}
      definition="HEA-1 HEA-2 HEA-3 HEA-4 HEA-5 HEA-6"
      answer={answer}
      height={480}
      note={
        narrowed && (
          <Narrowed
            what={words.chosen(narrowed)}
            clear={{ colour: undefined, was: undefined }}
            label={words.clear}
          />
        )
      }
    >
      <Grid
        label={words.list}
        rows={rows}
        columns={columns}
        sort={['colour', 'overdue']}
        height={480}
        total={total && { net_receivable: total.net_receivable, overdue: total.overdue }}
        totalLabel={<TotalLabel n={total?.customers} against={against} />}
        note={<ShownNote rows={rows} n={total?.customers} />}
      />
    </Panel>
  );
}

function useCustomerColumns(): Column[] {
  const words = useHealthWords();
  const frame = useWords('frame');
  const values = useWords('values');
  const narrow = useNarrow();
  const { lang } = useFilters().filters;
  return useMemo(() => {
    const name = nameColumn(
      'customer_name',
      words.customer,
      (row) => row['customer_name'] ?? '—',
      (row) => ({ customer: row['customer_id'] ?? undefined }),
      narrow,
    );
    const colour: Column = {
      key: 'colour',
      title: words.colour,
      text: (row) => wordFor(values.colour, row['colour']),
      rank: (row) => colours.findIndex((one) => one === row['colour']),
      cell: (row) => (
        <ColourMark colour={row['colour']}>{row['colour'] === 'grey' ? words.grey : undefined}</ColourMark>
      ),
    };
    const overdue = moneyColumn('overdue', words.overdue, lang);
    if (narrow) return [name, colour, overdue];
    const cell = ({ key }: (typeof indicators)[number]): Column => ({
      key,
      title: words.indicators[key],
      isNumber: true,
      text: (row) => (row[key] == null ? frame.missing : tenth(row[key], lang)),
      cell: (row) => <IndicatorCell row={row} name={key} />,
    });
    return [
      name,
      colour,
      { key: 'score', title: words.score, isNumber: true, text: (row) => tenth(row['score'], lang) },
      {
        key: 'coverage',
        title: words.coverage,
        isNumber: true,
        text: (row) => percent(row['coverage'], lang),
      },
      ...indicators.map(cell),
      moneyColumn('net_receivable', words.net, lang),
      overdue,
      textColumn('override_reason', words.reasonTitle, (row) => mainReason(row, words, lang)),
      textColumn('owner_name', words.owner),
      textColumn('region', words.region, (row) => regionName(row['region'], frame.unassigned)),
    ];
  }, [words, frame, values, lang, narrow]);
}

export function IndicatorCell({ row, name }: { row: Row; name: string }) {
  const { missing } = useWords('frame');
  const { lang } = useFilters().filters;
  const value = row[name];
  return <span className={`cell ${toneOf(value)}`}>{value == null ? missing : tenth(value, lang)}</span>;
}
