import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { MillraceError } from '../../connectors/kit';

export const FORMAT = 1;
export const MANIFEST = 'manifest.json';

const fileSchema = z.object({
  /** Inside the backup folder. */
  path: z.string().regex(/^[^/.][^/]*(\/[^/.][^/]*)?$/),
  bytes: z.number(),
  sha256: z.string(),
});

const tableSchema = z.object({
  schema: z.string(),
  name: z.string(),
  columns: z.array(z.object({ name: z.string(), type: z.string(), isRequired: z.boolean() })),
  key: z.array(z.string()),
  rows: z.number(),
  /** {@link Fingerprint}. */
  rowHash: z.string(),
  file: fileSchema,
});

const manifestSchema = z.object({
  format: z.literal(FORMAT),
  backupId: z.string(),
  /** Machine and data folder, or server and database: several hubs may share a folder of backups. */
  place: z.string(),
  /** Version of Millrace. */
  version: z.string(),
  engine: z.enum(['duckdb', 'postgres']),
  engineVersion: z.string(),
  startedAt: z.string(),
  endedAt: z.string(),
  cause: z.string(),
  migrations: z.array(z.object({ name: z.string(), hash: z.string().nullable() })),
  /** Null before the first build. */
  generation: z.string().nullable(),
  asOfDate: z.string().nullable(),
  tables: z.array(tableSchema),
  /** Config and what else a restore puts into the data folder. */
  files: z.array(fileSchema),
  /** `${NAME}` and `file:path` of the config: a restored hub needs them; their values are not in a backup. */
  secrets: z.array(z.string()),
});

export type Manifest = z.infer<typeof manifestSchema>;
export type TableEntry = z.infer<typeof tableSchema>;
export type FileEntry = z.infer<typeof fileSchema>;

export function writeManifest(folder: string, manifest: Manifest): void {
  writeFileSync(join(folder, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** Errors: `backup_damaged` when the folder is no finished backup, or of a format that is not known here. */
export function readManifest(folder: string): Manifest {
  const file = join(folder, MANIFEST);
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new MillraceError('backup_damaged', {
      what: 'There is no finished backup here',
      where: `file ${file}`,
      todo: 'Name a folder millrace-backup-…; one that ends in .partial was broken off and holds nothing whole',
      cause,
    });
  }
  const parsed = manifestSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  const isNewer =
    typeof content === 'object' && content !== null && 'format' in content && Number(content.format) > FORMAT;
  throw new MillraceError('backup_damaged', {
    what: isNewer
      ? 'The backup was made by a newer version of Millrace'
      : `The backup's manifest is damaged: ${parsed.error.issues[0]?.path.join('.') ?? ''}`,
    where: `file ${file}`,
    todo: isNewer ? 'Restore it with that version or a later one' : 'Use another backup',
    cause: parsed.error,
  });
}
