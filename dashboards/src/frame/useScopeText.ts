import { useScopes } from '../api/scopes';
import { useFilters } from '../filters';
import { useWords } from '../words';

/** The filters in words, for pictures and the phone's filter button. */
export function useScopeText(): string {
  const words = useWords('frame');
  const { filters } = useFilters();
  const { ownerName } = useScopes();
  return [
    `${filters.from} – ${filters.to}`,
    filters.month,
    words.labelled(words.region, filters.region ? regionName(filters.region, words.unassigned) : words.all),
    ...(filters.owner ? [words.labelled(words.owner, ownerName(filters.owner))] : []),
  ].join(' · ');
}

export const regionName = (region: string | null | undefined, unassigned: string) =>
  region == null || region === 'unassigned' ? unassigned : region;
