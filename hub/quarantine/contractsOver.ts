import {
  acceptColumn,
  discard,
  kindNamed,
  listProposals,
  listQuarantine,
  profile,
  rejectColumn,
  replayStream,
  showQuarantine,
  waitingStreams,
  type Warehouse,
} from '../../warehouse';
import { type Connection, contractNow, contractOf, driftOf } from '../../workflows';
import type { ContractWork, ReplayPreview } from './contractWork';

export interface ContractHost {
  warehouse: Warehouse;
  options: { connections: readonly Connection[]; spoolFolder: string };
}

/** All that needs contracts and the warehouse, but neither sources nor Temporal; only a replay itself is a workflow. */
export function contractsOver(host: ContractHost): Omit<ContractWork, 'replay'> {
  const { warehouse } = host;
  return {
    quarantine: (filter) => listQuarantine(warehouse, filter),
    quarantined: (request) => showQuarantine(warehouse, request),
    previewReplay: ({ build: _build, ...filter }) => previewReplay(host, filter),
    discard: async ({ isConfirmed, ...request }) => {
      contractOf(host, request.connection, request.stream);
      return discard(warehouse, { ...request, isDryRun: !isConfirmed });
    },
    columns: (filter) => listProposals(warehouse, filter),
    column: (place) => profile(warehouse, place),
    async acceptColumn({ kind, stream, ...request }) {
      const contract = contractOf(host, request.connection, stream);
      const name = kind ?? (await profile(warehouse, { ...request, stream })).kind;
      return acceptColumn(warehouse, { ...request, stream: contract, kind: kindNamed(name) });
    },
    async rejectColumn(place) {
      await profile(warehouse, place); // names the fields that there are, where this one is none
      await rejectColumn(warehouse, place);
    },
  };
}

async function previewReplay(
  host: ContractHost,
  filter: { connection?: string; stream?: string; reason?: string },
): Promise<ReplayPreview> {
  const { warehouse, options } = host;
  const preview: ReplayPreview = [];
  for (const { connection, stream: name } of await waitingStreams(warehouse, filter)) {
    const stream = await contractNow(host, connection, name);
    const result = await replayStream(warehouse, {
      connection,
      stream,
      runId: 'dry-run',
      spoolFolder: options.spoolFolder,
      drift: driftOf(host, connection, stream),
      isDryRun: true,
      ...(filter.reason !== undefined && { reason: filter.reason }),
    });
    preview.push({ connection, stream: name, ...result });
  }
  return preview;
}
