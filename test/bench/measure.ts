export interface Measured {
  wallSeconds: number;
  /** Of this process, the engine's threads included; a server is another process. */
  cpuSeconds: number;
}

export async function measure(work: () => Promise<unknown>): Promise<Measured> {
  const started = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { wallSeconds: (performance.now() - started) / 1_000, cpuSeconds: (user + system) / 1e6 };
}
