import { randomUUID } from 'node:crypto';
import { MillraceError } from '../../connectors/kit';
import { appendEvents, type Warehouse } from '../../warehouse';
import type { Config } from '../config/schema';
import { customerRule } from '../records/customerRule';
import { activitiesOf } from './activities';
import type { Customer360Work } from './customer360Work';
import { customerPage } from './customerPage';
import { findCustomers } from './findCustomers';

/** Customer 360 over a warehouse whose models were built at least once. */
export function customer360Over(warehouse: Warehouse, config: Pick<Config, 'connections'>): Customer360Work {
  return {
    find: (filter, person) => findCustomers(warehouse, filter, person),
    page: (named, person) => customerPage(warehouse, config, named, person),
    async activities(customerId, page, person) {
      const rule = customerRule(person, 'customer.customer_id');
      const [seen] = await warehouse.rows(
        `select customer_id from core.customer where customer_id = ? and not customer.is_internal and ${rule.sql}`,
        [customerId, ...rule.values],
      );
      return seen ? activitiesOf(warehouse, customerId, page) : [];
    },
    async review(customerId, note, person) {
      await appendEvents(warehouse, [], async (session) => {
        const rule = customerRule(person, 'customer.customer_id');
        const [seen] = await session.rows(
          `select customer_id from core.customer where customer_id = ? and not customer.is_internal and ${rule.sql}`,
          [customerId, ...rule.values],
        );
        if (!seen)
          throw new MillraceError('not_found', {
            what: `There is no customer ${customerId} among those you may see`,
          });
        const body = { customer_id: customerId, note: note ?? null };
        return [
          { eventId: randomUUID(), kind: 'customer.reviewed', actor: person.id, subject: customerId, body },
        ];
      });
    },
  };
}

/** The same over a warehouse that is opened when it is first asked for. */
export function laterCustomer360(open: () => Promise<Customer360Work>): Customer360Work {
  return {
    find: async (filter, person) => (await open()).find(filter, person),
    page: async (named, person) => (await open()).page(named, person),
    activities: async (customerId, page, person) => (await open()).activities(customerId, page, person),
    review: async (customerId, note, person) => (await open()).review(customerId, note, person),
  };
}
