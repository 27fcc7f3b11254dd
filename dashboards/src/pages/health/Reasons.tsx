import { Table } from '@mantine/core';
import { together, type Row } from '../../api/cube';
import type { CustomerHealth, IndicatorReason } from '../../api/health';
import { recordKey } from '../../api/record';
import { useFilters } from '../../filters';
import { count, money, percent, tenth } from '../../format';
import { Definition } from '../../frame/Definition';
import { Go } from '../../frame/Go';
import { Failed } from '../../frame/PanelState';
import type { useCustomerHealth } from '../../api/health';
import { useHealthWords } from '../../words/health';
import { useReasonWords } from '../../words/reasons';
import { IndicatorCell } from './CustomersPanel';
import { indicators } from './indicators';

type Indicator = (typeof indicators)[number];
const MOST_LINKS = 5;

/** C1: per indicator what it took from the score, the facts behind it, and what would turn the customer green. */
export function Reasons({ row, health }: { row: Row; health: ReturnType<typeof useCustomerHealth> }) {
  const words = useReasonWords();
  const { lang } = useFilters().filters;
  const { error, retry } = together(health);
  const isWhole = Number(row['coverage']) >= 1;
  return (
    <section>
      <Gap row={row} reasons={health.data?.reasons ?? []} />
      <Table fz={13} withTableBorder className="because">
        <Table.Tbody>
          {indicators.map((indicator) => (
            <IndicatorRow
              key={indicator.key}
              indicator={indicator}
              row={row}
              reason={health.data?.reasons.find((one) => one.indicator === indicator.key)}
              behind={health.data?.behind}
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
function Gap({ row, reasons }: { row: Row; reasons: readonly IndicatorReason[] }) {
  const words = useReasonWords();
  const { lang } = useFilters().filters;
  const override = row['override_reason'];
  const isHopeless = reasons.every((one) => one.row.green_value === null);
  const points = reasons.find((one) => one.row.points_to_green !== null)?.row.points_to_green;
  const lifted = override && words.lifted[override];
  const late = reasons.find((one) => one.indicator === 'punctuality')?.row.overdue_90_cny;
  return (
    <>
      {lifted && reasons.length > 0 && <p>{lifted(money(late, lang))}</p>}
      {points != null && row['colour'] !== 'green' && (
        <p>{(isHopeless ? words.gapTooLarge : words.gap)(tenth(String(points), lang))}</p>
      )}
    </>
  );
}

type RowProps = {
  indicator: Indicator;
  row: Row;
  reason: IndicatorReason | undefined;
  behind: CustomerHealth['behind'] | undefined;
};

function IndicatorRow({ indicator, row, reason, behind }: RowProps) {
  const { key, definition } = indicator;
  const health = useHealthWords();
  const words = useReasonWords();
  const { lang } = useFilters().filters;
  const text = reason?.text[lang];
  const loss = text?.lost ?? (reason ? `${health.weight} ${reason.weight}` : '');
  const way = row['colour'] === 'green' ? null : text?.toGreen;
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={400}>
        <span className="kpi-label">
          {health.indicators[key]} <Definition id={definition} of={health.indicators[key]} />
        </span>
      </Table.Th>
      <Table.Td>
        <div className="loss">
          <span className="muted">{loss}</span>
          <IndicatorCell row={row} name={key} />
        </div>
        {text && <p className={text.lost === null || reason?.isCarried ? 'warn' : undefined}>{text.facts}</p>}
        {key === 'punctuality' && behind && <LateInvoices invoices={behind.invoices} />}
        {way && (
          <p>
            <b className="good">{words.green}</b>
            {way}
          </p>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

/** The documents that were overdue at the month's end, the largest first. */
function LateInvoices({ invoices }: { invoices: CustomerHealth['behind']['invoices'] }) {
  const words = useReasonWords().punctuality;
  const { lang } = useFilters().filters;
  const isFirst = (id: string, at: number) => invoices.findIndex((one) => one.document_id === id) === at;
  const late = invoices.filter(
    ({ paid_date, document_id }, at) => paid_date === null && isFirst(document_id, at),
  );
  if (late.length === 0) return null;
  return (
    <p className="record-links">
      {words.still}
      {late.slice(0, MOST_LINKS).map((item) => (
        <Go
          key={item.document_id}
          patch={{ record: recordKey('core.receivable_document', item.document_id) }}
        >
          {item.document_number ?? item.document_id}
        </Go>
      ))}
      {late.length > MOST_LINKS && words.more(count(String(late.length), lang))}
    </p>
  );
}
