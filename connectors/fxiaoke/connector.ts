import { defineConnector, keysetPages, MillraceError, type Split, type Stream } from '../kit';
import { spec } from './config';
import { byId, isFull, lister, where } from './pages';
import { employees, objectStreams, options } from './streams';
import { Tenant } from './tenant';

export const fxiaoke = defineConnector({
  name: 'fxiaoke',
  title: { zh: '纷享销客', en: 'Fxiaoke' },
  spec,
  streams: [...objectStreams, options],
  open: (config, kit) => new Tenant(config, kit),
  async check(tenant, stream) {
    if (!stream) await tenant.call('/cgi/crm/v2/object/list', { includeNull: false });
    else if (stream.name === options.name) await tenant.options();
    else await checkObject(tenant, stream);
  },
  async *read(tenant, stream, state, request) {
    if (stream.name === options.name) {
      yield { records: await tenant.options(), state: null };
      return;
    }
    const object = tenant.objectOf(stream);
    if (object === null) return;
    const fields = await tenant.projection(stream, object);
    const rows = tenant.config.rowsPerPage;
    const list = lister((filters, orders) => tenant.query(object, { filters, orders, fields, rows }));
    yield* keysetPages(stream, state, rows, list, request);
  },
  /** 作废 (invalidated) and deleted records have left the list, so their keys are missing here. */
  async *keys(tenant, stream) {
    if (stream.name === options.name) {
      yield (await tenant.options()).map(({ stream: name, field, value }) => [name, field, value]);
      return;
    }
    const object = tenant.objectOf(stream);
    if (object === null) return;
    const fields = [...new Set(['_id', ...stream.key])];
    const rows = tenant.config.rowsPerPage;
    let last: string | undefined;
    for (let isMore = true; isMore; ) {
      const filters = last === undefined ? [] : [where('_id', 'GT', last)];
      const page = await tenant.query(object, { filters, orders: byId, fields, rows });
      const records = recordsOf(page);
      if (records.length > 0) yield records.map((record) => stream.key.map((field) => String(record[field])));
      last = String(records[records.length - 1]?._id);
      isMore = isFull(page, rows);
    }
  },
});

async function checkObject(tenant: Tenant, stream: Stream): Promise<void> {
  const object = tenant.objectOf(stream);
  if (object === null) return;
  const fields = await tenant.projection(stream, object);
  const { count } = await tenant.query(object, { filters: [], orders: byId, fields, rows: 1 });
  if (stream.name !== employees.name || count > 0) return;
  throw new MillraceError('permission_refused', {
    what: `User ${tenant.config.userId} sees no employee at all`,
    where: `stream ${stream.name}`,
    todo: 'Share 人员对象 with this user (数据管理权限 → 数据共享); being an administrator is not enough',
  });
}

const recordsOf = ({ lines }: Split): Record<string, unknown>[] =>
  lines
    .toString('utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
