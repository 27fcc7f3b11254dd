import { readFileSync } from 'node:fs';
import { isScalar, parseDocument, visit } from 'yaml';
import { secretsIn } from '../../connectors/kit';
import { loadConfig } from '../config/loadConfig';

export interface ConfigCopy {
  text: string;
  /** What a restored hub needs besides: names of variables and files, never values. */
  secrets: string[];
}

const VARIABLE = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;
const PASSWORD = /^(postgres(?:ql)?:\/\/[^:@/]*:)([^@$]+)(@)/;

/** The config as it is written, with its comments. A secret that stands there as plain text is left out and named. */
export async function configCopy(file: string): Promise<ConfigCopy> {
  const { connections } = loadConfig(file);
  const plain = new Set<string>();
  for (const { connector, settings } of connections)
    for (const secret of secretsIn(connector.spec, await settings())) plain.add(secret);
  const document = parseDocument(readFileSync(file, 'utf8'));
  const secrets = new Set<string>();
  visit(document, {
    Scalar(key, node, path) {
      if (key === 'key' || typeof node.value !== 'string') return;
      const value = node.value;
      for (const [, name] of value.matchAll(VARIABLE)) secrets.add(`environment variable ${name ?? ''}`);
      if (value.startsWith('file:')) secrets.add(`file ${value.slice('file:'.length)}`);
      const without = plain.has(value)
        ? 'left-out-of-the-backup'
        : value.replace(PASSWORD, '$1left-out-of-the-backup$3');
      if (without === value) return;
      secrets.add(`${nameOf(path)}: stands in the config as plain text and was left out`);
      node.value = without;
    },
  });
  if (process.env.MILLRACE_WAREHOUSE) secrets.add('environment variable MILLRACE_WAREHOUSE');
  return { text: document.toString({ lineWidth: 0 }), secrets: [...secrets].sort() };
}

/** `connections.erp.config.password`. */
function nameOf(path: readonly unknown[]): string {
  return path
    .flatMap((part) => {
      if (typeof part !== 'object' || part === null || !('key' in part)) return [];
      return isScalar(part.key) ? [String(part.key.value)] : [];
    })
    .join('.');
}
