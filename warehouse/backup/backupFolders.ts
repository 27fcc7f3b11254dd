import { isRunning } from '../isRunning';
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { MANIFEST, readManifest } from './manifest';

const FINISHED = /^millrace-backup-\d{8}T\d{6}Z(-\d+)?$/;
/** With the machine and the process that writes it. */
const PARTIAL = /^millrace-backup-\d{8}T\d{6}Z(-\d+)?\.partial-(\w*)\.(\d+)$/;
const A_DAY_MS = 86_400_000;

const machine = hostname().replaceAll(/\W/g, '');

/** Where a backup is written, and the name that it gets when it is whole. */
export function partialFolder(folder: string, started: Date): { partial: string; finished: string } {
  const name = `millrace-backup-${started.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
  for (let number = 1; ; number++) {
    const finished = join(folder, number === 1 ? name : `${name}-${number}`);
    const partial = partialOf(finished);
    if (!existsSync(finished) && !existsSync(partial)) return { partial, finished };
  }
}

const partialOf = (finished: string) => `${finished}.partial-${machine}.${process.pid}`;

/**
 * Removes what backups left that were killed. One that another process still writes stays, for a day where it is another
 * machine's. This process makes one backup at a time, so that what bears its own number is left over as well.
 */
export function removeLeftBackups(folder: string): void {
  for (const name of readdirSync(folder)) {
    const [, , host, pid] = PARTIAL.exec(name) ?? [];
    if (host === undefined) continue;
    const path = join(folder, name);
    const isWritten =
      host === machine
        ? Number(pid) !== process.pid && isRunning(Number(pid))
        : Date.now() - statSync(path).mtimeMs < A_DAY_MS;
    if (!isWritten) rmSync(path, { recursive: true, force: true });
  }
}

/** Finished backups, oldest first. */
export function finishedBackups(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => FINISHED.test(name) && existsSync(join(folder, name, MANIFEST)))
    .sort()
    .map((name) => join(folder, name));
}

/** Removes the oldest of one warehouse until `keep` are left; gives what was removed. Never the newest. */
export function keepNewest(folder: string, place: string, keep: number): string[] {
  const own = finishedBackups(folder).filter((path) => isOf(path, place));
  const old = own.slice(0, -Math.max(1, keep));
  for (const path of old) {
    const going = partialOf(path); // a removal that is broken off leaves nothing that looks whole
    renameSync(path, going);
    rmSync(going, { recursive: true, force: true });
  }
  return old;
}

/** A damaged one is nobody's: a person looks at it. */
function isOf(path: string, place: string): boolean {
  try {
    return readManifest(path).place === place;
  } catch {
    return false;
  }
}
