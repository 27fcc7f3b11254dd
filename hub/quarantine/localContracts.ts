import type { ContractWork } from './contractWork';

/** Opens what each command needs when it is asked for: only a replay itself starts a Temporal server. */
export function localContracts(
  light: () => Promise<Omit<ContractWork, 'replay'>>,
  full: () => Promise<ContractWork>,
): ContractWork {
  return {
    quarantine: async (filter) => (await light()).quarantine(filter),
    quarantined: async (request) => (await light()).quarantined(request),
    previewReplay: async (input) => (await light()).previewReplay(input),
    replay: async (input) => (await full()).replay(input),
    discard: async (input) => (await light()).discard(input),
    columns: async (filter) => (await light()).columns(filter),
    column: async (place) => (await light()).column(place),
    acceptColumn: async (input) => (await light()).acceptColumn(input),
    rejectColumn: async (input) => (await light()).rejectColumn(input),
  };
}
