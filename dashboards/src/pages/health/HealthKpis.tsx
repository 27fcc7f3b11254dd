import { together } from '../../api/cube';
import { useFilters } from '../../filters';
import { change, count, money, percent, short, type Change } from '../../format';
import { Kpi } from '../../frame/Kpi';
import { addMonths } from '../../months';
import { useWords } from '../../words';
import { useHealthWords } from '../../words/health';
import { Shape } from './ColourMark';
import { colours as order, type Colour } from './indicators';
import type { useColours } from './useColours';
import type { useColoursByMonth } from './useColoursByMonth';
import type { useTwoReds } from './useTwoReds';

type Props = {
  months: ReturnType<typeof useColoursByMonth>;
  colours: ReturnType<typeof useColours>;
  streaks: ReturnType<typeof useTwoReds>;
};

/** More red is bad, more green is good; yellow and grey may mean either. */
const goodUp: Record<Colour, boolean | null> = { red: false, yellow: null, green: true, grey: null };

/** Counts and money by colour against last month, the share that is green, and the streaks. */
export function HealthKpis({ months, colours, streaks }: Props) {
  const words = useHealthWords();
  const frame = useWords('frame');
  const { lang, month } = useFilters().filters;
  const now = months.data?.find((row) => row.month === month);
  const before = months.data?.find((row) => row.month === addMonths(month, -1));
  const share = change(now?.green_share, before?.green_share, 'ratio', lang);
  const news = streaks.data?.filter((row) => row.second_month === month) ?? [];
  const figure = (amount: string | null) =>
    amount === null ? '—' : `${short(amount, lang).value} ${short(amount, lang).unit}`;
  return (
    <div className="kpis">
      {order.map((colour) => {
        const row = colours.data?.find((one) => one.colour === colour);
        const moved = before && now ? moreOf(now[colour], before[colour]) : null;
        return (
          <Kpi
            key={colour}
            label={words[colour]}
            definition="HEA-6 HEA-8"
            answer={together(months, colours)}
            value={now ? count(now[colour], lang) : null}
            unit={words.unit}
            mark={<Shape colour={colour} />}
            exact={row && frame.exact(money(row.net_receivable, lang))}
            delta={
              moved && { ...moved, isGood: goodUp[colour] === null ? null : goodUp[colour] === moved.isUp }
            }
            note={
              row && (
                <>
                  <span>{words.moneyOf(figure(row.net_receivable))}</span>
                  <span>{words.overdueOf(figure(row.overdue))}</span>
                </>
              )
            }
            drill={{ colour, was: undefined }}
            drillTo="list"
          />
        );
      })}
      <Kpi
        label={words.greenShare}
        definition="HEA-8"
        answer={together(months)}
        value={now?.green_share == null ? null : percent(now.green_share, lang)}
        delta={share && { ...share, isGood: share.isUp }}
        note={words.greenShareNote}
      />
      <Kpi
        label={words.streaks}
        definition="HEA-7"
        answer={together(streaks)}
        value={streaks.data ? count(String(news.length), lang) : null}
        unit={words.unit}
        isBad={news.length > 0}
        note={news.length > 0 ? words.streaksNote : words.streaksNone}
        drill={{}}
        drillTo="streaks"
      />
    </div>
  );
}

function moreOf(now: string | null, before: string | null): Change | null {
  const more = Number(now ?? 0) - Number(before ?? 0);
  return more === 0 ? null : { text: String(Math.abs(more)), isUp: more > 0 };
}
