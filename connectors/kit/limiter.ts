/** Bounds requests in flight and, with a rate, how many begin in a sliding window. First come, first served. */
export class Limiter {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  private readonly begun: number[] = [];
  private gate: Promise<void> = Promise.resolve();

  private readonly concurrent: number;
  private readonly rate: { calls: number; perMs: number } | undefined;

  constructor(concurrent: number, rate?: { calls: number; perMs: number }) {
    this.concurrent = concurrent;
    this.rate = rate;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    await this.enter();
    try {
      await this.waitForRate();
      return await work();
    } finally {
      this.leave();
    }
  }

  private async enter(): Promise<void> {
    if (this.running < this.concurrent) {
      this.running++;
      return;
    }
    await new Promise<void>((resolve) => this.waiting.push(resolve)); // the one who leaves hands its place over
  }

  private leave(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.running--;
  }

  /** One at a time through the gate, so that two requests never take the same free place in the window. */
  private waitForRate(): Promise<void> {
    const { rate } = this;
    if (!rate) return Promise.resolve();
    this.gate = this.gate.then(async () => {
      for (;;) {
        const now = performance.now(); // a clock that is set back must not make a sync wait for it
        while (this.begun[0] !== undefined && this.begun[0] <= now - rate.perMs) this.begun.shift();
        if (this.begun.length < rate.calls) {
          this.begun.push(now);
          return;
        }
        const oldest = this.begun[0] ?? now;
        await new Promise((resolve) => setTimeout(resolve, oldest + rate.perMs - now + 1));
      }
    });
    return this.gate;
  }
}
