// Pictures of every page × width × mode × language and of every state, each with axe, console, sideways scroll; then keyboard
// paths, downloads and the budget. Pictures go to test/shots/: whoever changes a page looks at them, at both widths.
// `node test/shots.mjs [part of a name]` takes only some. Chromium: CHROMIUM=/path, else /usr/bin/chromium.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { checkBudget } from './budget.mjs';
import { startMockHub } from './mock-hub.mjs';
import { checkPaths } from './paths.mjs';

const dir = new URL('shots/', import.meta.url).pathname;
const axe = readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const wanted = process.argv[2] ?? '';
const failures = [];
const check = (isOk, what) => {
  console.log(isOk ? 'ok  ' : 'FAIL', what);
  if (!isOk) failures.push(what);
};

if (!existsSync(executablePath)) {
  console.error(
    `No Chromium at ${executablePath}. Install one (apt-get install chromium fonts-noto-cjk) or set CHROMIUM=/path/to/chromium.`,
  );
  process.exit(1);
}
mkdirSync(dir, { recursive: true });
const hub = await startMockHub();
const flags =
  'no-sandbox disable-gpu disable-quic no-first-run disable-background-networking disable-component-update disable-sync font-render-hinting=none hide-scrollbars';
const browser = await chromium.launch({ executablePath, args: flags.split(' ').map((flag) => `--${flag}`) });

/** A page that is ready: no skeleton left, also below the screen, and the sign of its state. */
async function open({ path, width = 1440, state = 'ok', mode = 'light', lang = 'zh', permissions = [] }) {
  const viewport = { width, height: width < 500 ? 844 : 900 };
  const context = await browser.newContext({
    viewport,
    permissions,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
  });
  await context.addCookies([{ name: 'mock', value: state, url: hub.url }]);
  const page = await context.newPage();
  const problems = [];
  page.on('pageerror', (error) => problems.push(error.message));
  const isRefusal = (text) =>
    ['error', 'login', 'starting'].includes(state) && text.startsWith('Failed to load resource');
  page.on(
    'console',
    (message) => message.type() === 'error' && !isRefusal(message.text()) && problems.push(message.text()),
  );
  await page.clock.setFixedTime(new Date('2026-04-15T01:30:00Z'));
  const url = new URL(path, hub.url);
  url.searchParams.set('lang', lang);
  url.searchParams.set('mode', mode);
  await page.goto(url.href);
  await ready(page, state).catch(async (error) => {
    await page.screenshot({ path: `${dir}not-ready.png` });
    console.error(`${url.href} (${state}) was not ready, see not-ready.png: ${problems.join('; ')}`);
    throw error;
  });
  return { page, problems, close: () => context.close() };
}

async function ready(page, state) {
  const alone = { login: 'main.alone h1', starting: 'main.alone li', loading: 'main .mantine-Skeleton-root' }[
    state
  ];
  if (alone) return page.waitForSelector(alone);
  await page.waitForSelector('main h1');
  const bottom = () => page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  const done = 'body:not(:has(.mantine-Skeleton-root))';
  for (let round = 0; round < 3; round++) {
    await bottom(); // what lies below asks when it is near
    await page.waitForSelector(done);
  }
  const sign =
    { error: 'main [role=alert]', empty: 'main .centred', late: '.notice' }[state] ?? '[data-chart] svg path';
  await page.waitForSelector(sign, { state: 'attached' });
  await page.evaluate(() => scrollTo(0, 0));
}

const pages = { collections: '/collections', funnel: '/funnel', health: '/health' };
const looks = [
  ...[1440, 390].flatMap((width) => ['light', 'dark'].map((mode) => ({ width, mode }))),
  ...[1440, 390].map((width) => ({ width, lang: 'en' })),
  { state: 'empty' },
  { state: 'error' },
  { state: 'loading' },
];
const shots = [
  ...Object.entries(pages).flatMap(([name, path]) => looks.map((look) => ({ name, path, ...look }))),
  { name: 'collections', path: '/collections', state: 'late' },
  { name: 'collections', path: '/collections', state: 'late', width: 390 },
  { name: 'login', path: '/collections', state: 'login' },
  { name: 'login', path: '/collections', state: 'login', width: 390, lang: 'en' },
  { name: 'starting', path: '/collections', state: 'starting' },
  { name: 'funnel-young-by-value', path: '/funnel?young=yes&measure=amount' },
  ...['gap&part=slipped', 'confirmed', 'receipts', 'open&bucket=overdue'].flatMap((list) =>
    [1440, 390].map((width) => ({
      name: `list-${list.split('&')[0]}`,
      path: `/collections?list=${list}`,
      width,
    })),
  ),
  ...[1440, 390].flatMap((width) => [
    { name: 'statement', path: '/collections?statement=fxiaoke:S202603101', width, drawer: true },
    {
      name: 'bank-line',
      path: '/collections?record=core.bank_transaction:bank:2026-03%7C2209',
      width,
      drawer: true,
    },
    { name: 'customer', path: '/health?customer=kingdee:C1025', width, drawer: true },
    { name: 'customer-yellow', path: '/health?customer=kingdee:C1018', width, drawer: true },
    { name: 'customer-yellow', path: '/health?customer=kingdee:C1018', width, mode: 'dark', drawer: true },
    { name: 'customer-yellow', path: '/health?customer=kingdee:C1018', width, lang: 'en', drawer: true },
  ]),
  { name: 'not-found', path: '/collections?record=core.bank_transaction:none', state: 'error', drawer: true },
];

for (const shot of shots) {
  const { width = 1440, mode = 'light', lang = 'zh', state = 'ok' } = shot;
  const name = [shot.name, width, mode, lang, state].join('-');
  if (!name.includes(wanted)) continue;
  const { page, problems, close } = await open(shot);
  if (shot.drawer) await page.waitForSelector('[role=dialog] .detail, [role=dialog] [role=alert]');
  if (shot.drawer) await page.waitForSelector('[role=dialog]:not(:has(.mantine-Skeleton-root))');
  await page.screenshot({ path: `${dir}${name}.png`, fullPage: !shot.drawer });
  await page.evaluate(axe);
  const broken = await page.evaluate(async () =>
    (await window.axe.run(document)).violations.map(
      (rule) => `${rule.id} ${rule.nodes[0].html.slice(0, 140)}`,
    ),
  );
  check(broken.length === 0, `${name}: accessibility ${broken.join('; ')}`);
  check(
    await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
    `${name}: no sideways scroll`,
  );
  check(problems.length === 0, `${name}: console ${problems.join('; ')}`);
  await close();
}
if (!wanted || wanted === 'paths') {
  await checkPaths({ open, check });
  checkBudget(check);
}
await browser.close();
await hub.close();
console.log(`${failures.length} failures`);
process.exit(failures.length ? 1 : 0);
