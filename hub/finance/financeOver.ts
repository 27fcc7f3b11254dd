import { randomUUID } from 'node:crypto';
import { appendEvents, type Warehouse } from '../../warehouse';
import { personOf } from '../access/users';
import type { Config } from '../config/schema';
import { controlTotals, importControl } from './controlFigures';
import { closeDispute, listDisputes, openDispute } from './disputes';
import type { FinanceWork } from './financeWork';
import { act, morningList } from './morningList';
import { accountCustomers, statementOfAccount } from './statementOfAccount';

/** Finance's work over a warehouse whose models were built at least once. */
export function financeOver(warehouse: Warehouse, config: Config): FinanceWork {
  const who = (id: string) => personOf(id, config, warehouse);
  const entities = Object.keys(config.connections);
  return {
    morningList: async (filter, by) => morningList(warehouse, await who(by), filter),
    act: async (input, by) => act(warehouse, await who(by), input),
    disputes: async (filter, by) => listDisputes(warehouse, await who(by), filter),
    openDispute: async (input, by) => openDispute(warehouse, await who(by), input),
    closeDispute: async (input, by) => closeDispute(warehouse, await who(by), input),
    async statementOfAccount(request, by) {
      const person = await who(by);
      const account = await statementOfAccount(warehouse, person, config.company, request);
      if (request.format) {
        const { customerId, from, to, closing, generation } = account;
        await appendEvents(warehouse, [
          {
            eventId: randomUUID(),
            kind: 'export.made',
            actor: person.id,
            subject: customerId,
            body: {
              what: 'statement_of_account',
              format: request.format,
              from,
              to,
              closing: closing.account,
              net: closing.net,
              generation,
            },
          },
        ]);
      }
      return account;
    },
    accountCustomers: async (period, by) => accountCustomers(warehouse, await who(by), period),
    importControl: async (file, by) => importControl(warehouse, await who(by), entities, file),
    control: async (filter, by) => controlTotals(warehouse, await who(by), filter),
  };
}

/** The same over a warehouse that is opened when it is first asked for. */
export function laterFinance(open: () => Promise<FinanceWork>): FinanceWork {
  return {
    morningList: async (filter, by) => (await open()).morningList(filter, by),
    act: async (input, by) => (await open()).act(input, by),
    disputes: async (filter, by) => (await open()).disputes(filter, by),
    openDispute: async (input, by) => (await open()).openDispute(input, by),
    closeDispute: async (input, by) => (await open()).closeDispute(input, by),
    statementOfAccount: async (request, by) => (await open()).statementOfAccount(request, by),
    accountCustomers: async (period, by) => (await open()).accountCustomers(period, by),
    importControl: async (file, by) => (await open()).importControl(file, by),
    control: async (filter, by) => (await open()).control(filter, by),
  };
}
