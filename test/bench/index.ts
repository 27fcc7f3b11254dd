import { benchLoading } from './loading';

/** `npm run bench [rows]`: figures as ratios against the engine's own limit in the same run; no test asserts a time. */
async function main(): Promise<void> {
  const rows = Number(process.argv[2] ?? 1_000_000);
  await benchLoading(rows);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
