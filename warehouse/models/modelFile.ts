import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { projectFolder } from '../projectFolder';
import { type Header, parseHeader } from './header';

export type Layer = 'staging' | 'seeds' | 'core' | 'marts' | 'tests';

export interface ModelFile {
  layer: Layer;
  /** Qualified: core.customer. */
  name: string;
  file: string;
  sql: string;
  header: Header;
}

export const modelsFolder = join(projectFolder, 'models');

/** All files of one layer, by name. */
export function modelFiles(layer: Layer, folder = modelsFolder): ModelFile[] {
  const inner = join(folder, layer);
  if (!existsSync(inner)) return [];
  return readdirSync(inner)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => readModel(layer, join(inner, name)));
}

function readModel(layer: Layer, file: string): ModelFile {
  const text = readFileSync(file, 'utf8').trim().replace(/;$/, '');
  return {
    layer,
    name: `${layer}.${basename(file, '.sql')}`,
    file,
    sql: text,
    header: parseHeader(text, file),
  };
}

/** The staging file of one connector, or undefined where it has none for this entity. */
export function connectorStaging(
  connector: string,
  entity: string,
  connectorsFolder = join(projectFolder, 'connectors'),
): ModelFile | undefined {
  const file = join(connectorsFolder, connector, 'staging', `${entity}.sql`);
  return existsSync(file) ? readModel('staging', file) : undefined;
}
