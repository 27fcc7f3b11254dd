import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../../warehouse';

const texts = new Map<string, string>();

/** The text of a model that reads events: run as it stands, it shows what people did since the last build too. */
function modelSql(name: string): string {
  const known = texts.get(name);
  if (known !== undefined) return known;
  const sql = readFileSync(join(projectFolder, 'models', 'core', `${name}.sql`), 'utf8').trim();
  texts.set(name, sql);
  return sql;
}

/** core.dispute as it would be built now. */
export const disputeSql = (): string => modelSql('dispute');

/** core.todo_state as it would be built now. */
export const todoStateSql = (): string => modelSql('todo_state');

/** core.stage as it would be built now. */
export const stageSql = (): string => modelSql('stage');

/** core.stall_snooze as it would be built now. */
export const stallSnoozeSql = (): string => modelSql('stall_snooze');

/** core.customer_decision as it would be built now. */
export const customerDecisionSql = (): string => modelSql('customer_decision');
