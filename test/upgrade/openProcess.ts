import { type Engine, openAt } from './firstVersion';

/** Opens a warehouse as a start does, in a process of its own that a test kills. */
export type OpenArguments = [engine: Engine, at: string, migrationsFolder: string];

const [engine, at, migrationsFolder] = process.argv.slice(2) as OpenArguments;

openAt(engine, at, { migrationsFolder }).then(
  () => console.log('opened'),
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
