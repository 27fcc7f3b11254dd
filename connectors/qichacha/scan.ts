import { createHash } from 'node:crypto';
import { MillraceError, type Page, type Row } from '../kit';
import { amountOf, dayOf, times } from './amounts';
import { type Bureau, type Company, firstText, PAGE_ROWS, type Reply } from './bureau';
import { businessDay, dueCompanies, type Progress, progressOf, type Target, withoutOld } from './plan';
import { type Item, type Service, type ServiceName, serviceOf } from './services';

/**
 * Asks company by company, service by service, page by page; every page comes with the state behind it.
 * When the budget refuses, the read ends cleanly: what was bought is kept, and `stopped` says how many companies are
 * left for the next run. Every other error is thrown.
 */
export async function* scan(
  bureau: Bureau,
  targets: readonly Target[],
  state: unknown,
): AsyncGenerator<Page> {
  const { config } = bureau;
  const { stopped: _last, ...before } = progressOf(state);
  let progress: Progress = { ...before, checked: withoutOld(config, before.checked, bureau.now()) };
  const companies = dueCompanies(config, targets, progress, bureau.now());
  try {
    for (const company of companies) {
      for await (const step of check(bureau, company, progress)) {
        progress = step.progress;
        yield { records: step.records, state: progress };
      }
    }
  } catch (error) {
    if (!(error instanceof MillraceError) || error.code !== 'budget_exhausted') throw error;
    const companiesLeft = companies.filter(({ key }) => !(key in progress.checked)).length;
    progress = { ...progress, stopped: { reason: 'budget_exhausted', companiesLeft } };
  }
  yield { records: [], state: progress };
}

interface Step {
  records: Row[];
  progress: Progress;
}

/** All services of one company, from where an interrupted check stands. */
async function* check(bureau: Bureau, company: Company, from: Progress): AsyncGenerator<Step> {
  const { checked } = from;
  const started = from.current?.company === company.key ? from.current : undefined;
  const checkedAt = started?.checkedAt ?? bureau.now().toISOString();
  const done = [...(started?.done ?? [])];
  const open = bureau.config.services.filter((name) => !done.includes(name));
  const finished = (): Progress => ({ checked: { ...checked, [company.key]: businessDay(bureau.now()) } });
  if (open.length === 0) yield { records: [], progress: finished() };
  for (const [index, name] of open.entries()) {
    let part =
      started?.part?.service === name ? started.part : { service: name, pageIndex: 1, read: 0, calls: 0 };
    for (let isLast = false; !isLast; ) {
      const reply = await bureau.ask(name, company, part.pageIndex);
      const read = part.read + reply.items.length;
      const calls = part.calls + reply.calls;
      isLast = isLastPage(bureau, name, part.pageIndex, reply);
      const asked: Asked = { company, name, service: serviceOf(name), checkedAt };
      const records = reply.items.filter(concerns(asked)).map((item) => itemRecord(asked, item));
      if (isLast)
        records.push(checkRecord(asked, reply, { read, calls, costCny: times(bureau.price(name), calls) }));
      if (isLast) done.push(name);
      part = { service: name, pageIndex: part.pageIndex + 1, read, calls };
      const isEnd = isLast && (reply.isSkipped || index === open.length - 1); // a skipped company is not asked again
      const current = { company: company.key, checkedAt, done: [...done], ...(!isLast && { part }) };
      yield { records, progress: isEnd ? finished() : { checked, current } };
      if (isLast && reply.isSkipped) return;
    }
  }
}

function isLastPage(
  { config }: Bureau,
  name: ServiceName,
  pageIndex: number,
  { total, items }: Reply,
): boolean {
  if (!serviceOf(name).isPaged || items.length === 0) return true;
  return pageIndex * PAGE_ROWS >= total || pageIndex >= config.maxPages;
}

interface Asked {
  company: Company;
  name: ServiceName;
  service: Service;
  checkedAt: string;
}

const concerns =
  ({ service, company }: Asked) =>
  (item: Item) =>
    service.concerns?.(item, company.name ?? company.key) ?? true;

const base = ({ company, name, checkedAt }: Asked) => ({
  company: company.key,
  service: name,
  credit_code: company.creditCode,
  company_name: company.name,
  checked_at: checkedAt,
});

interface Bought {
  read: number;
  calls: number;
  costCny: string;
}

function checkRecord(asked: Asked, reply: Reply, { read, calls, costCny }: Bought): Row {
  return {
    ...base(asked),
    item_id: `check ${businessDay(new Date(asked.checkedAt))}`,
    record: 'check',
    status: reply.status,
    order_number: reply.orderNumber,
    total: reply.total,
    read,
    calls,
    cost_cny: costCny,
    ...(asked.name === 'ActualControl' && reply.object && controllerOf(reply.object)),
  };
}

/** The controller stands in `ControllerData` or, in other versions of the service, in `ActualControl`. */
function controllerOf(result: Item): Row {
  const { ControllerData, ActualControl } = result as {
    ControllerData?: Item | null;
    ActualControl?: Item | null;
  };
  const persons = ActualControl?.PersonList;
  const [first] = (Array.isArray(persons) ? persons : []) as Item[];
  const found = [ControllerData, ActualControl, first].find((each) => each && firstText(each, ['Name']));
  return {
    registered_name: firstText(result, ['CompanyName']),
    controller_name: found ? firstText(found, ['Name']) : null,
    controller_key: found ? firstText(found, ['KeyNo']) : null,
    vendor_record: result,
  };
}

function itemRecord(asked: Asked, item: Item): Row {
  const { service } = asked;
  const [title, more] = service.title
    .map((field) => firstText(item, [field]))
    .filter((part) => part !== null);
  return {
    ...base(asked),
    item_id: idOf(service, item),
    record: 'item',
    event_date: dayOf(firstText(item, service.date) ?? ''),
    amount_cny: amountOf(firstText(item, service.amount ?? []) ?? ''),
    title: more ? `${title} · ${more}` : (title ?? null),
    case_number: service.caseNumber ? firstText(item, [service.caseNumber]) : null,
    is_released: service.isReleased?.(item) ?? false,
    vendor_record: item,
  };
}

/** The vendor's Id; a digest of the identifying fields, or of everything, where it gives none. */
function idOf(service: Service, item: Item): string {
  const [field] = service.id;
  const id = service.id.length === 1 && field ? firstText(item, [field]) : null;
  if (id !== null) return id;
  const parts = service.id.length > 1 ? service.id.map((each) => firstText(item, [each])) : item;
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 24);
}
