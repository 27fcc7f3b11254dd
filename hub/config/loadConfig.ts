import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type Document, isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { MillraceError, messageOf } from '../../connectors/kit';
import type { Connection } from '../../workflows';
import { connectorNamed, connectors } from '../connectors';
import { unknownFunnelConnections } from './funnelSettings';
import { type Config, configSchema } from './schema';
import { resolveSecrets } from './secrets';
import { warehouseAddress } from './warehouseAddress';

export interface LoadedConfig {
  config: Config;
  /** Base folder of relative paths in the file. */
  folder: string;
  connections: Connection[];
}

/**
 * Reads millrace.yaml. Every mistake at once, each with file, line, path and what to write.
 * Errors: `config_invalid`.
 */
export function loadConfig(file: string): LoadedConfig {
  const lines = new LineCounter();
  const document = parse(file, lines);
  const mistakes = new Mistakes(file, document, lines);
  const raw = document.toJS() as unknown;
  const parsed = configSchema.safeParse(raw ?? {});
  if (!parsed.success) {
    mistakes.addAll(parsed.error.issues, []);
    throw mistakes.error();
  }
  const folder = dirname(resolve(file));
  const { warehouse: written, ...config } = parsed.data;
  const warehouse = warehouseAddress(written, folder, (what) => mistakes.add(['warehouse'], what));
  const connections = Object.entries(config.connections).flatMap(
    ([name, { connector: kind, config: given, streams, drift, driftOf }]) => {
      const path = ['connections', name];
      const connector = connectorNamed(kind);
      if (!connector) {
        mistakes.add(
          [...path, 'connector'],
          `there is no connector "${kind}"; write one of ${[...connectors.keys()].join(', ')}`,
        );
        return [];
      }
      const settings = resolveSecrets(given, folder, (at, what) =>
        mistakes.add([...path, 'config', ...at], what),
      );
      const checked = connector.spec.safeParse(settings);
      if (!checked.success) mistakes.addAll(checked.error.issues, [...path, 'config']);
      const known = connector.streams.map((stream) => stream.name);
      for (const [index, stream] of (streams ?? []).entries()) {
        if (!known.includes(stream))
          mistakes.add(
            [...path, 'streams', index],
            `no stream "${stream}"; write some of ${known.join(', ')}`,
          );
      }
      for (const stream of Object.keys(driftOf ?? {})) {
        if (!known.includes(stream))
          mistakes.add(
            [...path, 'driftOf', stream],
            `no stream "${stream}"; write some of ${known.join(', ')}`,
          );
      }
      if (!checked.success) return [];
      return [
        {
          name,
          connector,
          settings: () => Promise.resolve(checked.data),
          ...(streams && { only: streams }),
          ...(drift && { drift }),
          ...(driftOf && { driftOf }),
        },
      ];
    },
  );
  for (const { path, what } of unknownFunnelConnections(config)) mistakes.add(path, what);
  if (mistakes.found) throw mistakes.error();
  return { config: { ...config, ...(warehouse !== undefined && { warehouse }) }, folder, connections };
}

function parse(file: string, lines: LineCounter): Document {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new MillraceError('config_invalid', {
      what: 'The config file cannot be read',
      where: `file ${file}`,
      todo: 'Write one with: npx millrace init, or name another with --config FILE',
      cause,
    });
  }
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [mistake] = document.errors;
  if (!mistake) return document;
  const { line, col } = lines.linePos(mistake.pos[0]);
  throw new MillraceError('config_invalid', {
    what: `The config file is no YAML: ${messageOf(mistake)}`,
    where: `${file}:${line}:${col}`,
    todo: 'Correct this line; YAML wants equal indentation and a blank behind each colon',
  });
}

type Path = (string | number)[];

/** Collects mistakes with their lines, so that a person corrects them in one go. */
class Mistakes {
  private readonly texts: string[] = [];
  private readonly file: string;
  private readonly document: Document;
  private readonly lines: LineCounter;

  constructor(file: string, document: Document, lines: LineCounter) {
    this.file = file;
    this.document = document;
    this.lines = lines;
  }

  get found(): boolean {
    return this.texts.length > 0;
  }

  add(path: Path, what: string): void {
    this.texts.push(`${this.file}:${this.lineOf(path)}  ${path.join('.')}: ${what}`);
  }

  addAll(issues: readonly z.core.$ZodIssue[], base: Path): void {
    for (const issue of issues) {
      const path = [...base, ...issue.path.map((part) => (typeof part === 'number' ? part : String(part)))];
      if (issue.code === 'unrecognized_keys') {
        for (const key of issue.keys) this.add([...path, key], 'unknown; take it out or correct its name');
      } else {
        this.add(
          path,
          issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message,
        );
      }
    }
  }

  error(): MillraceError {
    const [first = ''] = this.texts;
    return new MillraceError('config_invalid', {
      what:
        this.texts.length === 1 ? 'The config has a mistake' : `The config has ${this.texts.length} mistakes`,
      where: this.texts.length === 1 ? first : `\n         ${this.texts.join('\n         ')}`,
      todo: 'Correct the lines named above, then run: npx millrace check',
    });
  }

  /** Line of the key, or of the nearest one above it that is there. */
  private lineOf(path: Path): number {
    for (let length = path.length; length > 0; length--) {
      const range = keyOrItem(this.document, path.slice(0, length))?.range;
      if (range) return this.lines.linePos(range[0]).line;
    }
    return 1;
  }
}

function keyOrItem(document: Document, path: Path): { range?: [number, number, number] | null } | undefined {
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (!isMap(parent)) return document.getIn(path, true) as { range?: [number, number, number] } | undefined;
  const pair = parent.items.find(({ key }) => isScalar(key) && key.value === path[path.length - 1]);
  return pair && isScalar(pair.key) ? pair.key : undefined;
}
