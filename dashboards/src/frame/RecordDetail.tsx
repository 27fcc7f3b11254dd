import { Skeleton, Table } from '@mantine/core';
import { ExternalLink } from 'lucide-react';
import { inLang } from '../api/label';
import { recordKey, useRecord, type HubRecord } from '../api/record';
import { useFilters } from '../filters';
import { day, instant, money, type Lang } from '../format';
import { useWords } from '../words';
import { fieldWord, type FieldWords } from '../words/fields';
import type { FrameWords } from '../words/frame';
import { Go } from './Go';
import { Failed } from './PanelState';

/** One row of the warehouse down to what its source said: file and line, connection, sync, the raw record itself. */
export function RecordDetail({ recordKey: key }: { recordKey: string }) {
  const words = useWords('frame');
  const fields = useWords('fields');
  const { lang } = useFilters().filters;
  const { data, isPending, error, refetch } = useRecord(key);
  if (error) return <Failed error={error} retry={() => void refetch()} height={120} />;
  if (isPending) return <Skeleton h={320} className="after-a-moment" />;
  return (
    <div className="detail">
      <h3>{inLang(data.title, lang)}</h3>
      <Facts
        rows={data.fields.map(({ name, label, value }) => [
          inLang(label, lang),
          fieldText(name, value, lang, { frame: words, fields }),
        ])}
      />
      {data.links.length > 0 && (
        <section>
          <h4>{words.record.links}</h4>
          <ul className="plain-list">
            {data.links.map(({ label, table, id }) => (
              <li key={recordKey(table, id)}>
                <Go patch={{ record: recordKey(table, id) }}>{inLang(label, lang)}</Go>
              </li>
            ))}
          </ul>
        </section>
      )}
      <Origin record={data} />
    </div>
  );
}

type FieldValue = HubRecord['fields'][number]['value'];

type Words = { frame: FrameWords; fields: FieldWords };

/** The model's naming says what a value is: `_cny` money, `_at` an instant, `_date` a business date, else a key or text. */
function fieldText(name: string, value: FieldValue, lang: Lang, words: Words): string {
  if (value === null || value === '') return '—';
  if (typeof value === 'boolean' || value === 'true' || value === 'false') {
    return String(value) === 'true' ? words.frame.yes : words.frame.no;
  }
  const text = String(value);
  if (name.endsWith('_cny')) return money(text, lang);
  if (name.endsWith('_at')) return instant(text);
  return name.endsWith('_date') ? day(text) : fieldWord(words.fields, name, text);
}

function Origin({ record }: { record: HubRecord }) {
  const words = useWords('frame').record;
  const { source } = record;
  if (!source) return null;
  const { raw } = source;
  const line = record.fields.find((field) => field.name === 'line_number')?.value ?? raw?.['line_number'];
  const file = record.fields.find((field) => field.name === 'file_name')?.value ?? raw?.['file_name'];
  const rows: [string, string | null][] = [
    [words.connection, source.connection],
    [words.stream, source.stream ?? null],
    [words.file, textOf(file)],
    [words.lineNumber, textOf(line)],
    [words.sourceId, source.sourceId ?? null],
    [words.extractedAt, source.extractedAt ? instant(source.extractedAt) : null],
    [words.sync, source.syncId ?? null],
  ];
  return (
    <section>
      <h4>{words.from}</h4>
      <Facts rows={rows.filter((row): row is [string, string] => row[1] !== null)} />
      {source.url && (
        <p>
          <a href={source.url} target="_blank" rel="noreferrer">
            {words.open} <ExternalLink size={13} aria-hidden />
          </a>
        </p>
      )}
      <h4>{words.raw}</h4>
      {raw ? (
        <Facts
          isCode
          rows={Object.entries(raw).map(([name, value]) => [
            name,
            typeof value === 'string' ? value : JSON.stringify(value, null, 1),
          ])}
        />
      ) : (
        <p className="muted">{words.noRaw}</p>
      )}
    </section>
  );
}

/** Names and values, one a line. */
export function Facts({ rows, isCode }: { rows: readonly (readonly [string, string])[]; isCode?: boolean }) {
  return (
    <Table variant="vertical" withTableBorder fz={13} className={isCode ? 'facts code' : 'facts'}>
      <Table.Tbody>
        {rows.map(([name, value]) => (
          <Table.Tr key={name}>
            <Table.Th scope="row">{name}</Table.Th>
            <Table.Td>{value}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

const textOf = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : null;
