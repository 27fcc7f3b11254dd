import { copyFileSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type ModelFile, modelFiles } from '../../warehouse/models/modelFile';

const LAYERS = ['staging', 'seeds', 'core', 'marts', 'tests'] as const;

/**
 * A folder of models that holds the named ones, all they read and all model tests over nothing else: a build of thousands
 * of customers then takes the ledger's time alone.
 */
export function ledgerModels(folder: string, wanted: readonly string[]): string {
  const files = new Map(LAYERS.flatMap((layer) => modelFiles(layer)).map((file) => [file.name, file]));
  const taken = new Map<string, ModelFile>();
  const take = (name: string) => {
    const file = files.get(name);
    if (!file || taken.has(name)) return;
    taken.set(name, file);
    for (const source of [...file.header.sources, ...file.header.references.map(({ table }) => table)])
      take(source);
  };
  for (const name of wanted) take(name);
  for (const file of files.values()) {
    const isOver = file.header.sources.every((source) => taken.has(source) || !files.has(source));
    if (file.layer === 'staging' || (file.layer === 'tests' && isOver)) taken.set(file.name, file);
  }
  for (const { layer, file } of taken.values()) {
    mkdirSync(join(folder, layer), { recursive: true });
    copyFileSync(file, join(folder, layer, basename(file)));
    if (layer === 'seeds')
      copyFileSync(file.replace(/sql$/, 'csv'), join(folder, layer, basename(file, '.sql') + '.csv'));
  }
  return folder;
}
