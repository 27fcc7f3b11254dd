import {
  type Budget,
  type Connector,
  createKit,
  type Drift,
  type Kit,
  MillraceError,
  type OpenSource,
  secretsIn,
  type Stream,
} from '../../connectors/kit';
import type { Progress, Warehouse } from '../../warehouse';

/** A connection as the config gives it. It stays in this process: workflows know only its name. */
export interface Connection {
  name: string;
  connector: Connector;
  /** Settings that the connector's spec gave, secrets resolved. The demo company's come when its servers listen. */
  settings(): Promise<unknown>;
  /** Streams this connection reads; default all that its config gives. */
  only?: readonly string[];
  /** What becomes of unknown fields; default what the connector says of the stream. */
  drift?: Drift;
  driftOf?: Readonly<Record<string, Drift>>;
}

export interface StreamProgress {
  connection: string;
  stream: string;
  progress: Progress;
  seconds: number;
  isDone: boolean;
}

/** Who spends money on paid calls, and how many calls at most. */
export interface PaidRun {
  runId: string;
  maxCalls?: number | undefined;
}

export interface HostOptions {
  warehouse: Warehouse;
  connections: readonly Connection[];
  spoolFolder: string;
  /** Base of relative paths in connections. */
  folder: string;
  /** The as-of day: yesterday for the demo company, else today in Asia/Shanghai. */
  asOfDate(): string;
  budgetOf(connection: string, run?: PaidRun): Budget;
  lookup: Kit['lookup'];
  onProgress?(progress: StreamProgress): void;
  /** Rows after which a batch is committed; tests want many small ones. */
  batchRows?: number;
}

/** What activities may touch: the warehouse and the opened connections. One for each worker process. */
export class Host {
  readonly warehouse: Warehouse;
  readonly options: HostOptions;
  /** Of connections that were opened: only then can a secret be in a text. */
  private readonly redactors = new Map<string, Kit['redact']>();

  constructor(options: HostOptions) {
    this.options = options;
    this.warehouse = options.warehouse;
  }

  connection(name: string): Connection {
    const found = this.options.connections.find((connection) => connection.name === name);
    if (!found)
      throw new MillraceError('not_found', {
        what: `There is no connection ${name}`,
        todo: `Connections: ${this.options.connections.map((one) => one.name).join(', ')}`,
      });
    return found;
  }

  /** Opens a connection for one activity. Close it afterwards. */
  async open(name: string, signal?: AbortSignal, run?: PaidRun): Promise<OpenSource> {
    const { connector, settings } = this.connection(name);
    const config = await settings();
    const kit = createKit({
      connection: name,
      secrets: secretsIn(connector.spec, config),
      budget: this.options.budgetOf(name, run),
      folder: this.options.folder,
      lookup: this.options.lookup,
      ...(signal && { signal }),
    });
    this.redactors.set(name, kit.redact);
    return connector.connect(config, kit);
  }

  /** Hides this connection's secrets in a text that is about to leave the process. */
  redact(name: string, text: string): string {
    return this.redactors.get(name)?.(text) ?? text;
  }

  streamsOf(source: Pick<OpenSource, 'streams'>, connection: Connection): readonly Stream[] {
    const { only } = connection;
    return only ? source.streams.filter(({ name }) => only.includes(name)) : source.streams;
  }
}
