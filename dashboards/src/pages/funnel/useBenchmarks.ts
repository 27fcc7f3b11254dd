import { useQuery, useQueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { postJson } from '../../api/act';
import { useFreshness } from '../../api/freshness';
import { getJson } from '../../api/hub';

const text = z.nullable(z.string());
const benchmarks = z.array(
  z.object({
    connection: z.string(),
    business_line: text,
    stage_key: z.string(),
    stage_name: z.string(),
    percent: text,
    source: text,
    date: text,
  }),
);
export type Benchmark = z.infer<typeof benchmarks>[number];

export type NewBenchmark = { stage: string; line?: string; percent: string; source: string; date: string };

/** What each stage should convert, as people typed it; the hub tells it as of now, before Cube has it. */
export function useBenchmarks() {
  const generation = useFreshness().data?.generation;
  const client = useQueryClient();
  const asked = useQuery({
    queryKey: ['benchmarks', generation],
    queryFn: ({ signal }) => getJson('/api/benchmarks', benchmarks, signal),
    enabled: generation != null,
  });
  const again = () => client.invalidateQueries({ queryKey: ['benchmarks'] });
  return {
    asked,
    set: async (input: NewBenchmark) => {
      await postJson('/api/benchmarks', input);
      await again();
    },
  };
}
