import { Checkbox } from '../../frame/Checkbox';
import { useState } from 'react';
import { together } from '../../api/cube';
import { useMorning } from '../../api/finance';
import { useFilters } from '../../filters';
import { count, money, short } from '../../format';
import { DetailDrawer } from '../../frame/DetailDrawer';
import { Go } from '../../frame/Go';
import { Page } from '../../frame/Page';
import { Panel } from '../../frame/Panel';
import { Sentence } from '../../frame/Sentence';
import { useFinanceWords } from '../../words/finance';
import { TaskList } from './TaskList';

/** B7: what does finance do this morning, first things first? One key per row. */
export default function MorningPage() {
  const words = useFinanceWords();
  const { filters } = useFilters();
  const { lang, task: kind } = filters;
  const morning = useMorning();
  const [isAll, setAll] = useState(false);
  const answer = { ...together(morning), isEmpty: morning.data?.tasks.length === 0 };
  const totals = morning.data?.totals ?? [];
  const open = totals.filter(({ open_tasks }) => open_tasks > 0);
  const wanted = (morning.data?.tasks ?? []).filter(
    ({ task_kind, state }) =>
      (kind === undefined || task_kind === kind) && (isAll || state === 'open' || state === 'asked'),
  );
  const figure = (amount: string) => {
    const { value, unit } = short(amount, lang);
    return `${value} ${unit}`;
  };
  const openTasks = String(open.reduce((sum, one) => sum + one.open_tasks, 0));
  return (
    <Page title={words.morning}>
      <Sentence
        answer={answer}
        parts={[
          words.sentence(
            open
              .slice(0, 4)
              .map(({ task_kind, open_tasks, open_cny }) =>
                words.kindCount(
                  words.kinds[task_kind] ?? task_kind,
                  count(String(open_tasks), lang),
                  task_kind === 'bank' ? null : figure(open_cny),
                ),
              ),
            count(openTasks, lang),
          ),
        ]}
      />
      <nav className="kinds" aria-label={words.task}>
        <Go patch={{ task: undefined }} className={kind === undefined ? 'chip chosen' : 'chip'}>
          {`${words.allKinds} ${count(openTasks, lang)}`}
        </Go>
        {totals.map(({ task_kind, open_tasks }) => (
          <Go
            key={task_kind}
            patch={{ task: task_kind }}
            className={kind === task_kind ? 'chip chosen' : 'chip'}
          >
            {`${words.kinds[task_kind] ?? task_kind} ${count(String(open_tasks), lang)}`}
          </Go>
        ))}
      </nav>
      <Panel
        title={words.listFor(morning.data?.listDate ?? '')}
        definition="FIN-1"
        answer={answer}
        note={words.keys}
        height={430}
        whenEmpty={words.nothing}
        extra={<Checkbox label={words.showDone} isChecked={isAll} onChange={setAll} />}
      >
        <TaskList tasks={wanted} />
        <Foot totals={totals} kind={kind} />
      </Panel>
      <DetailDrawer title={words.task} />
    </Page>
  );

  /** Computed by the server; amounts of two kinds are not added up. */
  function Foot({ totals: all, kind: chosen }: { totals: typeof totals; kind: string | undefined }) {
    const one = all.find(({ task_kind }) => task_kind === chosen);
    if (!one) return null;
    return (
      <p className="muted list-foot">
        {`${words.listTotal}: ${words.total(count(String(one.open_tasks), lang), chosen === 'bank' ? null : money(one.open_cny, lang))}`}
      </p>
    );
  }
}
