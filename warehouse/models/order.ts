import { MillraceError } from '../../connectors/kit';

/** What order and reach need of a model. */
interface Reading {
  name: string;
  file: string;
  reads: readonly string[];
}

/** Models so that each comes after what it reads. A circle is named. */
export function inOrder<Model extends Reading>(models: readonly Model[]): Model[] {
  const byName = new Map(models.map((model) => [model.name, model]));
  const ordered: Model[] = [];
  const done = new Set<string>();
  const visit = (model: Model, path: readonly string[]): void => {
    if (done.has(model.name)) return;
    if (path.includes(model.name)) {
      throw new MillraceError('model_failed', {
        what: `Models read each other in a circle: ${[...path, model.name].join(' → ')}`,
        where: `file ${model.file}`,
        todo: 'Move the shared part into a model of its own',
      });
    }
    for (const source of model.reads) {
      const read = byName.get(source);
      if (read) visit(read, [...path, model.name]);
    }
    done.add(model.name);
    ordered.push(model);
  };
  for (const model of models) visit(model, []);
  return ordered;
}

/** The named tables and every model that reads them, directly or not. */
export function downstream(models: readonly Reading[], of: Iterable<string>): Set<string> {
  const reached = new Set(of);
  for (const model of inOrder(models)) {
    if (model.reads.some((source) => reached.has(source))) reached.add(model.name);
  }
  return reached;
}

/** The named models and every model they read, directly or not. */
export function upstream(models: readonly Reading[], of: Iterable<string>): Set<string> {
  const reached = new Set(of);
  for (const model of inOrder(models).reverse()) {
    if (reached.has(model.name)) for (const source of model.reads) reached.add(source);
  }
  return reached;
}
