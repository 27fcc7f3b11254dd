import cube, { RequestError, type Query } from '@cubejs-client/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useFilters } from '../filters';
import type { Day } from '../months';
import { useFreshness } from './freshness';
import { getText, HubError, toHubError } from './hub';

export type Row<K extends string = string> = Readonly<Record<K, string | null>>;

/** One question to one view, in its bare member names. */
export type Ask<M extends string, D extends string> = {
  view: string;
  measures: readonly M[];
  dimensions?: readonly D[];
  /** days, both ends included, of a time dimension */
  range?: { by: string; from: Day; to: Day } | undefined;
  /** equals; null: has no value; undefined: the filter is not set */
  where?: Readonly<Record<string, string | readonly string[] | null | undefined>>;
  /** whole numbers, both ends included */
  between?: { member: string; from?: number | undefined; to?: number | undefined } | undefined;
  order?: Readonly<Record<string, 'asc' | 'desc'>>;
  limit?: number;
  /** region and owner of the address: off for lists of choices */
  isScoped?: boolean;
  isEnabled?: boolean;
};

/** More rows than this are not sent to a browser; the total line still counts them all. */
export const MOST_ROWS = 5_000;

const client = cube(() => getText('/api/cube-token'), { apiUrl: '/cubejs-api/v1', method: 'POST' });

/** Rows with values as text. Old rows stay on screen, dimmed, while new ones load. */
export function useView<const M extends string, const D extends string = never>(ask: Ask<M, D>) {
  const { filters } = useFilters();
  const generation = useFreshness().data?.generation;
  const scope = ask.isScoped === false ? {} : { region: filters.region, owner_id: filters.owner };
  const query = toQuery(ask, scope);
  return useQuery({
    queryKey: ['cube', generation, query],
    queryFn: ({ signal }) => load<M | D>(query, signal),
    enabled: generation != null && ask.isEnabled !== false,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    retry: (failures, error) => !(error instanceof HubError && error.status < 500) && failures < 1,
  });
}

function toQuery<M extends string, D extends string>(
  { view, measures, dimensions = [], range, where, between, order, limit = MOST_ROWS }: Ask<M, D>,
  scope: Readonly<Record<string, string | undefined>>,
): Query {
  const member = (name: string) => `${view}.${name}`;
  const filters: NonNullable<Query['filters']> = [];
  for (const [name, wanted] of Object.entries({ ...scope, ...where })) {
    if (wanted === undefined) continue;
    if (wanted === null) filters.push({ member: member(name), operator: 'notSet' });
    else filters.push({ member: member(name), operator: 'equals', values: [wanted].flat() });
  }
  if (between?.from !== undefined) {
    filters.push({ member: member(between.member), operator: 'gte', values: [String(between.from)] });
  }
  if (between?.to !== undefined) {
    filters.push({ member: member(between.member), operator: 'lte', values: [String(between.to)] });
  }
  return {
    measures: measures.map(member),
    dimensions: dimensions.map(member),
    timezone: 'UTC', // business dates are midnight UTC; another zone would move them
    limit,
    filters,
    ...(range && { timeDimensions: [{ dimension: member(range.by), dateRange: [range.from, range.to] }] }),
    ...(order && { order: Object.entries(order).map(([name, way]) => [member(name), way]) }),
  };
}

async function load<K extends string>(query: Query, signal: AbortSignal): Promise<Row<K>[]> {
  try {
    const result = await client.load(query, { signal });
    return result.rawData().map((row) => bare<K>(row));
  } catch (error) {
    if (error instanceof RequestError) throw toCubeError(error);
    throw error;
  }
}

/** `collections.amount` → `amount`; Postgres sends doubles and flags as they are, DuckDB as text: here all is text. */
function bare<K extends string>(row: Record<string, unknown>): Row<K> {
  const entries = Object.entries(row).map(([name, value]) => [
    name.slice(name.indexOf('.') + 1),
    typeof value === 'string' ? value : value === null || value === undefined ? null : JSON.stringify(value),
  ]);
  return Object.fromEntries(entries) as Row<K>;
}

function toCubeError(error: RequestError): HubError {
  const body: unknown = error.response;
  const requestId =
    typeof body === 'object' && body !== null && 'requestId' in body ? String(body.requestId) : undefined;
  const otherwise = toHubError(error.status, body, error.message);
  if (otherwise.details.code !== 'no_answer' || !requestId) return otherwise;
  return new HubError(error.status, error.message, { code: 'no_answer', requestId });
}

/** What a panel needs to know about the questions behind it. */
export type Answer = {
  isPending: boolean;
  isPlaceholderData: boolean;
  error: Error | null;
  isEmpty: boolean;
  retry: () => void;
};

type Asked = {
  data?: unknown;
  isPending: boolean;
  isPlaceholderData: boolean;
  error: Error | null;
  refetch: () => unknown;
};

/** Several questions, one panel: it waits for all, fails with the first, and is empty if the first is. */
export function together(...asked: [Asked, ...Asked[]]): Answer {
  const failed = asked.find((one) => one.error);
  return {
    isPending: !failed && asked.some((one) => one.isPending),
    isPlaceholderData: asked.some((one) => one.isPlaceholderData),
    error: failed?.error ?? null,
    isEmpty: Array.isArray(asked[0].data) && asked[0].data.length === 0,
    retry: () => asked.filter((one) => one.error).forEach((one) => void one.refetch()),
  };
}
