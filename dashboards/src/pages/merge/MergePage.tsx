import { together } from '../../api/cube';
import { useFilters } from '../../filters';
import { count, money } from '../../format';
import { Go } from '../../frame/Go';
import { Page } from '../../frame/Page';
import { Panel } from '../../frame/Panel';
import { Sentence } from '../../frame/Sentence';
import { useMergeWords } from '../../words/merge';
import { DecisionsPanel } from './DecisionsPanel';
import './merge.css';
import { OutcomeNote } from './OutcomeNote';
import { PairList } from './PairList';
import { useDecide } from './useDecide';
import { useQueue } from './useQueue';

/** A11: which records are one customer and nobody has said so yet? The most money first. */
export default function MergePage() {
  const words = useMergeWords();
  const { lang, task: kind } = useFilters().filters;
  const queue = useQueue();
  const decide = useDecide();
  const totals = queue.data?.totals ?? [];
  const all = totals.reduce((sum, { waiting }) => sum + waiting, 0);
  const answer = { ...together(queue), isEmpty: queue.data !== undefined && all === 0 };
  const mayDecide = queue.data?.mayDecide ?? false;
  const of = (wanted: string) => totals.find((one) => one.kind === wanted);
  const number = (wanted: string) => count(String(of(wanted)?.waiting ?? 0), lang);
  const sum = (wanted: string) => money(of(wanted)?.moneyCny ?? '0', lang);
  const rows = (queue.data?.rows ?? []).filter((row) => kind === undefined || row.kind === kind);
  return (
    <Page title={words.title}>
      <Sentence
        answer={{ ...answer, isEmpty: false }}
        parts={[
          words.sentence({
            pairs: number('pair'),
            money: sum('pair'),
            payers: number('payer'),
            payerMoney: sum('payer'),
            ambiguous: number('ambiguous'),
          }),
        ]}
      />
      <nav className="kinds" aria-label={words.queue}>
        <Go patch={{ task: undefined }} className={kind === undefined ? 'chip chosen' : 'chip'}>
          {`${words.all} ${count(String(all), lang)}`}
        </Go>
        {totals.map(({ kind: one, waiting }) => (
          <Go key={one} patch={{ task: one }} className={kind === one ? 'chip chosen' : 'chip'}>
            {`${words.kinds[one] ?? one} ${count(String(waiting), lang)}`}
          </Go>
        ))}
      </nav>
      <OutcomeNote decide={decide} />
      <Panel
        title={words.queue}
        definition="DAT-5 REC-1 ORD-1"
        answer={answer}
        note={mayDecide || queue.data === undefined ? words.note : words.onlyLook}
        height={430}
        whenEmpty={words.nothing}
      >
        <PairList rows={rows} mayDecide={mayDecide} decide={decide} />
      </Panel>
      <DecisionsPanel decide={decide} mayDecide={mayDecide} />
    </Page>
  );
}
