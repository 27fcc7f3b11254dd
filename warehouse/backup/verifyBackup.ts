import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { MillraceError } from '../../connectors/kit';
import { sha256 } from './backupFiles';
import { type FileEntry, type Manifest, readManifest } from './manifest';

/**
 * Every file of a backup is there, as long and of the same SHA-256 as when it was written.
 * Errors: `backup_damaged`, naming the first file that is not.
 */
export async function verifyBackup(folder: string): Promise<Manifest> {
  const manifest = readManifest(folder);
  for (const file of [...manifest.tables.map((table) => table.file), ...manifest.files])
    await verifyFile(folder, file);
  return manifest;
}

async function verifyFile(folder: string, { path, bytes, sha256: expected }: FileEntry): Promise<void> {
  const file = join(folder, path);
  const what = !existsSync(file)
    ? 'A file of the backup is missing'
    : statSync(file).size !== bytes
      ? `A file of the backup is ${statSync(file).size} bytes long, not ${bytes}`
      : (await sha256(file)) !== expected
        ? 'A file of the backup was changed or damaged: its SHA-256 is another one'
        : undefined;
  if (what === undefined) return;
  throw new MillraceError('backup_damaged', {
    what,
    where: `file ${file}`,
    todo: 'Use another backup, or bring this one again from where it was copied',
  });
}
