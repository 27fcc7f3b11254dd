import { defineConnector, keysetPages, MillraceError, type Page, type Split, type Stream } from '../kit';
import { spec } from './config';
import { longId } from './ids';
import { Org } from './org';
import { lister, nextOf, settledTime } from './pages';
import { currencies, fields, objectStreams, opportunityFieldHistory } from './streams';

/** Salesforce through its REST API: SOQL queries, ordered by the time of the last change. */
export const salesforce = defineConnector({
  name: 'salesforce',
  title: { zh: 'Salesforce', en: 'Salesforce' },
  spec,
  streams: [...objectStreams, currencies, fields],
  open: (config, kit) => new Org(config, kit),
  async check(org, stream) {
    if (!stream) await org.limits();
    else if (stream.name === fields.name) await org.visibleFields();
    else if (stream.name === currencies.name) await checkRates(org);
    else {
      const select = await selectOf(org, stream);
      await org.query(`${select} ORDER BY Id LIMIT 1`);
    }
  },
  async *read(org, stream, state, request) {
    const whole = wholeRows(org, stream);
    if (whole) {
      yield { records: await whole, state: null };
      return;
    }
    const { rowsPerPage, settleSeconds } = org.config;
    const until = settledTime(org.now(), settleSeconds);
    const list = lister(org, { stream, select: await selectOf(org, stream), until });
    const pages = keysetPages(stream, state, rowsPerPage, list, request);
    if (stream.name !== opportunityFieldHistory.name) yield* pages;
    else for await (const page of pages) yield withLongIds(page);
  },
  async *keys(org, stream) {
    const whole = wholeRows(org, stream);
    if (whole) {
      yield (await whole).map((row) =>
        stream.key.map((field) => String((row as Record<string, unknown>)[field])),
      );
      return;
    }
    const hasMark = stream.fields.some(({ name }) => name === 'IsDeleted');
    const where = hasMark ? ' WHERE IsDeleted = false' : '';
    let page = await org.query(`SELECT Id FROM ${stream.vendorName}${where} ORDER BY Id`);
    for (;;) {
      yield recordsOf(page).map(({ Id }) => [String(Id)]);
      const next = nextOf(page);
      if (next === undefined) return;
      page = await org.next(next);
    }
  },
});

async function selectOf(org: Org, stream: Stream): Promise<string> {
  return `SELECT ${(await org.projection(stream)).join(', ')} FROM ${stream.vendorName}`;
}

function wholeRows(org: Org, { name }: Stream) {
  if (name === currencies.name) return org.currencies();
  return name === fields.name ? org.visibleFields() : undefined;
}

/** Error: `config_invalid`, naming the currencies whose amounts cannot be told in CNY. */
async function checkRates(org: Org): Promise<void> {
  const missing = (await org.currencies()).filter(
    ({ cny_rate, opportunities }) => cny_rate === null && opportunities !== '0',
  );
  if (missing.length === 0) return;
  const list = missing.map(({ iso_code, opportunities }) => `${opportunities} in ${iso_code}`).join(', ');
  throw new MillraceError('config_invalid', {
    what: `Opportunities have no amount in CNY: ${list}`,
    where: `stream ${currencies.name}`,
    todo: 'Write the rates into `rates`, for example {USD: 7.0995}',
  });
}

/** Old and new values of a lookup may come as short ids. */
function withLongIds({ records, state }: Page): Page {
  if (Array.isArray(records)) return { records, state };
  const rows = recordsOf(records as Split).map((row) => ({
    ...row,
    ...(typeof row.OldValue === 'string' && { OldValue: longId(row.OldValue) }),
    ...(typeof row.NewValue === 'string' && { NewValue: longId(row.NewValue) }),
  }));
  return { records: rows, state };
}

const recordsOf = ({ lines }: Pick<Split, 'lines'>): Record<string, unknown>[] =>
  lines
    .toString('utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
