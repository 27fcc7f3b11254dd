import { z } from 'zod';
import { MillraceError } from '../../connectors/kit';

const SCOPES = ['scope_own', 'scope_region', 'scope_all'] as const;

const policySchema = z.looseObject({
  group: z.union([z.string(), z.array(z.string())]).optional(),
  groups: z.array(z.string()).optional(),
});

const cubeSchema = z.looseObject({
  name: z.string(),
  isView: z.boolean().optional(),
  public: z.boolean().optional(),
  accessPolicy: z.array(policySchema).optional(),
});

/** A cube without a policy is open to everyone: it fails the start. Errors: `config_invalid`. */
export function mustBeGuarded(cube: unknown): void {
  const { name, isView, public: isPublic, accessPolicy = [] } = cubeSchema.parse(cube);
  if (isView) return;
  const groups = new Set(accessPolicy.flatMap((policy) => policy.groups ?? policy.group ?? []));
  const missing = SCOPES.filter((scope) => !groups.has(scope));
  if (missing.length > 0) throw unguarded(name, `has no access_policy for ${missing.join(', ')}`);
  if (isPublic !== false) throw unguarded(name, 'is not public: false');
}

function unguarded(name: string, how: string): MillraceError {
  return new MillraceError('config_invalid', {
    what: `The cube ${name} ${how}`,
    where: `cube/model/cubes/${name}.yml`,
    todo: 'Copy access_policy and public: false from another cube',
  });
}
