import { Limiter } from './limiter';

const after = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

describe('a limiter', () => {
  test('lets in as many as it may, in the order in which they came', async () => {
    const limiter = new Limiter(2);
    const began: number[] = [];
    let running = 0;
    let most = 0;
    const work = (name: number) => async () => {
      began.push(name);
      most = Math.max(most, ++running);
      await after(5);
      running--;
    };
    await Promise.all([1, 2, 3, 4, 5, 6].map((name) => limiter.run(work(name))));
    expect(began).toEqual([1, 2, 3, 4, 5, 6]);
    expect(most).toBe(2);
  });

  test('work that fails gives its place free', async () => {
    const limiter = new Limiter(1);
    await expect(limiter.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(limiter.run(() => Promise.resolve('yes'))).resolves.toBe('yes');
  });

  test('never begins more than the rate in any window', async () => {
    const limiter = new Limiter(10, { calls: 3, perMs: 100 });
    const began: number[] = [];
    await Promise.all(
      Array.from({ length: 8 }, () => limiter.run(() => Promise.resolve(began.push(performance.now())))),
    );
    began.forEach((time, index) => {
      const third = began[index - 3];
      if (third !== undefined) expect(time - third).toBeGreaterThanOrEqual(95); // timers are exact to some milliseconds
    });
  });
});
