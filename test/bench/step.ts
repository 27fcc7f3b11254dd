import { runStep, type Step } from './workloads';

/** Runs the step that stands in its argument and sends what was measured. */
runStep(JSON.parse(process.argv[2] ?? '{}') as Step).then(
  (outcome) => process.send?.(outcome, () => process.disconnect()),
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
    process.disconnect();
  },
);
