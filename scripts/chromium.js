/** Browser tests drive Chromium: $CHROMIUM, else /usr/bin/chromium, else Debian's package, which only root can install. */
const { existsSync } = require('node:fs');
const { StepError, run } = require('./steps');

const DEBIAN = '/usr/bin/chromium';
const PACKAGES = ['chromium', 'fonts-noto-cjk']; // without the font Chinese text is boxes

function findChromium() {
  const given = process.env.CHROMIUM;
  if (given && !existsSync(given)) throw missing(`CHROMIUM says ${given}, where there is nothing`);
  if (given || existsSync(DEBIAN)) return 'up to date';
  const canInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (!canInstall) throw missing('Browser tests need Chromium, and it is not here');
  const failure = { code: 'chromium_missing', todo: waysToChromium };
  run('apt-get', ['update', '-qq'], failure);
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...PACKAGES], failure);
  return 'installed';
}

const waysToChromium = [
  `Debian, Ubuntu: sudo apt-get install ${PACKAGES.join(' ')}`,
  'elsewhere: install Chromium or Chrome and set CHROMIUM to its path',
  'or leave the browser out: npm run test:fast',
].join('\n         ');

function missing(what) {
  return new StepError('chromium_missing', what, `searched: CHROMIUM, ${DEBIAN}`, waysToChromium);
}

module.exports = { findChromium };

if (require.main === module) require('./steps').main(() => console.error(findChromium()));
