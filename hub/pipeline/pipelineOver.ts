import type { Warehouse } from '../../warehouse';
import { personOf } from '../access/users';
import type { Config } from '../config/schema';
import type { PipelineWork } from './pipelineWork';
import { listStalls, snooze, wake } from './stalls';

/** Over a warehouse whose models were built at least once. */
export function pipelineOver(warehouse: Warehouse, config: Config): PipelineWork {
  const who = (id: string) => personOf(id, config, warehouse);
  return {
    stalls: async (filter, by) => listStalls(warehouse, await who(by), filter),
    snooze: async (input, by) => snooze(warehouse, await who(by), input),
    wake: async (stall, by) => wake(warehouse, await who(by), stall),
  };
}

/** The same over a warehouse that is opened when it is first asked for. */
export function laterPipeline(open: () => Promise<PipelineWork>): PipelineWork {
  return {
    stalls: async (filter, by) => (await open()).stalls(filter, by),
    snooze: async (input, by) => (await open()).snooze(input, by),
    wake: async (stall, by) => (await open()).wake(stall, by),
  };
}
