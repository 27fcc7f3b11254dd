import { existsSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { bad, type Check, megabytes, ok, warn, type Place } from '../finding';

/** A backup and a rebuilt file beside the warehouse. */
const ROOM_FACTOR = 2;
/** Spools, Temporal's file and a growing log go on for a while with it. */
const LEAST_BYTES = 500_000_000;

export const disk: Check<Place> = {
  name: 'disk',
  run({ dataFolder, config }) {
    if (!existsSync(dataFolder)) return [];
    const { bavail, bsize } = statfsSync(dataFolder);
    const free = bavail * bsize;
    const size =
      config.warehouse === undefined
        ? ['warehouse.duckdb', 'warehouse.duckdb.wal'].reduce(
            (sum, name) => sum + sizeOf(join(dataFolder, name)),
            0,
          )
        : 0;
    const where = `folder ${dataFolder}`;
    const said = `${megabytes(free)} are free, the warehouse has ${megabytes(size)}`;
    const todo = 'Make room, move the data folder to a larger disk, or keep backups elsewhere (--out DIR)';
    if (free < LEAST_BYTES) return [bad(`The disk is nearly full: ${said}`, where, todo)];
    if (free < size * ROOM_FACTOR)
      return [warn(`There is no room for a backup and a rebuild: ${said}`, where, todo)];
    return [ok(`Room on the disk: ${said}`, where)];
  },
};

const sizeOf = (file: string) => (existsSync(file) ? statSync(file).size : 0);
