import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Connector } from '../connectors/kit';

/** Every connector folder beside kit/ whose front door exports a connector: a new one is a new folder, nothing else. */
export const connectors: ReadonlyMap<string, Connector> = new Map(
  readdirSync(connectorsFolder(), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'kit')
    .flatMap((entry) => connectorIn(join(connectorsFolder(), entry.name)))
    .map((connector) => [connector.name, connector]),
);

/** The connector that a config means, by its name or a former one. */
export function connectorNamed(name: string): Connector | undefined {
  return (
    connectors.get(name) ?? [...connectors.values()].find(({ formerNames }) => formerNames.includes(name))
  );
}

function connectorsFolder(): string {
  return join(__dirname, '..', 'connectors');
}

function connectorIn(folder: string): Connector[] {
  if (!existsSync(join(folder, 'index.js')) && !existsSync(join(folder, 'index.ts'))) return [];
  const module = require(folder) as Record<string, unknown>;
  return Object.values(module).filter(isConnector);
}

function isConnector(value: unknown): value is Connector {
  return (
    typeof value === 'object' && value !== null && 'spec' in value && 'streams' in value && 'connect' in value
  );
}
