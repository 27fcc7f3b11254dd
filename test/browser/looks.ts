import { DESKTOP, PHONE, type Screens } from './support/screens';

/** What holds for every page: light and dark, on a desk and on a phone, axe finds nothing and nothing scrolls sideways. */
export function looksOf(screens: () => Screens, path: () => string): void {
  test('is open to everybody: light and dark, on a desk and on a phone', async () => {
    const visit = await screens().visit();
    await visit.open(path());
    const colour = () => visit.page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    const light = await colour();
    for (const size of [DESKTOP, PHONE]) {
      await visit.page.setViewportSize(size);
      await visit.whole();
      expect([size.width, 'light', await visit.barriers()]).toEqual([size.width, 'light', []]);
      await visit.page.getByRole('button', { name: '深色模式' }).click();
      await visit.settled();
      expect(await colour()).not.toBe(light);
      expect([size.width, 'dark', await visit.barriers()]).toEqual([size.width, 'dark', []]);
      await visit.page.getByRole('button', { name: '浅色模式' }).click();
      await visit.settled();
      expect(await colour()).toBe(light);
    }
  });
}
