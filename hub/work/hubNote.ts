import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const noteSchema = z.object({ pid: z.number(), url: z.string(), token: z.string() });
export type HubNote = z.infer<typeof noteSchema>;

const fileOf = (dataFolder: string) => join(dataFolder, 'hub.json');

/** Tells commands where the hub over this data folder listens; readable by its owner alone, since the token opens it. */
export function writeHubNote(dataFolder: string, note: HubNote): void {
  mkdirSync(dataFolder, { recursive: true });
  const file = fileOf(dataFolder);
  writeFileSync(`${file}.new`, JSON.stringify(note), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

export function removeHubNote(dataFolder: string): void {
  rmSync(fileOf(dataFolder), { force: true });
}

/** The running hub's note; undefined when there is none, or its process is gone. */
export function readHubNote(dataFolder: string): HubNote | undefined {
  const file = fileOf(dataFolder);
  if (!existsSync(file)) return undefined;
  const note = noteSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!note.success) return undefined;
  try {
    process.kill(note.data.pid, 0);
    return note.data;
  } catch {
    return undefined;
  }
}
