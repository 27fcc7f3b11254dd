import { createRequire } from 'node:module';
import { ensureCubeNative } from './cubeNative';
import type { CubeOptions, EmbeddedCube, openCube as OpenCube } from './openCube';

/**
 * Cube over the warehouse of this process: /cubejs-api/v1/{load,meta} and GraphQL on `app`, and load() for the hub itself.
 * The host closes it before the warehouse.
 */
export async function startCube(options: CubeOptions): Promise<EmbeddedCube> {
  process.env.CUBEJS_DB_TYPE = options.warehouse.dialect.engine; // the dialect's name: a driver object carries none
  ensureCubeNative();
  silenceHints();
  const { openCube } = require('./openCube') as { openCube: typeof OpenCube }; // not before the lines above
  return openCube(options);
}

/** Cube's hints on deployment would stand on standard output, where `--json` writes its one document. */
function silenceHints(): void {
  const requireFromCore = createRequire(require.resolve('@cubejs-backend/server-core'));
  const hints = requireFromCore('@cubejs-backend/shared/dist/src/cli') as {
    displayCLIWarning(text: string): void;
  };
  hints.displayCLIWarning = () => undefined;
}
