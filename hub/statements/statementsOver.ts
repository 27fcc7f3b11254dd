import { randomUUID } from 'node:crypto';
import { MillraceError } from '../../connectors/kit';
import { appendEvents, type Warehouse } from '../../warehouse';
import { type Person, personOf } from '../access/users';
import type { Config } from '../config/schema';
import { refuseAtEntry } from './entryRules';
import { importSheet, undoSheet } from './importSheet';
import { madeEvent, prepare, sayingDay } from './prepare';
import { listStatements } from './said';
import type { Stated, StatementInput, StatementWork } from './statementWork';

/** Statements over a warehouse whose models were built at least once. */
export function statementsOver(warehouse: Warehouse, config: Config): StatementWork {
  const who = (id: string) => personOf(id, config, warehouse);
  return {
    state: async (input, by) => state(warehouse, await who(by), input),
    statements: async (filter, by) => listStatements(warehouse, await who(by), filter),
    importStatements: async (sheet, by) => importSheet(warehouse, await who(by), sheet),
    undoImport: async (batch, by) => undoSheet(warehouse, await who(by), batch),
  };
}

async function state(warehouse: Warehouse, person: Person, input: StatementInput): Promise<Stated> {
  refuseAtEntry(input, await sayingDay(warehouse));
  const eventId = input.id ?? randomUUID();
  let stated: Stated | undefined;
  await appendEvents(warehouse, [], async (session) => {
    const prepared = await prepare(session, person, input);
    if (input.isWithdrawn && !prepared.isStanding)
      throw new MillraceError('not_found', {
        what: 'There is no statement of yours about this that could be withdrawn',
        where: `thread ${prepared.threadId}`,
      });
    stated = { ...prepared.stated, statementId: `hub:${eventId}` };
    return [madeEvent(eventId, person, input, prepared)];
  });
  if (!stated) throw new MillraceError('internal', { what: 'The statement was not written' });
  return stated;
}

/** The same over a warehouse that is opened when it is first asked for. */
export function laterStatements(open: () => Promise<StatementWork>): StatementWork {
  return {
    state: async (input, by) => (await open()).state(input, by),
    statements: async (filter, by) => (await open()).statements(filter, by),
    importStatements: async (sheet, by) => (await open()).importStatements(sheet, by),
    undoImport: async (batch, by) => (await open()).undoImport(batch, by),
  };
}
