import { z } from 'zod';
import type { Field } from '../kit';
import { columnsOf, entities, entityNamed } from './entities';
import { formatProblem, zoneProblem } from './times';

const constant = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);

const fromCell = z.strictObject({
  column: z.string().min(1),
  /** Words of the file → values of the entity; null: nothing. */
  map: z.record(z.string(), constant).optional(),
  /** For words that `map` does not name; without it they are bad rows. */
  otherwise: constant.optional(),
  /** Words that `map` does not name stay as they are. */
  keep: z.literal(true).optional(),
  /** How days and times are written, yyyy-MM-dd HH:mm:ss; default ISO 8601. */
  format: z.string().optional(),
  /** Of times that name no zone. */
  zone: z.string().optional(),
  /** Default a point. */
  decimal: z.enum(['.', ',']).optional(),
  /** Between thousands; default none. */
  group: z.enum([',', '.', ' ', "'"]).optional(),
  /** CNY for one unit of the file's currency; the product is rounded to cents, half away from zero. */
  rate: z
    .union([z.string(), z.number()])
    .transform(String)
    .pipe(z.string().regex(/^\d{1,6}(\.\d{1,8})?$/, 'write a rate like 7.0995'))
    .optional(),
});
const columnSpec = z.union([
  z.string().min(1),
  fromCell,
  z.strictObject({ value: constant }),
  z.strictObject({ columns: z.array(z.string().min(1)).min(1), join: z.string().default(' ') }),
  z.strictObject({ line: z.literal(true) }),
]);

const tableSpec = z.strictObject({
  entity: z.string(),
  /** Path below the folder; * stands for anything but /. */
  file: z.string().optional(),
  /** Instead of a file: the rows themselves (the stages of a pipeline). */
  rows: z.array(z.record(z.string(), constant)).optional(),
  sheet: z.string().optional(),
  headerLine: z.int().min(1).default(1),
  key: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]),
  where: z.record(z.string(), z.union([scalar, z.array(scalar)])).default({}),
  /** What further rows with the same key are: a mistake, or one record of which the first or last row counts. */
  repeats: z.enum(['refuse', 'first', 'last']).default('refuse'),
  /** Words that stand for nothing. */
  empty: z.array(z.string()).default([]),
  columns: z.record(z.string(), columnSpec),
});

export const spec = z.object({
  folder: z
    .string()
    .min(1)
    .meta({ hint: { zh: '存放文件的文件夹', en: 'Folder with the files' } }),
  tables: z
    .array(tableSpec.superRefine(checkTable))
    .min(1)
    .meta({
      hint: { zh: '文件到实体的列映射', en: 'Which file fills which entity: connectors/files/README.md' },
    }),
  zone: z
    .string()
    .default('Asia/Shanghai')
    .superRefine((zone, context) => complain(context, [], zoneProblem(zone)))
    .meta({ hint: { zh: '文件中时间的时区', en: 'Time zone of times that name none' } }),
  settleSeconds: z.number().min(0).default(2),
  pageRows: z.int().min(1).default(5_000),
});

export type Config = z.infer<typeof spec>;
export type TableSpec = z.infer<typeof tableSpec>;
export type ColumnSpec = z.infer<typeof columnSpec>;
export type CellSpec = z.infer<typeof fromCell>;

type Context = { addIssue(issue: { code: 'custom'; path: PropertyKey[]; message: string }): void };

const complain = (context: Context, path: PropertyKey[], message: string | undefined) => {
  if (message !== undefined) context.addIssue({ code: 'custom', path, message });
};

/** What the shape alone does not say: entity and columns exist, required ones are filled, options fit their kind. */
function checkTable(table: TableSpec, context: Context): void {
  const stream = entityNamed(table.entity);
  if (!stream) {
    const known = entities.map(({ name }) => name).join(', ');
    return complain(context, ['entity'], `there is no entity "${table.entity}"; write one of ${known}`);
  }
  if ((table.file === undefined) === (table.rows === undefined))
    complain(context, ['file'], 'write either `file` or `rows`');
  if (table.file?.split('/').includes('..'))
    complain(context, ['file'], 'a file lies below the folder: take ".." away');
  const columns = columnsOf(stream);
  for (const [name, column] of Object.entries(table.columns)) {
    const field = columns.find((each) => each.name === name);
    if (!field) {
      const known = columns.map((each) => each.name).join(', ');
      complain(context, ['columns', name], `${table.entity} has no column "${name}"; it has ${known}`);
    } else complain(context, ['columns', name], optionProblem(field, column));
  }
  const missing = columns.filter(({ name, isRequired }) => isRequired && !(name in table.columns));
  for (const { name } of missing) complain(context, ['columns'], `${table.entity} needs a value for ${name}`);
}

const isTimely = ({ kind }: Field) => kind.kind === 'businessDate' || kind.kind === 'utcTime';
const isNumeric = ({ kind }: Field) => kind.kind === 'money' || kind.kind === 'quantity';

function optionProblem(field: Field, column: ColumnSpec): string | undefined {
  if (typeof column === 'string' || !('column' in column)) return undefined;
  const { format, zone, decimal, group, rate, map, otherwise, keep } = column;
  if ((format ?? zone) !== undefined && !isTimely(field)) return '`format` and `zone` are for days and times';
  if ((decimal ?? group) !== undefined && !isNumeric(field)) return '`decimal` and `group` are for numbers';
  if (rate !== undefined && field.kind.kind !== 'money') return '`rate` is for amounts';
  if (group !== undefined && group === (decimal ?? '.'))
    return '`group` and `decimal` are the same character';
  if (keep === true && (otherwise !== undefined || map === undefined))
    return '`keep` goes with `map`, and not with `otherwise`';
  if (zone !== undefined) return zoneProblem(zone);
  return format === undefined ? undefined : formatProblem(format);
}
