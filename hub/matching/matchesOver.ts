import type { Client } from '@temporalio/client';
import type { Warehouse } from '../../warehouse';
import { matchNow } from '../runtime/work';
import { decidingOver } from './decide';
import { listMatches, showMatch } from './listMatches';
import type { MatchWork } from './matchWork';

/** All but the run itself, which is a workflow. */
export function matchesOver(warehouse: Warehouse): Omit<MatchWork, 'run'> {
  return {
    ...decidingOver(warehouse),
    list: (filter, person) => listMatches(warehouse, filter, person),
    show: (line, person) => showMatch(warehouse, line, person),
  };
}

/** With a client of Temporal. */
export const matchingOver = (warehouse: Warehouse, client: Client): MatchWork => ({
  ...matchesOver(warehouse),
  run: () => matchNow(client, { cause: 'manual' }),
});

/** Opens what each command needs when it is asked for: only a run starts a Temporal server. */
export function localMatches(
  light: () => Promise<Omit<MatchWork, 'run'>>,
  full: () => Promise<MatchWork>,
): MatchWork {
  return {
    run: async () => (await full()).run(),
    list: async (filter, person) => (await light()).list(filter, person),
    show: async (line, person) => (await light()).show(line, person),
    confirm: async (input) => (await light()).confirm(input),
    decline: async (input) => (await light()).decline(input),
    split: async (input) => (await light()).split(input),
    undo: async (input) => (await light()).undo(input),
  };
}
