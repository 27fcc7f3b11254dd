import type { Answer, Row } from '../../api/cube';
import { useFilters } from '../../filters';
import { count, money, percent, short, tenth, upToTenth } from '../../format';
import { Kpi } from '../../frame/Kpi';
import { useCustomerWords } from '../../words/customer';

/** The figures of the last 12 months and of today, each with its definition. */
export function CustomerKpis({ figures, answer }: { figures: Row; answer: Answer }) {
  const words = useCustomerWords();
  const { lang } = useFilters().filters;
  const cny = (key: string) => {
    const value = figures[key];
    if (value == null) return { value: null };
    return { ...short(value, lang), exact: money(value, lang) };
  };
  const said = (key: string) => figures[key] ?? null;
  const gap = said('median_gap_days');
  const limit = said('credit_limit_cny');
  const tiles = [
    { label: words.net, definition: 'REC-1', ...cny('net_cny') },
    {
      label: words.overdue,
      definition: 'REC-2',
      ...cny('overdue_cny'),
      isBad: (said('overdue_cny') ?? '0.00') !== '0.00',
    },
    {
      label: words.exposure,
      definition: 'REC-14',
      ...cny('exposure_cny'),
      isBad: said('is_over_limit') === 'true',
      note: limit
        ? `${words.limit(money(limit, lang))}${said('is_over_limit') === 'true' ? ` · ${words.overLimit}` : ''}`
        : words.noLimit,
    },
    {
      label: words.intake,
      definition: 'ORD-1 CUS-1',
      ...cny('intake_cny'),
      note: words.repeat(percent(said('repeat_share'), lang)),
    },
    {
      label: words.frequency,
      definition: 'CUS-3',
      value: said('orders') === null ? null : count(said('orders'), lang),
      note: gap === null ? '' : words.gap(upToTenth(gap, lang)),
    },
    {
      label: words.punctual,
      definition: 'REC-7',
      value: said('on_time_share') === null ? null : percent(said('on_time_share'), lang),
      note: said('mean_days_late') === null ? '' : words.daysLate(tenth(said('mean_days_late'), lang)),
    },
    {
      label: words.term,
      definition: 'CUS-4',
      value: said('actual_days') === null ? null : tenth(said('actual_days'), lang),
      unit: words.days,
      note: said('agreed_days') === null ? '' : words.agreed(tenth(said('agreed_days'), lang)),
    },
    {
      label: words.returns,
      definition: 'ORD-7',
      value: said('return_rate') === null ? null : percent(said('return_rate'), lang),
      note: words.year,
    },
  ];
  return (
    <div className="kpis">
      {tiles.map((tile) => (
        <Kpi key={tile.label} answer={answer} {...tile} />
      ))}
    </div>
  );
}
