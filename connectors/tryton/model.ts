import { z } from 'zod';
import { defineStream, integer, type Stream, utcTime } from '../kit';
import type { Domain } from './values';

/** How one stream is read: a model of Tryton, which of its records, and who may read them. */
export interface TrytonModel {
  stream: Stream;
  /** Fields that are asked for. */
  fields: readonly string[];
  domain: Domain;
  /** A list field of which every element is a record of the stream, `from` → `to`. */
  expand?: { from: string; to: string };
  /** Group that gives the right to read it, in quotes as Tryton's English client names it; undefined: every user may. */
  group?: string;
}

interface ModelDefinition {
  name: string;
  vendorName: string;
  contract?: z.ZodRawShape;
  domain?: Domain;
  expand?: { from: string; to: string; id: string };
  group?: string;
  amount?: string;
}

/**
 * Every model has id, create_date and write_date; write_date is null until the first change. `last_modified_at` is the one
 * or the other: 8.0 has a field of that name, for 7.0 we work it out, so that both look the same.
 */
const change = {
  create_date: utcTime(),
  write_date: utcTime().nullable(),
  last_modified_at: utcTime(),
};

/** A transaction's rows bear the time at which it began, so a long one commits with old times. */
const OVERLAP = '10 minutes';

export function defineModel(definition: ModelDefinition): TrytonModel {
  const { name, vendorName, contract = {}, domain = [], expand, group, amount } = definition;
  const id = expand?.id ?? 'id';
  const stream = defineStream({
    name,
    vendorName,
    key: [expand ? expand.to : id],
    cursor: { field: 'last_modified_at', tie: id, overlap: OVERLAP },
    contract: z.object({ [id]: integer(), ...contract, ...change }),
    ...(amount && { amount }),
  });
  const own = Object.keys(contract).filter((field) => field !== expand?.to);
  return {
    stream,
    fields: [...own, ...(expand ? [expand.from] : []), 'create_date', 'write_date'],
    domain,
    ...(expand && { expand: { from: expand.from, to: expand.to } }),
    ...(group && { group }),
  };
}

/** A many2one: the id of the other record. */
export const reference = () => integer().nullable();
/** A text that may be empty. */
export const text = () => z.string().nullable();
