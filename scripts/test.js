/**
 * node scripts/test.js [fast|long|browser|all] [arguments of jest]
 * Prepares, runs jest here and in dashboards/, and ends with the line `N passed, N failed, N skipped`.
 */
const { spawnSync } = require('node:child_process');
const { existsSync, mkdtempSync, readFileSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { findChromium } = require('./chromium');
const { prepare } = require('./prepare');
const { main, root, step } = require('./steps');

const KINDS = ['fast', 'long', 'browser', 'all'];

main(() => {
  const [first, ...others] = process.argv.slice(2);
  const kind = KINDS.includes(first) ? first : 'all';
  const jestArguments = KINDS.includes(first) ? others : process.argv.slice(2);
  prepare({ pages: kind === 'browser' || kind === 'all' });
  const asksForBrowser = (kind === 'browser' || kind === 'all') && jestArguments.length === 0;
  if (asksForBrowser && existsSync(join(root, 'test', 'browser'))) step('chromium', findChromium);

  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const suite of suites(kind, jestArguments)) {
    const result = jest(suite, kind, jestArguments);
    for (const outcome of Object.keys(sum)) sum[outcome] += result[outcome];
  }
  console.log(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
  process.exitCode = sum.failed === 0 ? 0 : 1;
});

/** Tests of pages have jsdom and their own packages; a call with arguments means tests here. */
function suites(kind, jestArguments) {
  const dashboards = join(root, 'dashboards');
  const hasPageTests = ['jest.config.js', 'jest.config.cjs'].some((file) =>
    existsSync(join(dashboards, file)),
  );
  const wantsPageTests = (kind === 'fast' || kind === 'all') && jestArguments.length === 0;
  return hasPageTests && wantsPageTests ? [root, dashboards] : [root];
}

function jest(folder, kind, jestArguments) {
  const scratch = mkdtempSync(join(tmpdir(), 'millrace-jest-'));
  const output = join(scratch, 'result.json');
  const program = [folder, root]
    .map((place) => join(place, 'node_modules/jest/bin/jest.js'))
    .find(existsSync);
  const { status } = spawnSync(
    process.execPath,
    [program, '--json', `--outputFile=${output}`, ...jestArguments],
    {
      cwd: folder,
      env: { ...process.env, MILLRACE_TESTS: kind },
      stdio: ['inherit', 2, 2], // jest's report goes to standard error, as jest itself does it
    },
  );
  const result = existsSync(output) ? JSON.parse(readFileSync(output, 'utf8')) : undefined;
  rmSync(scratch, { recursive: true });
  return counts(result, status === 0);
}

/** A file that does not even load has no tests to count; it counts as one failure, as does a jest that broke down. */
function counts(result, isGreen) {
  if (!result) return { passed: 0, failed: isGreen ? 0 : 1, skipped: 0 };
  const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
  return {
    passed: result.numPassedTests,
    failed: failed === 0 && !isGreen ? 1 : failed,
    skipped: result.numPendingTests + result.numTodoTests,
  };
}
