import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { projectFolder } from '../../warehouse';
import { definitions } from './definitions';

const CHINESE = /\p{Script=Han}/u;
const cubes = join(projectFolder, 'cube', 'model', 'cubes');
const measureSchema = z.looseObject({ name: z.string(), meta: z.looseObject({ definition: z.string() }) });
const fileSchema = z.looseObject({
  cubes: z.array(z.looseObject({ name: z.string(), measures: z.array(measureSchema) })),
});

test.each(Object.entries(definitions))(
  '%s is said in both languages',
  (_id, { title, formula, grain, date, source }) => {
    for (const { zh, en } of [title, formula, grain, date, source]) {
      expect(zh).toMatch(CHINESE);
      expect(en).toMatch(/[a-z]/);
      expect(en).not.toMatch(CHINESE);
    }
  },
);

test.each(readdirSync(cubes))('every measure of %s leads to an entry', (file) => {
  const model = fileSchema.parse(parse(readFileSync(join(cubes, file), 'utf8')));
  for (const { name, measures } of model.cubes) {
    for (const measure of measures) {
      expect([`${name}.${measure.name}`, Object.keys(definitions)]).toEqual([
        `${name}.${measure.name}`,
        expect.arrayContaining([measure.meta.definition]),
      ]);
    }
  }
});
