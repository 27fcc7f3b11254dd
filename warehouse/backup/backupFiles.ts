import { createHash } from 'node:crypto';
import {
  closeSync,
  createReadStream,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { FileEntry } from './manifest';

/** A small file that belongs to a backup: a name inside it, and what it holds. */
export interface ExtraFile {
  path: string;
  content: string;
}

export async function addFile(folder: string, { path, content }: ExtraFile): Promise<FileEntry> {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content, { mode: 0o600 });
  return fileEntry(folder, path);
}

export async function fileEntry(folder: string, path: string): Promise<FileEntry> {
  const file = join(folder, path);
  return { path, bytes: statSync(file).size, sha256: await sha256(file) };
}

export async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** On the disk and not only in the machine's memory: a name must not outlive what it names. */
export function durableFolder(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isFile()) durable(path);
    else if (entry.isDirectory() && !entry.name.startsWith('millrace-backup-')) durableFolder(path);
  }
  durable(folder);
}

function durable(path: string): void {
  if (process.platform === 'win32') return; // no sync of a folder, and none of a file that was opened for reading
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
