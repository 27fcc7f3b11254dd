import { rmSync } from 'node:fs';
import { stopSharedPostgres } from './support/postgres';

/** Stops what globalSetup started, by the handle it kept. */
export default async function globalTeardown(): Promise<void> {
  await globalThis.millraceTestServer?.close();
  const folder = process.env.MILLRACE_TEST_FOLDER;
  if (folder) await stopSharedPostgres(folder);
  if (folder) rmSync(folder, { recursive: true, force: true });
}
