import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const ENVIRONMENT = /^\$\{([A-Za-z_][A-Za-z0-9_]*)\}$/;
const ENVIRONMENT_INSIDE = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;
const FILE = /^file:(.+)$/;

type OnMistake = (at: (string | number)[], what: string) => void;

/**
 * Replaces `${NAME}` by the environment's value and `file:path` by the file's first line, at any depth. Where NAME is not
 * set but NAME_FILE is, as containers have it, the first line of that file is taken.
 * `onMistake` gets the place of a variable that is not set or a file that cannot be read; never a value.
 */
export function resolveSecrets(
  value: unknown,
  folder: string,
  onMistake: OnMistake,
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
  if (variable !== undefined) return fromEnvironment(variable, (what) => onMistake(at, what)) ?? value;
  const file = FILE.exec(value)?.[1];
  if (file === undefined) return value;
  return firstLine(resolve(folder, file)) ?? mistake(value, () => onMistake(at, unreadable(file)));
}

/**
 * The same for an address, whose `${NAME}` may stand inside: there a value is percent-encoded, so that a password may hold
 * any character.
 */
export function resolveAddress(text: string, folder: string, onMistake: (what: string) => void): string {
  if (ENVIRONMENT.test(text) || FILE.test(text))
    return String(resolveSecrets(text, folder, (_at, what) => onMistake(what)));
  return text.replaceAll(ENVIRONMENT_INSIDE, (all, name: string) => {
    const found = fromEnvironment(name, onMistake);
    return found === undefined ? all : encodeURIComponent(found);
  });
}

/** The value of NAME, or the first line of the file that NAME_FILE names; undefined where neither is set. */
export function environmentSecret(
  name: string,
  onMistake: (what: string) => void = () => undefined,
): string | undefined {
  const found = process.env[name];
  if (found !== undefined && found !== '') return found;
  const file = process.env[`${name}_FILE`];
  if (file === undefined || file === '') return undefined;
  return (
    firstLine(file) ?? mistake(undefined, () => onMistake(`${unreadable(file)} (${name}_FILE names it)`))
  );
}

function fromEnvironment(name: string, onMistake: (what: string) => void): string | undefined {
  let isTold = false;
  const found = environmentSecret(name, (what) => {
    isTold = true;
    onMistake(what);
  });
  if (found === undefined && !isTold) onMistake(`the environment variable ${name} is not set`);
  return found;
}

const unreadable = (file: string) => `the file ${file} cannot be read`;

function firstLine(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').split('\n')[0]?.trim() ?? '';
  } catch {
    return undefined;
  }
}

function mistake<T>(value: T, tell: () => void): T {
  tell();
  return value;
}
