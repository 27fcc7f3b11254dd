import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MillraceError } from '../../connectors/kit';
import { setUpTryton } from './setup';

let folder: string;
const path = process.env.PATH;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'millrace-tryton-setup-'));
});
afterEach(() => {
  process.env.PATH = path;
  rmSync(folder, { recursive: true });
});

const refusal = () =>
  setUpTryton('8.0', join(folder, 'tryton')).then(
    () => '',
    (error: unknown) => (error instanceof MillraceError ? error.describe() : String(error)),
  );

/** A program of this name is all that PATH has. */
function onPath(name: string, script: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, name), 0o755);
}

test('without python3 the error says what is missing and what to install', async () => {
  process.env.PATH = folder;
  expect(await refusal()).toBe(
    [
      'A virtual environment for Tryton cannot be made: there is no python3 (not_found)',
      '  where  command python3',
      '  do     Install python3 (3.10 or newer) with its venv module; on Debian: apt-get install python3-venv',
    ].join('\n'),
  );
});

test('a python3 without venv is named with its own words', async () => {
  onPath('python3', 'echo "ensurepip is not available" >&2; exit 1');
  process.env.PATH = `${folder}:/bin:/usr/bin`;
  const said = await refusal();
  expect(said).toContain('A virtual environment for Tryton cannot be made: it ended with 1 (not_found)');
  expect(said).toContain('ensurepip is not available');
  expect(said).toContain('apt-get install python3-venv');
});
