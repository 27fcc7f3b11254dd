import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { Row } from '../../api/cube';
import { useFilters } from '../../filters';
import { instant } from '../../format';
import { Grid, type Column } from '../../frame/Grid';
import { Panel } from '../../frame/Panel';
import { useNarrow } from '../../frame/useNarrow';
import { useCustomerWords } from '../../words/customer';
import { wordFor } from '../../words/values';
import { useSectionList, type ListOf } from './sectionLists';
import { type CustomerPageData, earlierActivities, textRows } from './useCustomer';

const done = { isPending: false, isPlaceholderData: false, error: null, retry: () => undefined };
const LINE_PX = 34;

/** A panel for each list of the page; each says when its source failed, is late or was never connected. */
export function Sections({ data }: { data: CustomerPageData }) {
  const lists = useSectionList();
  return (
    <div className="two">
      {lists.map((list) => (
        <ListPanel key={`${list.section}.${list.list}`} list={list} data={data} />
      ))}
    </div>
  );
}

function ListPanel({ list, data }: { list: ListOf; data: CustomerPageData }) {
  const words = useCustomerWords();
  const { lang } = useFilters().filters;
  const narrow = useNarrow();
  const section = data.sections[list.section];
  const first = useMemo(() => {
    const rows = textRows(section?.lists[list.list]);
    return list.isNewestLast ? rows.toReversed() : rows;
  }, [section, list]);
  const [more, setMore] = useState<Row[]>([]);
  const rows = useMemo(() => [...first, ...more], [first, more]);
  const columns = useMemo(
    (): Column[] => (narrow ? list.columns.slice(0, list.narrow) : list.columns),
    [list, narrow],
  );
  const state = section?.completeness ?? 'not_connected';
  const last = rows.at(-1)?.['activity_id'];
  return (
    <Panel
      title={list.title}
      {...(list.definition && { definition: list.definition })}
      note={
        <>
          {state !== 'complete' && <span className="bad">{`${wordFor(words.states, state)} `}</span>}
          {section?.readAt && words.readAt(instant(section.readAt))}
        </>
      }
      answer={{ ...done, isEmpty: rows.length === 0 }}
      height={96}
      whenEmpty={state === 'not_connected' ? wordFor(words.states, state) : words.nothing}
      extra={
        list.list === 'latest' && list.section === 'interactions' && last ? (
          <Button
            variant="default"
            size="compact-xs"
            className="touch"
            onClick={() =>
              void earlierActivities(data.customerId, last).then((next) => setMore([...more, ...next]))
            }
          >
            {words.more}
          </Button>
        ) : undefined
      }
    >
      <Grid
        key={lang}
        label={list.title}
        rows={rows}
        columns={columns}
        height={Math.min(330, (rows.length + 2) * LINE_PX)}
      />
    </Panel>
  );
}
