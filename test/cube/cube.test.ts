import { company } from './company';
import { type CubeUnderTest, cubeOver } from './cubeOver';

let on: CubeUnderTest;
beforeAll(async () => {
  on = await cubeOver(company);
});
afterAll(() => on?.close());

test('every published member runs', async () => {
  for (const view of await on.views()) {
    for (const { name } of view.measures) {
      const { status, error } = await on.ask({ measures: [name] });
      expect([name, status, error]).toEqual([name, 200, undefined]);
    }
    for (const { name } of view.dimensions) {
      const { rows, error } = await on.ask({ dimensions: [name], limit: 9 });
      console.log(name, rows.map((r) => Object.values(r)[0]).join(' | '), error ?? '');
      expect([name, error]).toEqual([name, undefined]);
    }
    const s = performance.now();
    const all = await on.ask({ measures: view.measures.map((m) => m.name) });
    console.log(view.name, performance.now() - s, all.rows);
  }
}, 120_000);
