import type { ReactNode } from 'react';
import { together } from '../../api/cube';
import { useFilters, type Address } from '../../filters';
import { absolute, isNegative, isZero, monthName, percent, short, type Value } from '../../format';
import { Go } from '../../frame/Go';
import { Sentence } from '../../frame/Sentence';
import { useCollectionsWords } from '../../words/collections';
import type { MonthFigures } from './useMonthFigures';

/** The month in one sentence; every figure opens the rows behind it. */
export function CollectionsSentence({ figures }: { figures: MonthFigures }) {
  const words = useCollectionsWords();
  const { filters } = useFilters();
  const { lang, month, asOf } = filters;
  const { judged, got, unpaid, owed } = figures;
  const answer = together(figures.received, figures.accuracy, figures.confirmed, figures.receivables);

  const link = (text: string, patch: Partial<Address>): ReactNode => (
    <Go patch={{ part: undefined, bucket: undefined, ...patch }} to="list" className="said">
      {text}
    </Go>
  );
  const figure = (amount: Value) => {
    if (amount == null) return '—';
    const { value, unit } = short(absolute(amount), lang);
    return `${value} ${unit}`;
  };
  const parts = got
    ? words.sentence<ReactNode>(
        {
          month: <b>{monthName(month, lang)}</b>,
          received: link(figure(got.amount), { list: 'receipts' }),
          gap: link(figure(judged?.gap), { list: 'gap' }),
          people: words.people(unpaid?.people ?? '0'),
          items: words.items(unpaid?.count ?? '0'),
          missing: <span className="bad">{link(figure(unpaid?.missing), { list: 'confirmed' })}</span>,
          net: link(figure(owed?.net), { list: 'open' }),
          overdue: link(figure(owed?.overdue), { list: 'open', bucket: 'overdue' }),
          share: percent(owed?.overdue_share, lang),
        },
        {
          less: !isNegative(judged?.gap),
          forecast: judged?.gap != null,
          unpaid: unpaid?.count != null && !isZero(unpaid.count),
          running: filters.isRunning ? asOf : null,
        },
      )
    : null;
  return <Sentence answer={answer} parts={parts} />;
}
