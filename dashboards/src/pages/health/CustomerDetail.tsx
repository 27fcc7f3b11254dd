import { Skeleton } from '@mantine/core';
import { Lock } from 'lucide-react';
import { together } from '../../api/cube';
import { useCustomerHealth } from '../../api/health';
import { recordKey } from '../../api/record';
import { useFilters } from '../../filters';
import { count, day, money, tenth } from '../../format';
import { Go } from '../../frame/Go';
import { Customer360Link } from '../../frame/Customer360Link';
import { Failed } from '../../frame/PanelState';
import { regionName } from '../../frame/useScopeText';
import { useWords } from '../../words';
import { useHealthWords } from '../../words/health';
import { ColourMark } from './ColourMark';
import { mainReason, namesOf } from './indicators';
import { Reasons } from './Reasons';
import { SinceFrozen } from './SinceFrozen';
import { useCustomerHistory } from './useCustomerHistory';
import { useCustomerItems } from './useCustomerItems';

/** One customer: why it has its colour, since when, and what it owes. */
export function CustomerDetail() {
  const { customer } = useFilters().filters;
  return customer ? <Loaded key={customer} customer={customer} /> : null;
}

function Loaded({ customer }: { customer: string }) {
  const words = useHealthWords();
  const frame = useWords('frame');
  const { lang, month } = useFilters().filters;
  const history = useCustomerHistory(customer);
  const shown = history.data?.find((one) => one.month === month) ?? history.data?.at(-1);
  const health = useCustomerHealth(customer, shown?.month ?? month);
  const answer = together(history);
  if (answer.error) return <Failed error={answer.error} retry={answer.retry} height={120} />;
  if (answer.isPending) return <Skeleton h={320} className="after-a-moment" />;
  const row = shown;
  if (!row) return <p className="muted">{frame.empty}</p>;
  return (
    <div className="detail">
      <h3>{row.customer_name}</h3>
      <p>
        <ColourMark colour={row.colour} /> {` ${row.month} · ${words.score} ${tenth(row.score, lang)} · `}
        <span className="muted">
          {[row.owner_name, regionName(row.region, frame.unassigned)].filter(Boolean).join(' · ')}
        </span>
      </p>
      <p className="muted">
        {row.is_frozen === 'true' ? (
          <>
            <Lock size={12} aria-hidden /> {words.frozen} · {words.version(row.frozen_version ?? '1')}
          </>
        ) : (
          words.live
        )}
      </p>
      {row.override_reason && <p className="bad">{mainReason(row, words, lang)}</p>}
      {row.carried && <p className="warn">{words.carriedOf(namesOf(row.carried, words))}</p>}
      {row.override_reason === 'held' && row.held_by && (
        <p className="warn">{words.heldBy(namesOf(row.held_by, words))}</p>
      )}
      <Reasons key={row.month} row={row} health={health} />
      {health.data && <SinceFrozen health={health.data} />}
      <section>
        <h4>{words.history}</h4>
        <div className="history">
          {history.data?.map((one) => (
            <span key={one.month} className="mark">
              <Go patch={{ customer, month: one.month ?? undefined }}>{one.month?.slice(2)}</Go>
              <ColourMark colour={one.colour}>{tenth(one.score, lang)}</ColourMark>
            </span>
          ))}
        </div>
      </section>
      <Items customer={customer} />
      <p>
        <Go patch={{ record: recordKey('core.customer', customer) }}>{words.customerRecord}</Go>
        {' · '}
        <Customer360Link customer={customer} />
      </p>
    </div>
  );
}

function Items({ customer }: { customer: string }) {
  const words = useHealthWords();
  const { lang } = useFilters().filters;
  const items = useCustomerItems(customer);
  const { isPending, error, retry } = together(items);
  if (error) return <Failed error={error} retry={retry} height={80} />;
  if (isPending) return <Skeleton h={80} className="after-a-moment" />;
  return (
    <section>
      <h4>{words.openItems}</h4>
      {items.data?.length === 0 && <p className="muted">{words.noOpenItems}</p>}
      <ul className="lines">
        {items.data?.map((row) => (
          <li key={row.item_id}>
            <Go patch={{ record: recordKey('core.receivable_document', row.document_id ?? '') }}>
              {row.document_number ?? row.document_id}
            </Go>
            <span className="num">{money(row.open_amount, lang)}</span>
            <small className="muted">
              {`${words.dueDate} ${day(row.effective_due_date)} · ${words.daysOverdue} ${count(row.days_overdue, lang)}`}
            </small>
          </li>
        ))}
      </ul>
    </section>
  );
}
