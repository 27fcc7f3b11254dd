import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

/** Bundles the workflow code once (1.5 s of webpack that no worker start should pay). */
export async function writeBundle(
  file: string,
  workflowsPath = require.resolve('./workflows'),
): Promise<void> {
  const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('WARN') });
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, code);
}

/** Where `npm run build` puts it: beside the compiled workflows. */
export const bundleFile = join(__dirname, 'workflows.bundle.js');

if (require.main === module) {
  writeBundle(bundleFile).catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
}
