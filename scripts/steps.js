/** What the scripts here share: run a step, say how long it took, stop with an error that says what, where and what to do. */
const { spawnSync } = require('node:child_process');
const { join } = require('node:path');

const root = join(__dirname, '..');

class StepError extends Error {
  constructor(code, what, where, todo) {
    super(`${what} (${code})\n  where  ${where}\n  do     ${todo}`);
  }
}

/** Runs one step and prints one line on standard error; standard output belongs to the command that follows. */
function step(name, work) {
  const startedAt = Date.now();
  const outcome = work() ?? 'done';
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  console.error(`${name.padEnd(24)} ${outcome.padEnd(12)} ${seconds.padStart(5)} s`);
}

/** Runs a program in `folder` and keeps quiet about it, unless it fails. */
function run(program, args, { folder = root, code, todo }) {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd: folder, encoding: 'utf8' });
  if (status === 0) return stdout;
  const output = [stdout, stderr, error?.message].filter(Boolean).join('\n').trim();
  const shown = output.split('\n').slice(-30).join('\n');
  throw new StepError(
    code,
    `${shown}\n\n${program} ${args[0]} failed`,
    `${folder}: ${[program, ...args].join(' ')}`,
    todo,
  );
}

/** For a script's last line: prints a StepError as it is, anything else with its stack, and exits with 1. */
function main(work) {
  try {
    work();
  } catch (error) {
    console.error(error instanceof StepError ? `\n${error.message}` : error);
    process.exit(1);
  }
}

module.exports = { StepError, main, root, run, step };
