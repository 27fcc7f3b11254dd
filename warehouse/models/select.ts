import { MillraceError } from '../../connectors/kit';
import type { Model } from './project';
import { downstream, upstream } from './order';

/**
 * The models that a selection names, in dbt's words: `core.customer` itself, `core.customer+` with what reads it,
 * `+core.customer` with what it reads, `+core.customer+` with both. The schema may be left out where one model has the name.
 * Errors: `not_found` with names that are near.
 */
export function selected(models: readonly Model[], terms: readonly string[]): Set<string> {
  const names = new Set<string>();
  for (const term of terms.flatMap((text) => text.split(/[\s,]+/)).filter(Boolean)) {
    const [, before, name = '', after] = /^(\+?)(.*?)(\+?)$/.exec(term) ?? [];
    const model = named(models, name);
    names.add(model);
    if (before) for (const other of upstream(models, [model])) names.add(other);
    if (after) for (const other of downstream(models, [model])) names.add(other);
  }
  const all = new Set(models.map(({ name }) => name));
  return new Set([...names].filter((name) => all.has(name)));
}

/** The full name of a model. Errors: `not_found`. */
function named(models: readonly Model[], name: string): string {
  const found = models.filter((model) => model.name === name || model.name.split('.')[1] === name);
  const [model, another] = found;
  if (model && !another) return model.name;
  if (another) {
    throw new MillraceError('not_found', {
      what: `More than one model is called ${name}: ${found.map((one) => one.name).join(', ')}`,
      todo: 'Write the name with its schema',
    });
  }
  const near = nearest(
    models.map((one) => one.name),
    name,
  );
  throw new MillraceError('not_found', {
    what: `There is no model ${name || '(without a name)'}`,
    todo: `Did you mean ${near.join(', ')}? All models: npx millrace docs, or the files in models/core and models/marts`,
  });
}

function nearest(names: readonly string[], wanted: string): string[] {
  const bare = (name: string) => name.replace(/^.*\./, '');
  const distance = (name: string) =>
    (name.includes(wanted) && wanted.length > 2 ? -10 : 0) +
    Math.min(edits(name, wanted), edits(bare(name), bare(wanted)));
  return [...names].sort((one, other) => distance(one) - distance(other)).slice(0, 3);
}

/** Levenshtein: how many letters to add, take away or change. */
function edits(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [at, letter] of [...one].entries()) {
    const next = [at + 1];
    for (const [index, another] of [...other].entries()) {
      const kept = (row[index] ?? 0) + (letter === another ? 0 : 1);
      next.push(Math.min(kept, (row[index + 1] ?? 0) + 1, (next[index] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
