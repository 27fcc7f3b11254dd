import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FxiaokeSandbox } from '../connectors/fxiaoke/sandbox';
import { KingdeeSandbox } from '../connectors/kingdee/sandbox';
import type { Sandbox } from '../connectors/kit';
import { QichachaSandbox } from '../connectors/qichacha/sandbox';
import { dayText } from './company/days';
import type { Company } from './company/entities';
import { makeCompany } from './company/makeCompany';
import { OWN_COMPANY } from './company/people';
import { bankBytes, bankFiles } from './feed/bank';
import { fxiaokeSeeds, STAGE_OPTIONS } from './feed/fxiaoke';
import { kingdeeSeeds } from './feed/kingdee';
import { qichachaSeeds, qichachaTurn } from './feed/qichacha';
import type { Seed } from './feed/records';
import { type Actors, liveChanges } from './live';
import { type Memory, remember } from './memory';
import { type Truths, truthsOf } from './truths';

export interface DemoOptions {
  /** Where the demo keeps its memory and the bank's files. */
  folder: string;
  /** The day it shows, at a first start; later starts keep the first one's. */
  today: string;
  seed: number;
  /** Goes on changing, so that an open page shows that syncs are real. */
  live: boolean;
}

interface DemoConnection {
  name: string;
  connector: string;
  config: Record<string, unknown>;
}

/** What the demo is, once its servers listen. */
export interface DemoFacts {
  company: string;
  connections: DemoConnection[];
  today: string;
  truths: Truths;
}

export interface DemoHost {
  facts: DemoFacts;
  stop(): Promise<void>;
}

const LOOK_EVERY_MS = 5_000;
/** A day after the first start the bureau's answers about two customers are other ones. */
const TURN_AFTER_MS = 86_400_000;
const WITHOUT_LIMIT = 1_000_000_000;

/** Makes the company, fills the vendors' sandboxes and the bank's folder, and lets them listen on loopback. */
export async function hostDemo(options: DemoOptions): Promise<DemoHost> {
  const memory = remember(options);
  const company = makeCompany(memory);
  const bankFolder = join(options.folder, 'bank');
  writeBankFiles(bankFolder, company);

  const kingdee = new KingdeeSandbox();
  const fxiaoke = new FxiaokeSandbox({ callsPer20Seconds: WITHOUT_LIMIT, callsPerDay: WITHOUT_LIMIT });
  const qichacha = new QichachaSandbox();
  fxiaoke.setOptions('NewOpportunityObj', 'sales_stage', STAGE_OPTIONS);
  fill(kingdee, kingdeeSeeds(company));
  fill(fxiaoke, fxiaokeSeeds(company));
  fill(qichacha, qichachaSeeds(company));
  const truths = truthsOf(company);
  const turn = [...qichachaTurn(company)];
  const stopLiving = options.live
    ? live(actorsOf(company), memory, kingdee, fxiaoke, () => fill(qichacha, turn))
    : () => undefined;

  const sandboxes: Sandbox[] = [kingdee, fxiaoke, qichacha];
  await Promise.all(sandboxes.map((sandbox) => sandbox.start()));
  return {
    facts: {
      company: OWN_COMPANY.name,
      today: dayText(company.today),
      truths,
      connections: [
        { name: 'kingdee', connector: 'kingdee', config: kingdeeConfig(kingdee) },
        { name: 'fxiaoke', connector: 'fxiaoke', config: fxiaokeConfig(fxiaoke) },
        { name: 'qichacha', connector: 'qichacha', config: qichachaConfig(qichacha) },
        {
          name: 'bank',
          connector: 'bank',
          config: { folder: bankFolder, ownNames: [OWN_COMPANY.name], settleSeconds: 0 },
        },
      ],
    },
    async stop() {
      stopLiving();
      await Promise.all(sandboxes.map((sandbox) => sandbox.stop()));
    },
  };
}

function fill(sandbox: Sandbox, seeds: Iterable<Seed>): void {
  for (const { kind, records } of seeds) sandbox.seed(kind, records);
}

/** What live changes need; the rest of the company is not kept in memory. */
function actorsOf({
  seed,
  today,
  customers,
  employees,
  assignments,
  opportunities,
  products,
  planted,
}: Company): Actors {
  return { seed, today, customers, employees, assignments, opportunities, products, planted };
}

/** Lets due changes happen, those of the time since the first start at once. */
function live(
  actors: Actors,
  { anchor }: Memory,
  kingdee: Sandbox,
  fxiaoke: Sandbox,
  turn: () => void,
): () => void {
  const changes = liveChanges(actors, anchor);
  const apply = () => {
    if (Date.now() >= anchor + TURN_AFTER_MS) turn();
    for (const change of changes.until(Date.now())) {
      fill(kingdee, change.kingdee);
      fill(fxiaoke, change.fxiaoke);
    }
  };
  apply();
  const timer = setInterval(apply, LOOK_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** Files that are there with the same size stay as they are, so that a second start reads nothing anew. */
function writeBankFiles(folder: string, company: Company): void {
  mkdirSync(folder, { recursive: true });
  const wanted = new Map(bankFiles(company).map((file) => [file.name, file]));
  for (const name of readdirSync(folder)) if (!wanted.has(name)) rmSync(join(folder, name));
  for (const [name, file] of wanted) {
    const path = join(folder, name);
    const bytes = bankBytes(file);
    const isThere =
      statSync(path, { throwIfNoEntry: false })?.size === bytes.length && readFileSync(path).equals(bytes);
    if (!isThere) writeFileSync(path, bytes);
  }
}

const kingdeeConfig = ({ baseUrl, account }: KingdeeSandbox) => ({
  baseUrl: `${baseUrl}/K3Cloud/`,
  accountId: account.accountId,
  user: account.user,
  appId: account.appId,
  appSecret: account.appSecret,
});

const fxiaokeConfig = ({ baseUrl, options }: FxiaokeSandbox) => ({
  baseUrl,
  appId: options.appId,
  appSecret: options.appSecret,
  permanentCode: options.permanentCode,
  userId: options.admins[0],
  callsPer20Seconds: WITHOUT_LIMIT,
  opportunityLogObject: 'OpportunityChange__c',
});

const qichachaConfig = ({ baseUrl, options }: QichachaSandbox) => ({
  baseUrl,
  appKey: options.appKey,
  secretKey: options.secretKey,
});
