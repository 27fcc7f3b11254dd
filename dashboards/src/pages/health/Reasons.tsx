import { Table } from '@mantine/core';
import { together, type Row } from '../../api/cube';
import { recordKey } from '../../api/record';
import { useFilters } from '../../filters';
import { count, isNegative, money, percent, tenth } from '../../format';
import { Definition } from '../../frame/Definition';
import { Go } from '../../frame/Go';
import { Failed } from '../../frame/PanelState';
import { useHealthWords } from '../../words/health';
import { useReasonWords } from '../../words/reasons';
import { IndicatorCell } from './CustomersPanel';
import { indicators } from './indicators';
import { factsOf, lossOf, wayToGreen } from './reasonText';
import { useCustomerItems } from './useCustomerItems';
import { useReasons, type Reason } from './useReasons';

type Indicator = (typeof indicators)[number];
const MOST_LINKS = 5;

/** C1: per indicator what it took from the score, the facts behind it, and what would turn the customer green. */
export function Reasons({ customer, row }: { customer: string; row: Row }) {
  const words = useReasonWords();
  const { lang } = useFilters().filters;
  const reasons = useReasons(customer, row['month'] ?? '');
  const { error, retry } = together(reasons);
  const isWhole = Number(row['coverage']) >= 1;
  return (
    <section>
      <Gap row={row} reasons={reasons.data ?? []} />
      <Table fz={13} withTableBorder className="because">
        <Table.Tbody>
          {indicators.map((indicator) => (
            <IndicatorRow
              key={indicator.key}
              indicator={indicator}
              row={row}
              reason={reasons.data?.find((one) => one.indicator === indicator.key)}
              customer={customer}
            />
          ))}
        </Table.Tbody>
      </Table>
      {error && <Failed error={error} retry={retry} height={60} />}
      <p className="muted">{isWhole ? words.whole : words.scaled(percent(row['coverage'], lang))}</p>
    </section>
  );
}

/** How far from green, and what an override waits for. */
function Gap({ row, reasons }: { row: Row; reasons: readonly Reason[] }) {
  const words = useReasonWords();
  const { lang } = useFilters().filters;
  const override = row['override_reason'];
  const isHopeless = reasons.every((one) => one.green_value === null);
  const points = reasons.find((one) => one.points_to_green !== null)?.points_to_green;
  const lifted = override && words.lifted[override];
  const late = reasons.find((one) => one.indicator === 'punctuality')?.overdue_90_cny;
  return (
    <>
      {lifted && reasons.length > 0 && <p>{lifted(money(late, lang))}</p>}
      {points && row['colour'] !== 'green' && (
        <p>{(isHopeless ? words.gapTooLarge : words.gap)(tenth(points, lang))}</p>
      )}
    </>
  );
}

type RowProps = { indicator: Indicator; row: Row; reason: Reason | undefined; customer: string };

function IndicatorRow({ indicator, row, reason, customer }: RowProps) {
  const { key, definition, weight } = indicator;
  const health = useHealthWords();
  const words = useReasonWords();
  const { lang } = useFilters().filters;
  const missing = row[`${key}_reason`];
  const loss = reason ? lossOf(reason, words, lang) : null;
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={400}>
        <span className="kpi-label">
          {health.indicators[key]} <Definition id={definition} of={health.indicators[key]} />
        </span>
      </Table.Th>
      <Table.Td>
        <div className="loss">
          <span className="muted">{loss ?? `${health.weight} ${weight}`}</span>
          <IndicatorCell row={row} name={key} />
        </div>
        {reason && loss !== null && <Because reason={reason} row={row} indicator={key} customer={customer} />}
        {missing && <p className="muted">{health.reasons[missing] ?? missing}</p>}
      </Table.Td>
    </Table.Tr>
  );
}

type BecauseProps = { reason: Reason; row: Row; indicator: Indicator['key']; customer: string };

function Because({ reason, row, indicator, customer }: BecauseProps) {
  const words = useReasonWords();
  const { lang } = useFilters().filters;
  const way = row['colour'] === 'green' ? null : wayToGreen(indicator, reason, words, lang);
  const hasMoved = row['is_frozen'] === 'true' && tenth(reason.value, lang) !== tenth(row[indicator], lang);
  return (
    <>
      <p>{factsOf(indicator, reason, words, lang)}</p>
      {indicator === 'punctuality' && <StillOverdue customer={customer} />}
      {way && (
        <p>
          <b className="good">{words.green}</b>
          {way}
        </p>
      )}
      {hasMoved && <p className="warn">{words.frozenAt(tenth(row[indicator], lang))}</p>}
    </>
  );
}

/** The documents that are overdue as this is read, the latest first. */
function StillOverdue({ customer }: { customer: string }) {
  const words = useReasonWords().punctuality;
  const { lang } = useFilters().filters;
  const items = useCustomerItems(customer);
  const isLate = (item: Row) => Number(item['days_overdue']) > 0 && !isNegative(item['open_amount']); // a credit is not late
  const late = items.data?.filter(isLate) ?? [];
  if (late.length === 0) return null;
  return (
    <p className="record-links">
      {words.still}
      {late.slice(0, MOST_LINKS).map((item) => (
        <Go
          key={item.item_id}
          patch={{ record: recordKey('core.receivable_document', item.document_id ?? '') }}
        >
          {item.document_number ?? item.document_id}
        </Go>
      ))}
      {late.length > MOST_LINKS && words.more(count(String(late.length), lang))}
    </p>
  );
}
