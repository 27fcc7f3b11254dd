import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The project's root, the same from the sources and from dist/: SQL, cubes and pages are read from there. */
export const projectFolder = (() => {
  let folder = __dirname;
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('no package.json was found above this file');
    folder = parent;
  }
  return folder;
})();
