import { Button, Collapse, Select, Skeleton } from '@mantine/core';
import { useLocation } from '@tanstack/react-router';
import { SlidersHorizontal } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useScopes } from '../api/scopes';
import { isByCohort, useFilters } from '../filters';
import { isRunning } from '../months';
import { useWords } from '../words';
import { useNarrow } from './useNarrow';
import { regionName } from './useScopeText';

const Period = lazy(() => import('./Period')); // a calendar is heavy, and figures need not wait for it

/** Period, month, region, owner: the address is their state. On a phone they fold into one button that says what is set. */
export function FilterBar() {
  const words = useWords('frame');
  const narrow = useNarrow();
  const [isOpen, setOpen] = useState(false);
  const { filters } = useFilters();
  const hasMonth = useHasMonth();
  if (!narrow) return <Controls />;
  const said = [
    hasMonth ? filters.month : `${filters.from} – ${filters.to}`,
    filters.region,
    filters.owner && words.owner,
  ];
  return (
    <div className="fold">
      <Button
        variant="default"
        size="md"
        fullWidth
        justify="flex-start"
        leftSection={<SlidersHorizontal size={16} />}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {words.labelled(words.filters, said.filter(Boolean).join(' · '))}
      </Button>
      <Collapse expanded={isOpen}>
        <div className="folded">
          <Controls />
        </div>
      </Collapse>
    </div>
  );
}

const useHasMonth = () => !isByCohort(useLocation().pathname);

function Controls() {
  const words = useWords('frame');
  const narrow = useNarrow();
  const { filters, set } = useFilters();
  const { regions, owners } = useScopes();
  const hasMonth = useHasMonth();
  const size = narrow ? 'md' : 'xs';
  const inRegion = owners.filter((owner) => !filters.region || owner.regions.includes(filters.region));
  return (
    <>
      <Suspense fallback={<Skeleton h={narrow ? 42 : 30} w={narrow ? '100%' : 162} />}>
        <Period key={`${filters.from}${filters.to}`} />
      </Suspense>
      {hasMonth && (
        <Select
          size={size}
          w={narrow ? '100%' : 132}
          allowDeselect={false}
          aria-label={`${words.month} ${filters.month}`}
          value={filters.month}
          data={filters.months.toReversed().map((month) => ({
            value: month,
            label: isRunning(month, filters.asOf) ? `${month} ${words.running}` : month,
          }))}
          onChange={(month) => set({ month: month ?? undefined })}
        />
      )}
      <Select
        size={size}
        w={narrow ? '100%' : 136}
        allowDeselect={false}
        aria-label={words.region}
        value={filters.region ?? ''}
        data={[
          { value: '', label: words.labelled(words.region, words.all) },
          ...regions.map((region) => ({ value: region, label: regionName(region, words.unassigned) })),
        ]}
        onChange={(region) => set({ region: region || undefined })}
      />
      <Select
        size={size}
        w={narrow ? '100%' : 148}
        allowDeselect={false}
        searchable={!narrow}
        aria-label={words.owner}
        value={filters.owner ?? ''}
        data={[
          { value: '', label: words.labelled(words.owner, words.all) },
          ...inRegion.map(({ id, name }) => ({
            value: id,
            label: name === 'unassigned' ? words.unassigned : name,
          })),
        ]}
        onChange={(owner) => set({ owner: owner || undefined })}
      />
    </>
  );
}
