import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeBundle } from '../workflows/bundle';
import { type DevServer, startDevServer } from '../workflows/temporal/devServer';

declare global {
  // What globalTeardown stops; jest runs both in one process.
  var millraceTestServer: DevServer | undefined;
}

/** Once before all test files: one real Temporal server and one bundle of the workflow code, told through process.env. */
export default async function globalSetup(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-tests-'));
  const bundle = join(folder, 'workflows.bundle.js');
  const [server] = await Promise.all([
    startDevServer({ folder: join(folder, 'temporal') }),
    writeBundle(bundle),
  ]);
  globalThis.millraceTestServer = server;
  process.env.MILLRACE_TEST_FOLDER = folder;
  process.env.MILLRACE_TEST_PID = String(process.pid);
  process.env.MILLRACE_TEST_TEMPORAL = server.address;
  process.env.MILLRACE_TEST_BUNDLE = bundle;
}
