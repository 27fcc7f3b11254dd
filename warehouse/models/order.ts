import { MillraceError } from '../../connectors/kit';
import type { ModelFile } from './modelFile';

/** Models so that each comes after what it reads. A circle is named. */
export function inOrder(models: readonly ModelFile[]): ModelFile[] {
  const byName = new Map(models.map((model) => [model.name, model]));
  const ordered: ModelFile[] = [];
  const done = new Set<string>();
  const visit = (model: ModelFile, path: readonly string[]): void => {
    if (done.has(model.name)) return;
    if (path.includes(model.name)) {
      throw new MillraceError('model_failed', {
        what: `Models read each other in a circle: ${[...path, model.name].join(' → ')}`,
        where: `file ${model.file}`,
        todo: 'Move the shared part into a model of its own',
      });
    }
    for (const source of model.header.sources) {
      const read = byName.get(source);
      if (read) visit(read, [...path, model.name]);
    }
    done.add(model.name);
    ordered.push(model);
  };
  for (const model of models) visit(model, []);
  return ordered;
}

/** The named models and everything that reads them, directly or not. */
export function downstream(models: readonly ModelFile[], of: ReadonlySet<string>): Set<string> {
  const reached = new Set(of);
  for (const model of inOrder(models)) {
    if (model.header.sources.some((source) => reached.has(source))) reached.add(model.name);
  }
  return reached;
}
