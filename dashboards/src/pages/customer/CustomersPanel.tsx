import { TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMemo, useState } from 'react';
import { together } from '../../api/cube';
import { useFilters } from '../../filters';
import { dayColumn, moneyColumn, nameColumn, textColumn } from '../../frame/columns';
import { Grid } from '../../frame/Grid';
import { Panel } from '../../frame/Panel';
import { useNarrow } from '../../frame/useNarrow';
import { useCustomerWords } from '../../words/customer';
import { Colour } from './Colour';
import { textRows, useCustomers } from './useCustomer';

/** Search and list; a name opens the customer's page. */
export function CustomersPanel() {
  const words = useCustomerWords();
  const { lang } = useFilters().filters;
  const narrow = useNarrow();
  const [text, setText] = useState('');
  const [asked] = useDebouncedValue(text.trim(), 250);
  const found = useCustomers(asked);
  const rows = useMemo(() => textRows(found.data), [found.data]);
  const columns = useMemo(() => {
    const name = nameColumn(
      'name',
      words.customer,
      (row) => row['name'] ?? '',
      (row) => ({ account: row['customer_id'] ?? undefined }),
      narrow,
    );
    const colour = {
      ...textColumn('colour', words.colour),
      cell: (row: Record<string, string | null>) => <Colour colour={row['colour']} score={row['score']} />,
    };
    const net = moneyColumn('net_cny', words.net, lang);
    if (narrow) return [name, colour, net];
    return [
      name,
      colour,
      net,
      moneyColumn('overdue_cny', words.overdue, lang),
      dayColumn('last_order_date', words.lastOrder),
      textColumn('region', words.region),
      textColumn('owner_name', words.owner),
    ];
  }, [words, lang, narrow]);
  return (
    <Panel
      title={words.list}
      answer={together(found)}
      height={520}
      whenEmpty={words.nothing}
      extra={
        <TextInput
          size="xs"
          w={narrow ? '100%' : 280}
          aria-label={words.search}
          placeholder={words.searchHint}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      }
    >
      <Grid label={words.list} rows={rows} columns={columns} height={620} />
    </Panel>
  );
}
