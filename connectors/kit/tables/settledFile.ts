import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';

export interface SettledFile {
  bytes: Buffer;
  /** Of the content: a file is another one when its bytes are. */
  hash: string;
}

const MAX_BYTES = 256 * 1024 * 1024;

/**
 * A file's bytes, once nobody has written to it for `settleMs`: a copy in progress ends in the middle of an amount.
 * Errors: those of the file system; a file above 256 MB is refused.
 */
export async function settledFile(path: string, settleMs: number): Promise<SettledFile> {
  for (;;) {
    const { mtimeMs, size } = await stat(path);
    if (size > MAX_BYTES) throw new Error(`${basename(path)} is larger than ${MAX_BYTES} bytes`);
    const restMs = Math.min(mtimeMs + settleMs - Date.now(), settleMs);
    if (restMs <= 0) break;
    await new Promise((resolve) => setTimeout(resolve, restMs));
  }
  const bytes = await readFile(path);
  return { bytes, hash: contentHash(bytes) };
}

/** The first 32 hex digits of SHA-256. */
export const contentHash = (bytes: Buffer | string): string =>
  createHash('sha256').update(bytes).digest('hex').slice(0, 32);
