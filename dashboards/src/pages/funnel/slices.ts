/** By what a figure of the funnel is looked at: the column that tells rows apart and the one with its name. */
export const SLICES = {
  region: { key: 'region', name: 'region', dimensions: ['region'] },
  team: { key: 'manager_id', name: 'manager_name', dimensions: ['manager_id', 'manager_name'] },
  owner: { key: 'owner_id', name: 'owner_name', dimensions: ['owner_id', 'owner_name'] },
  line: { key: 'business_line', name: 'business_line', dimensions: ['business_line'] },
  source: { key: 'lead_source', name: 'lead_source', dimensions: ['lead_source'] },
} as const;

export type Slice = keyof typeof SLICES;
export const slices = Object.keys(SLICES) as Slice[];
type SliceMember = (typeof SLICES)[Slice]['dimensions'][number];

/** The members of a slice, of one type for all of them. */
export const dimensionsOf = (slice: Slice): readonly SliceMember[] => SLICES[slice].dimensions;
