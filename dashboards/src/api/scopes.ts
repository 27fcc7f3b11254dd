import { useView } from './cube';

/** The regions and owners one may choose: those that have customers in this person's rights. */
export function useScopes() {
  const { data = [] } = useView({
    view: 'customer_health',
    measures: ['customers'],
    dimensions: ['region', 'owner_id', 'owner_name'],
    isScoped: false,
  });
  const regions = [...new Set(data.map((row) => row.region ?? 'unassigned'))].sort(byName);
  const owners = new Map<string, { name: string; regions: string[] }>();
  for (const { owner_id: id, owner_name: name, region } of data) {
    if (id === null) continue;
    const known = owners.get(id) ?? { name: name ?? id, regions: [] };
    owners.set(id, { ...known, regions: [...known.regions, region ?? 'unassigned'] });
  }
  const list = [...owners]
    .map(([id, owner]) => ({ id, ...owner }))
    .sort((one, other) => byName(one.name, other.name));
  return { regions, owners: list, ownerName: (id: string) => owners.get(id)?.name ?? id };
}

const byName = (one: string, other: string) => one.localeCompare(other, 'zh-CN');
