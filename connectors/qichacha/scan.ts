import { MillraceError, type Page, type Row } from '../kit';
import { times } from './amounts';
import { type Bureau, PAGE_ROWS, type Reply } from './bureau';
import {
  businessDay,
  type Due,
  dueCompanies,
  freshFrom,
  type Progress,
  progressOf,
  type Target,
  withoutOld,
} from './plan';
import { type Asked, checkRecord, concerns, itemRecord } from './records';
import { type ServiceName, serviceOf } from './services';

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
  let finished = 0;
  try {
    for (const company of companies) {
      for await (const step of check(bureau, company, progress)) {
        progress = step.progress;
        yield { records: step.records, state: progress };
      }
      finished++;
    }
  } catch (error) {
    if (!(error instanceof MillraceError) || error.code !== 'budget_exhausted') throw error;
    progress = {
      ...progress,
      stopped: { reason: 'budget_exhausted', companiesLeft: companies.length - finished },
    };
  }
  yield { records: [], state: progress };
}

interface Step {
  records: Row[];
  progress: Progress;
}

/** The due services of one company, from where an interrupted check stands. */
async function* check(bureau: Bureau, company: Due, from: Progress): AsyncGenerator<Step> {
  const { checked } = from;
  const { config } = bureau;
  const started = from.current?.company === company.key ? from.current : undefined;
  const began = started?.checkedAt ?? bureau.now().toISOString();
  let done = started?.done ?? {};
  const finished = (): Progress => {
    const known = checked[company.key];
    const days = typeof known === 'object' ? known : {};
    return { checked: { ...checked, [company.key]: { ...days, ...done } } };
  };
  if (company.services.length === 0) yield { records: [], progress: finished() };
  for (const [index, name] of company.services.entries()) {
    const fresh = freshFrom(config, name, company.isRenamed, bureau.now());
    let part =
      started?.part?.service === name
        ? started.part
        : { service: name, pageIndex: 1, read: 0, calls: 0, checkedAt: began };
    for (let isLast = false; !isLast; ) {
      const reply = await bureau.ask(name, company, part.pageIndex, {
        checkedAt: part.checkedAt,
        freshFrom: fresh,
      });
      const { checkedAt } = reply; // of the check that paid for it, where that was another than this
      const read = part.read + reply.items.length;
      const calls = part.calls + reply.calls;
      isLast = isLastPage(bureau, name, part.pageIndex, reply);
      const asked: Asked = { company, name, service: serviceOf(name), checkedAt };
      const records = reply.items.filter(concerns(asked)).map((item) => itemRecord(asked, item));
      if (isLast)
        records.push(checkRecord(asked, reply, { read, calls, costCny: times(bureau.price(name), calls) }));
      const asOf = businessDay(new Date(checkedAt));
      if (isLast) done = { ...done, [name]: asOf };
      if (isLast && reply.isSkipped) done = { ...done, ...skipped(company.services, asOf) };
      part = { service: name, pageIndex: part.pageIndex + 1, read, calls, checkedAt };
      const isEnd = isLast && (reply.isSkipped || index === company.services.length - 1);
      const current = { company: company.key, checkedAt: began, done, ...(!isLast && { part }) };
      yield { records, progress: isEnd ? finished() : { checked, current } };
      if (isLast && reply.isSkipped) return; // a company that cannot be asked about is not asked about again
    }
  }
}

const skipped = (services: readonly ServiceName[], day: string): Record<string, string> =>
  Object.fromEntries(services.map((service) => [service, day]));

function isLastPage(
  { config }: Bureau,
  name: ServiceName,
  pageIndex: number,
  { total, items }: Reply,
): boolean {
  if (!serviceOf(name).isPaged || items.length === 0) return true;
  return pageIndex * PAGE_ROWS >= total || pageIndex >= config.maxPages;
}
