import { collectionsPage } from './collections';
import { financePages } from './finance';
import { funnelPage } from './funnel';
import { healthPage } from './health';
import { statementRows } from './statements';
import { Screens } from './support/screens';
import type { Visit } from './support/visit';

let screens: Screens;
let first: Visit;
beforeAll(async () => {
  screens = await Screens.open();
  first = await screens.visit();
  await first.open(screens.hub.link());
}, 1_200_000);
afterAll(() => screens.close());

/** Holds for every test: no complaint in the console, no failed request, and none that leaves the hub. */
afterEach(async () => expect(await screens.leave()).toEqual([]));

/**
 * The compiled hub with the demo company in a real Chromium. What a page says is held against the command line over the
 * same hub and against what was planted; one hub for all pages, since it takes 20 s and a gigabyte to start.
 */
describe('signing in', () => {
  test('the printed link opens the pages', async () => {
    expect(new URL(first.page.url()).pathname).toBe('/collections');
    expect(await first.page.title()).toBe('回款 · 织水');
    expect(first.page.url()).not.toContain('token');
  });

  test('the link works once', async () => {
    const stranger = await screens.stranger();
    const answer = await stranger.page.goto(screens.hub.link());
    expect(answer?.status()).toBe(401);
    expect(await stranger.page.getByRole('heading').innerText()).toBe('链接已失效');
    expect(await stranger.page.locator('body').innerText()).toContain('重新启动');
    expect(await stranger.barriers()).toEqual([]);
    expect((await stranger.page.context().cookies()).length).toBe(0);
  });

  test('without it a page says what to do, and nothing of the data', async () => {
    const stranger = await screens.stranger();
    await stranger.page.goto(`${screens.hub.url}/health?customer=kingdee:100237`);
    await stranger.page.getByRole('heading', { name: '需要登录' }).waitFor();
    const text = await stranger.page.locator('body').innerText();
    expect(text).toContain('npm start');
    expect(text).not.toMatch(/\d/);
    expect(await stranger.barriers()).toEqual([]);
    await stranger.page.getByRole('button', { name: 'English' }).click();
    await stranger.page.getByRole('heading', { name: 'Sign-in needed' }).waitFor();
  });
});

describe('collections', () => {
  collectionsPage(() => screens);
});
describe('statements', () => {
  statementRows(() => screens);
});
describe('finance', () => {
  financePages(() => screens);
});
describe('funnel', () => {
  funnelPage(() => screens);
});
describe('health', () => {
  healthPage(() => screens);
});
