import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { keepDevServer, startDevServer } from '../../workflows';
import { projectFolder } from '../../warehouse';
import { until } from '../support/hubProcess';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'millrace-temporal-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the embedded Temporal server', () => {
  test('with a file where its folder should be: told', async () => {
    writeFileSync(join(folder, 'temporal'), '');
    await expect(startDevServer({ folder: join(folder, 'temporal') })).rejects.toMatchObject({
      code: 'folder_unwritable',
      what: "The Temporal server's folder cannot be written",
      where: `folder ${join(folder, 'temporal')}`,
    });
  });

  test('with a damaged file: told, and it starts once that is moved away', async () => {
    const server = await startDevServer({ folder });
    await server.close();
    const [name = ''] = readdirSync(folder).filter((one) => one.endsWith('.db'));
    for (const left of readdirSync(folder).filter((one) => one.startsWith(`${name}-`)))
      rmSync(join(folder, left));
    writeFileSync(join(folder, name), Buffer.alloc(8_192, 7));
    await expect(startDevServer({ folder })).rejects.toMatchObject({
      code: 'temporal_unusable',
      what: 'The embedded Temporal server did not start: it ended while starting',
      where: `file ${join(folder, name)}, log ${join(folder, 'temporal.log')}`,
      todo: expect.stringContaining('move it away'),
    });
    rmSync(join(folder, name));
    const again = await startDevServer({ folder });
    expect(again.isFresh).toBe(true);
    await again.close();
  });

  test('on a full disk: told, and it starts when there is room', async () => {
    const start = `require('./workflows').startDevServer({ folder: process.argv[1] }).then(
      () => console.log('started'), (error) => { console.log(error.describe()); process.exit(); })`;
    const script = 'trap "" XFSZ; ulimit -f 100; exec "$0" -r ./scripts/fromSources.js -e "$1" "$2"';
    const { stdout } = await promisify(execFile)('bash', ['-c', script, process.execPath, start, folder], {
      cwd: projectFolder,
    });
    expect(stdout).toContain('The embedded Temporal server did not start');
    expect(stdout).toContain('A full disk: free space');
    for (const name of readdirSync(folder)) rmSync(join(folder, name));
    const again = await startDevServer({ folder });
    await again.close();
  });

  test('that is killed is started again at its address', async () => {
    const told: string[] = [];
    const server = await keepDevServer({ folder, tell: (line) => told.push(line) });
    const { address, pid } = server;
    process.kill(pid, 'SIGKILL');
    await until('another server', 30_000, () => (server.pid !== pid ? true : undefined));
    expect(server.address).toBe(address);
    expect(told).toEqual(['  the Temporal server ended; it is started again']);
    await server.close();
  });
});
