import { MillraceError } from '../../connectors/kit';
import type { Session } from '../../warehouse';
import type { Config } from '../config/schema';

type Scope = 'all' | 'region' | 'own';

/** Who asks, and what rows that person may see. The one source of row rules: Cube, API and exports all take it. */
export interface Person {
  id: string;
  name: string;
  role: string;
  scope: Scope;
  regions: string[];
}

export const ADMIN: Person = { id: 'admin', name: 'admin', role: 'admin', scope: 'all', regions: [] };

const SCOPES: Record<string, Scope> = {
  admin: 'all',
  finance: 'all',
  manager: 'all',
  engineer: 'all',
  region_manager: 'region',
  sales: 'own',
};

/** A person by id: from the config's users, else an employee that the CRM knows. */
export async function personOf(id: string, config: Config, session: Session): Promise<Person> {
  if (id === ADMIN.id) return ADMIN;
  const user = config.users.find((one) => one.id === id);
  if (user) return { ...user, scope: SCOPES[user.role] ?? 'own' };
  const [employee] = await session.rows(
    'select employee_id, name, role, region from core.employee where employee_id = ?',
    [id],
  );
  if (!employee)
    throw new MillraceError('not_found', {
      what: `There is no user ${id}`,
      todo: 'Name a user of the config or an employee number',
    });
  const role = String(employee.role);
  const regions = employee.region === null ? [] : [String(employee.region)];
  return { id, name: String(employee.name), role, scope: SCOPES[role] ?? 'own', regions };
}

/** The person as Cube's security context (cube/cube.js). */
export const securityContext = ({ id, scope, regions }: Person) => ({ user_id: id, scope, regions });
