import { z } from 'zod';

/** What a contract field holds; the warehouse compiles it to a column type and to the checks of its text. */
export type FieldKind =
  | { kind: 'text' }
  | { kind: 'choice'; values: readonly string[] }
  | { kind: 'money' }
  | { kind: 'quantity' }
  | { kind: 'integer' }
  | { kind: 'flag' }
  | { kind: 'businessDate' }
  | { kind: 'localTime'; zone: string }
  | { kind: 'utcTime' }
  | { kind: 'epochMs' }
  | { kind: 'json' };

declare module 'zod' {
  interface GlobalMeta {
    millrace?: FieldKind;
    secret?: boolean;
    /** Where a person finds this setting, in both languages. */
    hint?: { zh: string; en: string };
  }
}

/** Decimal text with at most two decimals, tax included unless the stream says otherwise. DECIMAL(18,2). */
export const money = () => z.string().meta({ millrace: { kind: 'money' } });
/** Decimal text with at most six decimals: pieces, prices per piece, rates. DECIMAL(18,6). */
export const quantity = () => z.string().meta({ millrace: { kind: 'quantity' } });
/** A whole number. BIGINT. */
export const integer = () => z.string().meta({ millrace: { kind: 'integer' } });
/** true/false, 1/0. BOOLEAN. */
export const flag = () => z.boolean().meta({ millrace: { kind: 'flag' } });
/** A day, `2026-01-05`, also with a midnight time behind it; never shifted by a zone. DATE. */
export const businessDate = () => z.string().meta({ millrace: { kind: 'businessDate' } });
/** An instant written without a zone, in `zone`; stored in UTC. TIMESTAMP. */
export const localTime = (zone: string) => z.string().meta({ millrace: { kind: 'localTime', zone } });
/** An instant with a zone, or one that the vendor gives in UTC. TIMESTAMP in UTC. */
export const utcTime = () => z.string().meta({ millrace: { kind: 'utcTime' } });
/** Milliseconds since 1970. TIMESTAMP in UTC. */
export const epochMs = () => z.string().meta({ millrace: { kind: 'epochMs' } });
/** Lists and objects, kept as JSON. */
export const json = () => z.unknown().meta({ millrace: { kind: 'json' } });
/** A setting that must never be shown: password, key, token. */
export const secret = () => z.string().min(1).meta({ secret: true });

export interface Field {
  /** The vendor's own name. */
  name: string;
  /** Column in the raw table: lower case, other characters than letters, digits and _ become _. */
  column: string;
  kind: FieldKind;
  isRequired: boolean;
}

export const columnName = (field: string): string => field.replace(/[^A-Za-z0-9_]/g, '_').toLowerCase();

/**
 * The fields of a contract in their order.
 * The engine checks records, not zod: what it does not know (.min(), .refine(), .transform(), .default(), z.strictObject())
 * is refused here, so that no rule is believed to hold that nobody checks.
 * A field is required unless it is `.nullable()` or `.optional()`; plain `z.string()` is text, `z.enum` a choice.
 */
export function fieldsOf(contract: z.ZodObject): Field[] {
  mustHaveNoChecks('a contract', contract);
  if (contract.def.catchall instanceof z.ZodNever)
    throw new Error(
      "a contract is z.object(): unknown fields are drift, say drift: 'quarantine' or 'freeze'",
    );
  const fields = Object.entries(contract.shape).map(([name, schema]) => fieldOf(name, schema as z.ZodType));
  const columns = new Set(fields.map((field) => field.column));
  if (columns.size < fields.length) throw new Error('two fields of a contract give the same column name');
  return fields;
}

function fieldOf(name: string, schema: z.ZodType): Field {
  let inner: z.ZodType = schema;
  let isRequired = true;
  mustHaveNoChecks(`contract field ${name}`, inner);
  while (inner instanceof z.ZodNullable || inner instanceof z.ZodOptional) {
    isRequired = false;
    inner = inner.unwrap() as z.ZodType;
    mustHaveNoChecks(`contract field ${name}`, inner);
  }
  const kind = inner.meta()?.millrace ?? schema.meta()?.millrace ?? plainKind(name, inner);
  return { name, column: columnName(name), kind, isRequired };
}

function mustHaveNoChecks(what: string, { def }: z.ZodType): void {
  if ((def.checks?.length ?? 0) === 0) return;
  throw new Error(
    `${what}: the engine does not do checks such as .min() or .refine(); test it in models/tests`,
  );
}

function plainKind(name: string, schema: z.ZodType): FieldKind {
  if (schema instanceof z.ZodEnum) return { kind: 'choice', values: schema.options.map(String) };
  if (schema instanceof z.ZodString) return { kind: 'text' };
  throw new Error(`contract field ${name}: use z.string(), z.enum() or one of the kit's field kinds`);
}

/** Values of the secret settings in a config, for redaction. Looks one level into nested objects as well. */
export function secretsIn(spec: z.ZodObject, config: unknown): string[] {
  const values = (config ?? {}) as Record<string, unknown>;
  return Object.entries(spec.shape).flatMap(([name, schema]) => {
    const inner = unwrapped(schema as z.ZodType);
    const value = values[name];
    if (inner instanceof z.ZodObject) return secretsIn(inner, value);
    return inner.meta()?.secret && typeof value === 'string' && value.length > 0 ? [value] : [];
  });
}

function unwrapped(schema: z.ZodType): z.ZodType {
  let inner = schema;
  while (inner instanceof z.ZodNullable || inner instanceof z.ZodOptional || inner instanceof z.ZodDefault) {
    inner = inner.unwrap() as z.ZodType;
  }
  return inner;
}
