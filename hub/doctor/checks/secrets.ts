import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Check, ok, warn, type Place } from '../finding';

/** Config, key files it names, and what opens the hub: for their owner alone. */
export const secrets: Check<Place> = {
  name: 'secrets',
  run({ dataFolder, configFile }) {
    if (process.platform === 'win32') return [];
    const files = ['hub.key', 'hub.json'].map((name) => join(dataFolder, name));
    if (configFile !== undefined) files.push(resolve(configFile), ...namedFiles(configFile));
    const open = files.filter((file) => existsSync(file) && (statSync(file).mode & 0o077) !== 0);
    if (open.length === 0) return [ok('Files with secrets are readable by their owner alone')];
    return open.map((file) =>
      warn('Others on this machine can read a file with secrets', `file ${file}`, `Run: chmod 600 ${file}`),
    );
  },
};

/** Those that `file:path` names. */
function namedFiles(configFile: string): string[] {
  if (!existsSync(configFile)) return [];
  const named = readFileSync(configFile, 'utf8').matchAll(/\bfile:(?!\/\/)["']?([^\s"',}\]]+)/g);
  return [...named].map(([, path]) => resolve(dirname(configFile), path ?? ''));
}
