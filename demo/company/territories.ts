import type { Day } from './days';
import type { Customer, Employee, Planted, TerritoryAssignment } from './entities';
import { salesOf } from './people';
import { Random } from './random';

/** Who looks after whom from when to when; the handed-over region changes hands as a whole, on one day. */
export function makeAssignments(
  seed: number,
  customers: readonly Customer[],
  employees: readonly Employee[],
  handover: Planted['handover'],
): TerritoryAssignment[] {
  const random = Random.for(seed, 'territories');
  return customers.flatMap(({ customer, region, createdDate }): TerritoryAssignment[] => {
    if (region !== handover.region) {
      const ownerNumber = random.pick(salesOf(employees, region)).number;
      return [{ customer, ownerNumber, region, validFrom: createdDate, validTo: null }];
    }
    const after = { customer, ownerNumber: handover.toNumber, region, validTo: null };
    if (createdDate >= handover.date) return [{ ...after, validFrom: createdDate }];
    return [
      { customer, ownerNumber: handover.fromNumber, region, validFrom: createdDate, validTo: handover.date },
      { ...after, validFrom: handover.date },
    ];
  });
}

export type OwnerOn = (customer: number, day: Day) => string;

/** Looks up whose customer it is on a day; before the first assignment its first owner. */
export function ownersOf(assignments: readonly TerritoryAssignment[]): OwnerOn {
  const byCustomer = new Map<number, TerritoryAssignment[]>();
  for (const assignment of assignments) {
    const list = byCustomer.get(assignment.customer);
    if (list) list.push(assignment);
    else byCustomer.set(assignment.customer, [assignment]);
  }
  return (customer, day) => {
    const list = byCustomer.get(customer) ?? [];
    const current = list.find(({ validTo }) => validTo === null || day < validTo) ?? list[0];
    if (!current) throw new Error(`customer ${customer} has no owner`);
    return current.ownerNumber;
  };
}
