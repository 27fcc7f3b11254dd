import { z } from 'zod';
import { MillraceError } from '../../connectors/kit';

/** Whose rows a query may see: all, those of regions, or those of one person (a staff number). */
const securityContextSchema = z.discriminatedUnion('scope', [
  z.looseObject({ scope: z.literal('all') }),
  z.looseObject({ scope: z.literal('region'), regions: z.array(z.string().min(1)).min(1) }),
  z.looseObject({ scope: z.literal('own'), user_id: z.string().min(1) }),
]);

export type SecurityContext = z.infer<typeof securityContextSchema>;

/** Errors: `not_allowed` for a context that names no rows; without it Cube would answer with an empty result. */
export function checkedContext(context: unknown): SecurityContext {
  const parsed = securityContextSchema.safeParse(context);
  if (parsed.success) return parsed.data;
  throw new MillraceError('not_allowed', {
    what: 'This user may see no rows',
    todo: 'Give the user a role, and a region manager at least one region',
  });
}
