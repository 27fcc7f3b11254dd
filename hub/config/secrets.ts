import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const ENVIRONMENT = /^\$\{([A-Za-z_][A-Za-z0-9_]*)\}$/;
const FILE = /^file:(.+)$/;

/**
 * Replaces `${NAME}` by the environment's value and `file:path` by the file's first line, at any depth.
 * `onMistake` gets the place of a variable that is not set or a file that cannot be read; never a value.
 */
export function resolveSecrets(
  value: unknown,
  folder: string,
  onMistake: (at: (string | number)[], what: string) => void,
  at: (string | number)[] = [],
): unknown {
  if (Array.isArray(value))
    return value.map((item, index) => resolveSecrets(item, folder, onMistake, [...at, index]));
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [
        name,
        resolveSecrets(inner, folder, onMistake, [...at, name]),
      ]),
    );
  }
  if (typeof value !== 'string') return value;
  const variable = ENVIRONMENT.exec(value)?.[1];
  if (variable !== undefined) {
    const found = process.env[variable];
    if (found === undefined || found === '') onMistake(at, `the environment variable ${variable} is not set`);
    return found ?? value;
  }
  const file = FILE.exec(value)?.[1];
  if (file === undefined) return value;
  try {
    return readFileSync(resolve(folder, file), 'utf8').split('\n')[0]?.trim() ?? '';
  } catch {
    onMistake(at, `the file ${file} cannot be read`);
    return value;
  }
}
