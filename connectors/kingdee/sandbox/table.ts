import type { Row } from '../../kit';
import type { FieldType, Form, FormEntity } from './forms';
import { unknownField } from './errors';
import { text } from './text';

/** One line of an answer before its fields are chosen: a head, with one of its entries when an entity was asked for. */
export interface Line {
  id: number;
  /** Time of the last change of the head, `yyyy-MM-ddTHH:mm:ss`, comparable as text. */
  modified: string;
  head: Row;
  entry: Row | undefined;
}

export type Getter = (line: Line) => unknown;

/** Records of one form, kept sorted by change and by id, so that a page is found without looking at the others. */
export class FormTable {
  readonly form: Form;
  private readonly heads = new Map<string, Row>();
  private readonly entries: Map<string, Map<string, Row>>;
  private readonly added = new Map<string, FieldType>();
  private readonly sorted = new Map<string, Line[]>();

  constructor(form: Form) {
    this.form = form;
    this.entries = new Map(form.entities.map(({ key }) => [key, new Map<string, Row>()]));
  }

  put(entityKey: string | undefined, records: readonly Row[]): void {
    this.sorted.clear();
    const rows = this.rowsOf(entityKey);
    const key = this.keyOf(entityKey);
    for (const record of records) {
      const id = record[key];
      if (id === undefined) throw new Error(`a record of ${this.form.id} has no ${key}`);
      rows.set(text(id), withIsoTime(record, this.form.modified));
    }
  }

  remove(entityKey: string | undefined, ids: readonly string[]): void {
    this.sorted.clear();
    for (const id of ids) this.rowsOf(entityKey).delete(id);
    if (entityKey !== undefined) return;
    const gone = new Set(ids); // a document takes its entries with it
    for (const rows of this.entries.values()) {
      for (const [id, row] of rows) if (gone.has(String(row[this.form.primaryKey]))) rows.delete(id);
    }
  }

  ids(entityKey?: string): string[] {
    return [...this.rowsOf(entityKey).keys()];
  }

  record(entityKey: string | undefined, id: string): Row | undefined {
    return this.rowsOf(entityKey).get(id);
  }

  addField(name: string, type: FieldType): void {
    this.added.set(name, type);
  }

  entriesOf(entity: FormEntity, headId: unknown): Row[] {
    const { primaryKey } = this.form;
    return [...this.rowsOf(entity.key).values()].filter((row) => String(row[primaryKey]) === String(headId));
  }

  head(match: (row: Row) => boolean): Row | undefined {
    for (const row of this.heads.values()) if (match(row)) return row;
    return undefined;
  }

  /** The entity whose fields are among `fields`; undefined when all are of the head. */
  entityOf(fields: readonly string[]): FormEntity | undefined {
    const found = new Set<FormEntity>();
    for (const field of fields) {
      if (this.typeIn(this.form.fields, field) ?? this.added.get(field)) continue;
      const entity = this.form.entities.find((each) => this.typeIn(each.fields, field));
      if (!entity) throw unknownField(field);
      found.add(entity);
    }
    if (found.size > 1) throw new Error('the sandbox does not make the cross product of two entities');
    return [...found][0];
  }

  /** How to read a field of a line, and what it holds. Letters' case does not matter to the vendor. */
  getter(field: string, entity: FormEntity | undefined): { type: FieldType; get: Getter } {
    const head = this.typeIn(this.form.fields, field);
    if (head) return { type: head.type, get: (line) => line.head[head.name] };
    const added = this.added.get(field);
    if (added) return { type: added, get: (line) => line.head[field] };
    const own = entity && this.typeIn(entity.fields, field);
    if (own) return { type: own.type, get: (line) => line.entry?.[own.name] };
    throw unknownField(field);
  }

  /** All lines, by (modified, id) or by id. */
  lines(entity: FormEntity | undefined, order: 'modified' | 'id'): Line[] {
    const name = `${entity?.key ?? ''}/${order}`;
    const known = this.sorted.get(name);
    if (known) return known;
    const lines = entity ? this.entryLines(entity) : this.headLines();
    lines.sort(order === 'id' ? byId : byModified);
    this.sorted.set(name, lines);
    return lines;
  }

  private headLines(): Line[] {
    const { primaryKey, modified } = this.form;
    const line = (head: Row): Line => ({
      id: Number(head[primaryKey]),
      modified: text(head[modified]),
      head,
      entry: undefined,
    });
    return Array.from(this.heads.values(), line);
  }

  private entryLines({ key, entryId }: FormEntity): Line[] {
    const lines: Line[] = [];
    for (const entry of this.rowsOf(key).values()) {
      const head = this.heads.get(String(entry[this.form.primaryKey]));
      if (!head) continue;
      lines.push({
        id: Number(entry[entryId]),
        modified: text(head[this.form.modified]),
        head,
        entry,
      });
    }
    return lines;
  }

  private rowsOf(entityKey: string | undefined): Map<string, Row> {
    const rows = entityKey === undefined ? this.heads : this.entries.get(entityKey);
    if (!rows) throw new Error(`form ${this.form.id} has no entity ${entityKey}`);
    return rows;
  }

  private keyOf(entityKey: string | undefined): string {
    if (entityKey === undefined) return this.form.primaryKey;
    return this.form.entities.find(({ key }) => key === entityKey)?.entryId ?? '';
  }

  private typeIn(fields: Readonly<Record<string, FieldType>>, field: string) {
    const type = fields[field];
    if (type) return { name: field, type };
    const lower = field.toLowerCase();
    const name = Object.keys(fields).find((each) => each.toLowerCase() === lower);
    return name === undefined ? undefined : { name, type: fields[name] ?? ('text' as const) };
  }
}

const byId = (one: Line, other: Line) => one.id - other.id;
const byModified = (one: Line, other: Line) =>
  one.modified < other.modified ? -1 : one.modified > other.modified ? 1 : one.id - other.id;

function withIsoTime(record: Row, field: string): Row {
  const time = record[field];
  return typeof time === 'string' && time[10] === ' ' ? { ...record, [field]: isoTime(time) } : record;
}

/** `2026-01-05 08:00:00`, `2026-01-05` and `2026-01-05T08:00:00` are one form to the vendor; we compare the last. */
export function isoTime(time: string): string {
  if (time.length === 10) return `${time}T00:00:00`;
  return time[10] === ' ' ? `${time.slice(0, 10)}T${time.slice(11)}` : time;
}
