import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ModelsDescription } from '../../warehouse';
import { modelsPage } from '../docs/page';

/** Writes the models' documentation into a folder; gives the file to open. */
export function writeDocs(description: ModelsDescription, folder: string): string {
  const file = join(resolve(folder), 'index.html');
  mkdirSync(resolve(folder), { recursive: true });
  writeFileSync(file, modelsPage(description));
  return file;
}
