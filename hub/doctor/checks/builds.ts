import { bad, type Check, ok } from '../finding';

/** The published numbers, and whether the last build stands behind them. */
export const builds: Check = {
  name: 'builds',
  async run({ warehouse }) {
    const [generation] = await warehouse.rows(
      'select generation, cast(as_of_date as varchar) as day from meta.generation order by generation desc limit 1',
    );
    const [last] = await warehouse.rows(
      "select status, run_id, json_text(error, 'what') as what from meta.run where kind = 'build' and ended_at is not null order by started_at desc limit 1",
    );
    if (last?.status === 'failed') {
      return [
        bad(
          `The last build failed: ${String(last.what)}`,
          `run ${String(last.run_id)}`,
          `Pages show generation ${String(generation?.generation ?? '—')}; see: npx millrace runs show ${String(last.run_id).slice(0, 13)}`,
        ),
      ];
    }
    return generation
      ? [ok(`Generation ${String(generation.generation)} is published, as of ${String(generation.day)}`)]
      : [];
  },
};
