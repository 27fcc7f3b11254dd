import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import axios from 'axios';
import { type HubProcess, startHubProcess, untilReady } from '../support/hubProcess';
import { projectFolder } from '../../warehouse';
import { readHubNote } from '../../hub/work/hubNote';
import type { Victim } from './side';

const PRELOAD = join(
  projectFolder,
  'dist',
  relative(projectFolder, require.resolve('./addChaosConnector')).replace(/\.ts$/, '.js'),
);

/** The compiled hub as a person starts it, over the chaos source. */
export class HubVictim implements Victim {
  private hub: HubProcess | undefined;
  private readonly folder: string;
  private readonly config: string;

  constructor(folder: string, vendorUrl: string) {
    this.folder = folder;
    this.config = join(folder, 'millrace.yaml');
    writeFileSync(
      this.config,
      `company: Chaos
connections:
  chaos:
    connector: chaos
    every: 12 hours
    config:
      baseUrl: ${vendorUrl}
      password: \${CHAOS_PASSWORD}
`,
    );
  }

  async start(): Promise<void> {
    const env = { CHAOS_PASSWORD: 'not-told', NODE_OPTIONS: `--require ${PRELOAD}` };
    this.hub = await startHubProcess(join(this.folder, 'data'), { config: this.config, env });
  }

  async ready(): Promise<void> {
    if (this.hub) await untilReady(this.hub);
  }

  async kill(): Promise<void> {
    await this.hub?.kill();
  }

  async stop(): Promise<void> {
    await this.hub?.stop();
  }

  /** As `millrace sync chaos`; rejects when the hub is killed meanwhile. */
  async sync(input: object = {}): Promise<void> {
    const note = readHubNote(join(this.folder, 'data'));
    if (!note) throw new Error('no hub runs');
    await axios.post(
      `${note.url}/api/sync`,
      { connection: 'chaos', ...input },
      { headers: { Authorization: `Bearer ${note.token}` }, proxy: false, timeout: 60_000 },
    );
  }
}
