import { createHash } from 'node:crypto';
import type { Row } from '../kit';
import { amountOf, dayOf } from './amounts';
import { type Company, firstText, type Reply } from './bureau';
import { businessDay } from './plan';
import { type Item, type Service, type ServiceName, text } from './services';

/** A question as its records tell it. */
export interface Asked {
  company: Company;
  name: ServiceName;
  service: Service;
  checkedAt: string;
}

/** What a whole check of one service took. */
export interface Bought {
  read: number;
  calls: number;
  costCny: string;
}

/** Whether an item is about the company in the role that was asked for. */
export const concerns =
  ({ service, company }: Asked) =>
  (item: Item) =>
    service.concerns?.(item, company.name ?? company.key) ?? true;

/** The check itself: what was asked, paid and found, also when that is nothing. */
export function checkRecord(asked: Asked, reply: Reply, { read, calls, costCny }: Bought): Row {
  return {
    ...base(asked),
    item_id: `check ${dayOfCheck(asked)}`,
    record: 'check',
    status: reply.status,
    order_number: reply.orderNumber,
    total: reply.total,
    read,
    calls,
    cost_cny: costCny,
    ...(asked.name === 'ActualControl' && reply.object && controllerOf(reply.object)),
    ...(asked.name === 'BasicDetails' && reply.object && namesOf(reply.object)),
  };
}

/** One item as this check held it. */
export function itemRecord(asked: Asked, item: Item): Row {
  const { service } = asked;
  const [title, more] = service.title
    .map((field) => firstText(item, [field]))
    .filter((part) => part !== null);
  const id = idOf(service, item);
  return {
    ...base(asked),
    item_id: `${id} @${dayOfCheck(asked)}`,
    record: 'item',
    record_ref: id,
    event_date: dayOf(firstText(item, service.date) ?? ''),
    amount_cny: amountOf(firstText(item, service.amount ?? []) ?? ''),
    title: more ? `${title} · ${more}` : (title ?? null),
    case_number: service.caseNumber ? firstText(item, [service.caseNumber]) : null,
    is_released: service.isReleased?.(item) ?? false,
    vendor_record: item,
  };
}

const dayOfCheck = ({ checkedAt }: Asked) => businessDay(new Date(checkedAt));

const base = ({ company, name, checkedAt }: Asked) => ({
  company: company.key,
  service: name,
  credit_code: company.creditCode,
  company_name: company.name,
  checked_at: checkedAt,
});

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

/** Former names come as texts, in other versions of the service as objects with a Name. */
function namesOf(result: Item): Row {
  const listed: unknown[] = Array.isArray(result.OriginalName) ? result.OriginalName : [];
  const names = listed
    .map((each) => text(typeof each === 'object' && each !== null ? (each as Item).Name : each))
    .filter((name) => name !== '' && name !== '-')
    .map((name) => name.replaceAll('|', ' '));
  return {
    registered_name: firstText(result, ['Name']),
    former_names: names.length > 0 ? [...new Set(names)].join('|') : null,
    vendor_record: result,
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
