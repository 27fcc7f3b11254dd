import { isRunning } from '../../warehouse';
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { removeLeftSpools } from '../../warehouse';

export interface SpoolFolder {
  folder: string;
  remove(): Promise<void>;
}

/** Folders that this process has open: tests open several. */
const OPEN = new Set<string>();

/** No batch takes this long: what another machine has not touched since is nobody's. */
const ABANDONED_MS = 24 * 3_600_000;

/**
 * A folder below `root` for the spool files of this process alone, and away with those whose process is gone: their batches
 * were not committed and will be read again. Other workers on this machine, or on a shared disk, keep theirs.
 */
export async function openSpoolFolder(root: string): Promise<SpoolFolder> {
  await mkdir(root, { recursive: true });
  await removeLeftSpools(root); // loose files: of a version whose one process had the whole folder
  for (const name of await readdir(root)) {
    if (await isLeft(root, name)) await rm(join(root, name), { recursive: true, force: true });
  }
  const name = `${hostname()}~${process.pid}~${randomUUID()}`;
  const folder = join(root, name);
  OPEN.add(name);
  await mkdir(folder);
  return {
    folder,
    async remove() {
      OPEN.delete(name);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A container's process has the same id at each start: a folder with our id that we did not open was our predecessor's. */
async function isLeft(root: string, name: string): Promise<boolean> {
  const [host, pid, uuid] = name.split('~');
  if (pid === undefined || uuid === undefined) return false; // not ours
  if (host === hostname()) return Number(pid) === process.pid ? !OPEN.has(name) : !isRunning(Number(pid));
  const { mtimeMs } = await stat(join(root, name)).catch(() => ({ mtimeMs: Date.now() }));
  return Date.now() - mtimeMs > ABANDONED_MS;
}
