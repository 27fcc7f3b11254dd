import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { getJson } from './hub';
import { label } from './label';

const definition = z.object({
  title: label,
  formula: label,
  grain: z.nullish(label),
  date: z.nullish(label),
  source: z.nullish(label),
});

/** The metric dictionary by id (FVA-1 …): the same text on screen, in Excel and in messages. */
export const useDefinitions = () =>
  useQuery({
    queryKey: ['definitions'],
    queryFn: ({ signal }) => getJson('/api/definitions', z.record(z.string(), definition), signal),
    staleTime: Infinity,
  });
