import { totalmem } from 'node:os';
import { type Check, megabytes, ok, warn, type Place } from '../finding';

/** Node, Cube and Temporal need the rest. */
const SHARE = 0.6;

export const memory: Check<Place> = {
  name: 'memory',
  run({ config }) {
    const [, count, unit] = /^(\d+)(MB|GB)$/.exec(config.memoryLimit) ?? [];
    const limit = Number(count) * (unit === 'GB' ? 1e9 : 1e6);
    const constrained = process.constrainedMemory();
    const machine = constrained > 0 && constrained < totalmem() ? constrained : totalmem();
    const said = `DuckDB may use ${config.memoryLimit} of ${megabytes(machine)}`;
    if (limit <= machine * SHARE) return [ok(said)];
    return [
      warn(
        `${said}: too little is left for the rest`,
        'config memoryLimit',
        `Write at most ${megabytes(machine * SHARE).replaceAll(/[ ,]/g, '')}; DuckDB then spills to disk`,
      ),
    ];
  },
};
