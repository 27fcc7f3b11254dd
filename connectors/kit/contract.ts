import type { z } from 'zod';
import type { PaidPlan } from './budget';
import type { Kit } from './kit';
import { type Field, fieldsOf } from './fields';
import type { Records } from './records';

export type Duration = `${number} ${'seconds' | 'minutes' | 'hours' | 'days'}`;

export interface Cursor {
  /** Field that grows when a record changes. */
  field: string;
  /** Field that tells apart records with the same cursor value; must be unique and sortable by the vendor. */
  tie: string;
  /** How far the next sync reads back, for transactions that committed late. */
  overlap: Duration;
}

/**
 * What happens to a field that the contract does not name: `propose` keeps it beside the record and proposes a column,
 * `freeze` stops the stream, `quarantine` lets the record step aside.
 */
export type Drift = 'propose' | 'freeze' | 'quarantine';

export interface StreamDefinition {
  /** snake_case, plural; the raw table is raw.<connection>__<name>. */
  name: string;
  /** The vendor's name of the thing: a form id, an object, a service. */
  vendorName: string;
  /** Fields that identify a record. */
  key: readonly string[];
  /** Without one every sync reads the whole stream. */
  cursor?: Cursor;
  contract: z.ZodObject;
  /** Field with the money that a quarantined record withholds. */
  amount?: string;
  /** We name the fields when we ask, so that the vendor sends no others: unknown fields are not looked for. */
  isProjected?: boolean;
  /** Default `propose`; the config of a connection may say otherwise. */
  drift?: Drift;
  /** Fields whose every change is kept with the time we saw it (for vendors without history). */
  snapshot?: readonly string[];
}

export interface Stream extends StreamDefinition {
  fields: Field[];
}

/** Declares a stream; throws at load time when key, cursor or amount name no field of the contract. */
export function defineStream(definition: StreamDefinition): Stream {
  const fields = fieldsOf(definition.contract);
  const names = new Set(fields.map((field) => field.name));
  const used = [...definition.key, ...(definition.snapshot ?? [])];
  if (definition.cursor) used.push(definition.cursor.field, definition.cursor.tie);
  if (definition.amount) used.push(definition.amount);
  const unknown = used.filter((name) => !names.has(name));
  if (unknown.length > 0)
    throw new Error(`stream ${definition.name}: no field ${unknown.join(', ')} in its contract`);
  return { ...definition, fields };
}

/** One page of records and the state from which the next page goes on. The state is committed with the records. */
export interface Page {
  records: Records;
  state: unknown;
}

export interface ReadRequest {
  /** A backfill reads only records whose cursor lies in [from, to]; both in the vendor's cursor text. */
  from?: string;
  to?: string;
  signal?: AbortSignal;
}

/** A connector that has been given its config: what the host calls. */
export interface OpenSource {
  /** Streams that this config gives. */
  streams: readonly Stream[];
  /** Without a stream: can I log in? With one: may I read it? Throws a MillraceError that says what to do. */
  check(stream?: Stream): Promise<void>;
  /** Pages from `state` on (undefined: from the beginning). Ends when there is nothing more now. */
  read(stream: Stream, state: unknown, request: ReadRequest): AsyncIterable<Page>;
  /** All keys that exist at the vendor, in pages, for the reconciliation of deletes. */
  keys?(stream: Stream): AsyncIterable<string[][]>;
  /** Of a source whose calls cost money: what a read from `state` on would ask and cost. Makes no call. */
  plan?(stream: Stream, state: unknown): Promise<PaidPlan>;
  close?(): Promise<void>;
}

export interface Connector {
  name: string;
  /** Names that configs of earlier versions write for it. */
  formerNames: readonly string[];
  title: { zh: string; en: string };
  spec: z.ZodObject;
  streams: readonly Stream[];
  /** `config` must be what `spec` gave. */
  connect(config: unknown, kit: Kit): Promise<OpenSource>;
}

export interface ConnectorDefinition<Spec extends z.ZodObject, Api> {
  name: string;
  formerNames?: readonly string[];
  title: { zh: string; en: string };
  spec: Spec;
  streams: readonly Stream[];
  /** Which of the streams a config gives; default all. */
  select?(config: z.infer<Spec>): readonly Stream[];
  open(config: z.infer<Spec>, kit: Kit): Api | Promise<Api>;
  check(api: Api, stream?: Stream): Promise<void>;
  read(api: Api, stream: Stream, state: unknown, request: ReadRequest): AsyncIterable<Page>;
  keys?(api: Api, stream: Stream): AsyncIterable<string[][]>;
  plan?(api: Api, stream: Stream, state: unknown): Promise<PaidPlan>;
  close?(api: Api): Promise<void>;
}

/** Turns what differs between vendors into a connector that the host can run. */
export function defineConnector<Spec extends z.ZodObject, Api>(
  definition: ConnectorDefinition<Spec, Api>,
): Connector {
  const { name, formerNames = [], title, spec, streams, keys, plan, close } = definition;
  return {
    name,
    formerNames,
    title,
    spec,
    streams,
    async connect(config, kit) {
      const settings = spec.parse(config) as z.infer<Spec>;
      const api = await definition.open(settings, kit);
      return {
        streams: definition.select?.(settings) ?? streams,
        check: (stream) => definition.check(api, stream),
        read: (stream, state, request) => definition.read(api, stream, state, request),
        ...(keys && { keys: (stream: Stream) => keys(api, stream) }),
        ...(plan && { plan: (stream: Stream, state: unknown) => plan(api, stream, state) }),
        ...(close && { close: () => close(api) }),
      };
    },
  };
}
