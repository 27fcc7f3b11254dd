import type { z } from 'zod';
import { MillraceError } from '../../connectors/kit';
import type { Person } from '../access/users';

/** What a request holds, by a schema. Error: `bad_request` with the first thing that is wrong. */
export function parsed<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new MillraceError('bad_request', {
    what: `${issue?.path.join('.') || 'The request'}: ${issue?.message ?? 'not understood'}`,
  });
}

type Defined<T> = { [Key in keyof T]: Exclude<T[Key], undefined> };

/** JSON has no undefined, exact optional types want none either. */
export function withoutUndefined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as Defined<T>;
}

/** Error: `not_allowed`. */
export function onlyAdmin({ role }: Person): void {
  if (role !== 'admin') throw new MillraceError('not_allowed', { what: 'Only an administrator may do this' });
}
