import type { ReactNode } from 'react';
import { together } from '../../api/cube';
import { useFilters, type Address } from '../../filters';
import { count, monthName, short, type Value } from '../../format';
import { Go } from '../../frame/Go';
import { Sentence } from '../../frame/Sentence';
import { addMonths } from '../../months';
import { useHealthWords } from '../../words/health';
import type { useColours } from './useColours';
import type { useColoursByMonth } from './useColoursByMonth';
import type { useTwoReds } from './useTwoReds';

type Props = {
  months: ReturnType<typeof useColoursByMonth>;
  colours: ReturnType<typeof useColours>;
  streaks: ReturnType<typeof useTwoReds>;
};

/** The red ones first: how many, whether more than last month, and the money in them. */
export function HealthSentence({ months, colours, streaks }: Props) {
  const words = useHealthWords();
  const { lang, month } = useFilters().filters;
  const now = months.data?.find((row) => row.month === month);
  const before = months.data?.find((row) => row.month === addMonths(month, -1));
  const red = colours.data?.find((row) => row.colour === 'red');
  const news = streaks.data?.filter((row) => row.second_month === month) ?? [];
  const link = (text: string, patch: Partial<Address>, to = 'list'): ReactNode => (
    <Go patch={{ colour: 'red', was: undefined, ...patch }} to={to} className="said">
      {text}
    </Go>
  );
  const figure = (amount: Value) => {
    if (amount == null) return '—';
    const { value, unit } = short(amount, lang);
    return `${value} ${unit}`;
  };
  const parts = now
    ? words.sentence<ReactNode>(
        {
          month: <b>{monthName(month, lang)}</b>,
          red: <span className="bad">{link(words.redCustomers(count(now.red, lang)), {})}</span>,
          net: link(figure(red?.net_receivable ?? '0'), {}),
          overdue: link(figure(red?.overdue ?? '0'), {}),
          streaks: link(words.customersOf(count(String(news.length), lang)), {}, 'streaks'),
        },
        {
          more: before ? words.more(Number(now.red) - Number(before.red)) : null,
          streaks: news.length > 0,
        },
      )
    : null;
  return <Sentence answer={together(months, colours, streaks)} parts={parts} />;
}
