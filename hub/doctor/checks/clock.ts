import axios from 'axios';
import { bad, type Check, instantOf, ok, type Patient, span, warn, type Said } from '../finding';

const SKEW_MS = 60_000;
/** Dates of business move when a clock is this far off at midnight; signed requests of vendors are refused. */
const BAD_SKEW_MS = 300_000;
const PATIENCE_MS = 3_000;

/** Against Postgres, against the clocks of sources, and against what the warehouse remembers. */
export const clock: Check = {
  name: 'clock',
  async run(patient) {
    const measured = [...(await ofPostgres(patient)), ...(await ofSources(patient))];
    return [...(await jumpedBack(patient)), ...measured];
  },
};

async function jumpedBack({ warehouse, now }: Patient): Promise<Said[]> {
  const [row] = await warehouse.rows('select cast(max(started_at) as varchar) as newest from meta.run');
  if (!row?.newest) return [];
  const ahead = instantOf(row.newest).getTime() - now.getTime();
  if (ahead <= SKEW_MS) return [ok('No run began in the future')];
  return [
    bad(
      `The clock stands ${span(ahead)} before the begin of the newest run: it was set back, or it was ahead then`,
      'meta.run',
      'Set the clock by NTP (timedatectl set-ntp true). Cursors are the vendors’ own times, nothing is lost; rows of that time bear a wrong date of loading',
    ),
  ];
}

async function ofPostgres({ warehouse }: Patient): Promise<Said[]> {
  if (warehouse.dialect.engine !== 'postgres') return [];
  const asked = Date.now();
  const [row] = await warehouse.rows("select cast(timezone('UTC', clock_timestamp()) as varchar) as at");
  const middle = (asked + Date.now()) / 2;
  return [judged('the Postgres server', instantOf(row?.at).getTime() - middle)];
}

/** The Date header of a source's own server, asked without a login. */
async function ofSources({ config }: Patient): Promise<Said[]> {
  const origins = new Set(Object.values(config.connections).flatMap(({ config: given }) => originsIn(given)));
  const findings = await Promise.all(
    [...origins].slice(0, 3).map(async (origin) => {
      const asked = Date.now();
      try {
        const { headers } = await axios.head<unknown>(origin, {
          timeout: PATIENCE_MS,
          validateStatus: () => true,
          maxRedirects: 0,
        });
        const at = Date.parse(String(headers.date));
        return Number.isNaN(at) ? [] : [judged(origin, at + 500 - (asked + Date.now()) / 2)]; // it counts whole seconds
      } catch {
        return []; // `millrace check` tells of sources that cannot be reached
      }
    }),
  );
  return findings.flat();
}

function originsIn(value: unknown): string[] {
  if (typeof value === 'string')
    return /^https?:\/\//.test(value) && URL.canParse(value) ? [new URL(value).origin] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(originsIn) : [];
}

/** `skewMs`: how far the other clock is ahead of ours. */
function judged(whose: string, skewMs: number): Said {
  const off = Math.abs(skewMs);
  if (off <= SKEW_MS) return ok(`The clock agrees with that of ${whose}`);
  const what = `The clock of this machine is ${span(off)} ${skewMs > 0 ? 'behind' : 'ahead of'} that of ${whose}`;
  const todo = 'Set the clock by NTP: timedatectl set-ntp true';
  return off > BAD_SKEW_MS ? bad(what, null, todo) : warn(what, null, todo);
}
