import { together } from '../../api/cube';
import { useFilters } from '../../filters';
import {
  change,
  count,
  isNegative,
  isZero,
  money,
  percent,
  sameAmount,
  short,
  signedPercent,
  unitFor,
  type Value,
} from '../../format';
import { Kpi } from '../../frame/Kpi';
import { useWords } from '../../words';
import { useCollectionsWords } from '../../words/collections';
import { useConfirmedUnpaidByPerson } from './useConfirmedUnpaidByPerson';
import type { MonthFigures } from './useMonthFigures';

const anew = { part: undefined, bucket: undefined };

/** Six tiles: what came, what was said, what is missing, how good the word is, what is still owed. */
export function CollectionsKpis({ figures }: { figures: MonthFigures }) {
  const words = useCollectionsWords();
  const frame = useWords('frame');
  const { filters } = useFilters();
  const { lang, asOf } = filters;
  const { judged, judgedBefore, got, gotBefore, owed } = figures;

  const amount = (value: Value) => ({
    value: value == null ? null : short(value, lang).value,
    unit: value == null ? '' : short(value, lang).unit,
    exact: value == null ? undefined : frame.exact(money(value, lang)),
  });
  const better = (now: Value, before: Value, kind: 'amount' | 'ratio') => {
    const moved = change(now, before, kind, lang);
    return moved && { ...moved, isGood: moved.isUp };
  };
  const isShort = judged?.gap != null && !isNegative(judged.gap) && !isZero(judged.gap);
  const sameCash = sameAmount(got?.amount, judged?.actual);
  return (
    <div className="kpis">
      <Kpi
        label={words.received}
        definition="COL-1 COL-2"
        answer={together(figures.received)}
        {...amount(got?.amount)}
        delta={better(got?.amount, gotBefore?.amount, 'amount')}
        note={got && judged && !sameCash ? words.otherReceived(money(judged.actual, lang)) : null}
        drill={{ ...anew, list: 'receipts' }}
        drillTo="list"
      />
      <Kpi
        label={words.forecast}
        definition="FVA-1"
        answer={together(figures.accuracy)}
        {...amount(judged?.forecast)}
        note={judged ? words.frozen : words.unforecastMonth}
        drill={{ ...anew, list: 'statements' }}
        drillTo="list"
      />
      <Kpi
        label={words.gap}
        definition="FVA-6"
        answer={together(figures.accuracy)}
        {...amount(judged?.gap)}
        isBad={isShort}
        note={judged && (isShort ? words.gapNote : words.surplusNote)}
        drill={{ ...anew, list: 'gap' }}
        drillTo="list"
      />
      <ConfirmedKpi figures={figures} />
      <Kpi
        label={words.accuracy}
        definition="FVA-1 FVA-2 FVA-3"
        answer={together(figures.accuracy)}
        value={judged?.accuracy == null ? null : percent(judged.accuracy, lang)}
        delta={better(judged?.accuracy, judgedBefore?.accuracy, 'ratio')}
        note={judged?.bias != null && words.bias(signedPercent(judged.bias, lang))}
      />
      <Kpi
        label={words.net}
        definition="REC-1 REC-9"
        answer={together(figures.receivables)}
        {...amount(owed?.net)}
        note={
          owed?.net != null && (
            <>
              <span className="bad">
                {words.overdueNote(
                  `${amount(owed.overdue).value ?? '—'} ${amount(owed.overdue).unit}`,
                  percent(owed.overdue_share, lang),
                )}
              </span>{' '}
              {words.asOfToday(asOf)}
            </>
          )
        }
        drill={{ ...anew, list: 'open' }}
        drillTo="list"
      />
    </div>
  );
}

/** Confirmed and not there (FVA-7): with the names, since that is what the next call is about. */
function ConfirmedKpi({ figures }: { figures: MonthFigures }) {
  const words = useCollectionsWords();
  const frame = useWords('frame');
  const { lang } = useFilters().filters;
  const { unpaid } = figures;
  const people = useConfirmedUnpaidByPerson();
  const unit = unitFor(Number(unpaid?.missing ?? 0), lang); // one unit for the sum and its people
  const figure = (value: Value) => (value == null ? '—' : short(value, lang, unit).value);
  const isUnpaid = unpaid?.missing != null && !isZero(unpaid.missing);
  const names = people.data
    ?.slice(0, 3)
    .map((row) => `${row.stated_by_name ?? row.stated_by ?? '—'} ${figure(row.missing)}`);
  const rest = () => {
    if (isZero(unpaid?.missing_now)) return words.arrived;
    if (sameAmount(unpaid?.missing, unpaid?.missing_now)) return words.noneArrived;
    return words.stillMissing(figure(unpaid?.missing_now));
  };
  return (
    <Kpi
      label={words.confirmedUnpaid}
      definition="FVA-7"
      answer={together(figures.confirmed, people)}
      value={isUnpaid ? short(unpaid.missing ?? '0', lang).value : unpaid ? count('0', lang) : null}
      unit={isUnpaid ? short(unpaid.missing ?? '0', lang).unit : ''}
      exact={isUnpaid ? frame.exact(money(unpaid.missing, lang)) : undefined}
      isBad={isUnpaid}
      note={isUnpaid ? words.byPeople(names ?? [], rest()) : words.noneUnpaid}
      drill={{ ...anew, list: 'confirmed' }}
      drillTo="list"
    />
  );
}
