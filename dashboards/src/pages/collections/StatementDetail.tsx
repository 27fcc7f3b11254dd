import { Skeleton } from '@mantine/core';
import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { recordKey } from '../../api/record';
import { useStatement, type Statement } from '../../api/statement';
import { useFilters } from '../../filters';
import { day, instant, isZero, money } from '../../format';
import { Go } from '../../frame/Go';
import { Failed } from '../../frame/PanelState';
import { CertaintyTag } from '../../frame/Tag';
import { useWords } from '../../words';
import { useCollectionsWords } from '../../words/collections';
import { wordFor } from '../../words/values';

/** One promise of money: every version as it was said, the documents it is about, and what came. */
export function StatementDetail() {
  const { statement } = useFilters().filters;
  return statement ? <Loaded key={statement} id={statement} /> : null;
}

function Loaded({ id }: { id: string }) {
  const words = useCollectionsWords();
  const values = useWords('values');
  const { lang } = useFilters().filters;
  const { data, isPending, error, refetch } = useStatement(id);
  if (error) return <Failed error={error} retry={() => void refetch()} height={120} />;
  if (isPending) return <Skeleton h={320} className="after-a-moment" />;
  return (
    <div className="detail">
      <h3>{data.customerName ?? values.unknownPayer}</h3>
      <p className="muted">
        {[wordFor(values.subject, data.subjectKind), data.subjectNumber].filter(Boolean).join(' ')}
        {data.customerId && (
          <>
            {' · '}
            <Go patch={{ record: recordKey('core.customer', data.customerId) }}>{words.customerRecord}</Go>
          </>
        )}
      </p>
      <section>
        <h4>{words.versions}</h4>
        <ol className="versions">
          {data.versions.toReversed().map((version) => (
            <Version key={version.id} version={version} />
          ))}
        </ol>
      </section>
      <Rows title={words.documents} none={words.noDocuments} count={data.documents.length}>
        {data.documents.map((row) => (
          <Line
            key={row.id}
            row={row}
            name={row.number ?? row.id}
            amount={money(row.amountCny, lang)}
            note={[
              row.dueDate && words.dueOn(day(row.dueDate)),
              row.openAmountCny &&
                !isZero(row.openAmountCny) &&
                words.openLeft(money(row.openAmountCny, lang)),
            ]}
          />
        ))}
      </Rows>
      <Rows title={words.settlements} none={words.noSettlements} count={data.settlements.length}>
        {data.settlements.map((row) => (
          <Line
            key={row.id}
            row={row}
            name={`${day(row.valueDate)} ${wordFor(values.settlementKind, row.kind)}`}
            amount={money(row.amountCny, lang)}
            note={[row.documentNumber]}
          />
        ))}
      </Rows>
      <Rows title={words.bankLines} none={words.noBankLines} count={data.bankLines.length}>
        {data.bankLines.map((row) => (
          <Line
            key={row.id}
            row={row}
            name={`${day(row.valueDate)} ${row.counterpartyName ?? ''}`}
            amount={money(row.amountCny, lang)}
            note={[row.remark, row.fileName && words.fileLine(row.fileName, String(row.lineNumber ?? '—'))]}
          />
        ))}
      </Rows>
    </div>
  );
}

type VersionRow = Statement['versions'][number];

function Version({ version }: { version: VersionRow }) {
  const words = useCollectionsWords();
  const values = useWords('values');
  const { lang } = useFilters().filters;
  const warnings = [
    version.isWithdrawn && words.withdrawn,
    version.isFutureConfirmed && words.futureConfirmed,
    version.lacksEvidence && words.noEvidence,
  ].filter(Boolean);
  return (
    <li>
      <div className="version-head">
        <Go patch={{ record: recordKey(version.table, version.id) }}>{words.version(version.version)}</Go>
        <span className="muted">{`${version.statedByName ?? '—'} · ${words.saidOn(instant(version.statedAt))}`}</span>
        <CertaintyTag certainty={version.certainty} isAlarm={false}>
          {wordFor(values.certainty, version.certainty)}
        </CertaintyTag>
      </div>
      <p className={version.isWithdrawn ? 'struck' : ''}>
        {words.willPay(money(version.amountCny, lang), day(version.expectedDate))}
      </p>
      {version.evidence && <p className="muted">{`${words.evidence}: ${version.evidence}`}</p>}
      {warnings.length > 0 && (
        <p className="warn">
          <TriangleAlert size={13} aria-hidden /> {warnings.join(' · ')}
        </p>
      )}
    </li>
  );
}

type RowsProps = { title: string; none: string; count: number; children: ReactNode };

function Rows({ title, none, count, children }: RowsProps) {
  return (
    <section>
      <h4>{title}</h4>
      {count > 0 ? <ul className="lines">{children}</ul> : <p className="muted">{none}</p>}
    </section>
  );
}

type LineProps = {
  row: { table: string; id: string };
  name: string;
  amount: string;
  note: readonly (string | false | null | undefined)[];
};

function Line({ row, name, amount, note }: LineProps) {
  return (
    <li>
      <Go patch={{ record: recordKey(row.table, row.id) }}>{name}</Go>
      <span className="num">{amount}</span>
      <small className="muted">{note.filter(Boolean).join(' · ')}</small>
    </li>
  );
}
