import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSpoolFolder } from './spoolFolder';

describe('spool folders of several processes', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'millrace-spools-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const folderOf = (host: string, pid: number): string => {
    const folder = join(root, `${host}~${pid}~0000`);
    mkdirSync(folder);
    writeFileSync(join(folder, 'a.ndjson'), '{}\n');
    return folder;
  };
  const endedPid = async (): Promise<number> => {
    const child = spawn(process.execPath, ['-e', '']);
    await new Promise((resolve) => child.once('exit', resolve));
    return child.pid ?? 0;
  };

  test('what a dead process left goes, what a living one has stays', async () => {
    const living = folderOf(hostname(), process.ppid);
    const dead = folderOf(hostname(), await endedPid());
    const { folder, remove } = await openSpoolFolder(root);
    expect([existsSync(living), existsSync(dead), existsSync(folder)]).toEqual([true, false, true]);
    await remove();
    expect(existsSync(folder)).toBe(false);
  });

  test('a folder of our own process id that we did not open was our predecessor in the same container', async () => {
    const before = folderOf(hostname(), process.pid);
    const one = await openSpoolFolder(root);
    const other = await openSpoolFolder(root);
    expect([before, one.folder, other.folder].map((folder) => existsSync(folder))).toEqual([
      false,
      true,
      true,
    ]);
  });

  test('a folder of another machine goes only when nobody has touched it for a day', async () => {
    const fresh = folderOf('other-host', 1);
    const old = folderOf('another-host', 1);
    const dayAndHourAgo = Date.now() / 1_000 - 25 * 3_600;
    utimesSync(old, dayAndHourAgo, dayAndHourAgo);
    await openSpoolFolder(root);
    expect([existsSync(fresh), existsSync(old)]).toEqual([true, false]);
  });

  test('loose files are of an older version; what is not ours stays', async () => {
    writeFileSync(join(root, 'old.ndjson'), '');
    mkdirSync(join(root, 'notes'));
    const { folder } = await openSpoolFolder(root);
    expect(readdirSync(root).sort()).toEqual(['notes', folder.slice(root.length + 1)].sort());
  });
});
