/**
 * `npm start`: prepares what is missing, then runs the hub; arguments go to `millrace start`. In package.json stands
 * `exec`, since the shell between npm and us would die of npm's SIGTERM alone and leave us running.
 */
const { spawn } = require('node:child_process');
const { constants } = require('node:os');
const { join } = require('node:path');
const { prepare } = require('./prepare');
const { main, root } = require('./steps');

main(() => {
  prepare();
  const cli = join(root, 'dist', 'hub', 'cli.js');
  const hub = spawn(process.execPath, [cli, 'start', ...process.argv.slice(2)], { stdio: 'inherit' });
  passOn('SIGTERM', hub);
  passOn('SIGINT', hub);
  hub.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
});

/**
 * Once, then never again: npm sends us a second copy of what the terminal sends. Ctrl-C in a terminal reaches the hub
 * by itself, so there we only wait for it to stop.
 */
function passOn(signal, hub) {
  let isPassed = signal === 'SIGINT' && process.stdin.isTTY;
  process.on(signal, () => {
    if (!isPassed) hub.kill(signal);
    isPassed = true;
  });
}
