import type { Browser, BrowserContext } from 'playwright-core';
import { makeCompany } from '../../../demo/company/makeCompany';
import { type Truths, truthsOf } from '../../../demo/truths';
import {
  demoDataFolder,
  type HubProcess,
  millrace,
  startHubProcess,
  TODAY,
  untilReady,
} from '../../support/hubProcess';
import { openChromium } from './chromium';
import { Visit, type VisitOptions } from './visit';

export type Row = Record<string, string | null>;

export interface Question {
  view: string;
  measures?: string[];
  dimensions?: string[];
  /** Member → value it equals. */
  where?: Record<string, string | string[]>;
  /** Time dimension, first and last day. */
  range?: [member: string, from: string, to: string];
  order?: Record<string, 'asc' | 'desc'>;
}

export const DESKTOP = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };

/** The running hub with the demo company, the browser in front of it, and the same data by the command line. */
export class Screens {
  readonly truths: Truths = truthsOf(makeCompany({ seed: 1, today: TODAY }));
  readonly hub: HubProcess;
  readonly data: string;
  private readonly browser: Browser;
  /** One context for all who are signed in: its cache spares each page the reading of the code. */
  private known: BrowserContext | undefined;
  private visits: Visit[] = [];

  private constructor(hub: HubProcess, data: string, browser: Browser) {
    this.hub = hub;
    this.data = data;
    this.browser = browser;
  }

  static async open(): Promise<Screens> {
    const data = await demoDataFolder('screens');
    const hub = await startHubProcess(data);
    try {
      await untilReady(hub);
      return new Screens(hub, data, await openChromium());
    } catch (error) {
      await hub.stop(); // nobody else knows of it yet
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.hub.stop();
  }

  /** Somebody comes who has signed in by the printed link. */
  async visit(): Promise<Visit> {
    this.known ??= await this.newContext();
    return this.enter(this.known, {});
  }

  /** Somebody comes who has not; to be refused is no problem then. */
  async stranger(): Promise<Visit> {
    return this.enter(await this.newContext(), { refusal: 401 });
  }

  /** All visitors go; what happened behind their backs. */
  async leave(): Promise<string[]> {
    const visits = this.visits.splice(0);
    for (const visit of visits) await visit.close();
    return visits.flatMap(({ problems }) => problems);
  }

  /** `millrace query` over the running hub, in bare member names. */
  async rows({ view, measures = [], dimensions = [], where = {}, range, order }: Question): Promise<Row[]> {
    const member = (name: string) => `${view}.${name}`;
    const rows = await millrace<Row[]>(
      this.data,
      'query',
      JSON.stringify({
        measures: measures.map(member),
        dimensions: dimensions.map(member),
        filters: Object.entries(where).map(([name, value]) => ({
          member: member(name),
          operator: 'equals',
          values: [value].flat(),
        })),
        ...(range && { timeDimensions: [{ dimension: member(range[0]), dateRange: range.slice(1) }] }),
        ...(order && { order: Object.entries(order).map(([name, way]) => [member(name), way]) }),
      }),
    );
    return rows.map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [name.replace(`${view}.`, ''), value])),
    );
  }

  async row(question: Question): Promise<Row> {
    const [row] = await this.rows(question);
    if (!row) throw new Error(`no row for ${JSON.stringify(question)}`);
    return row;
  }

  /** `millrace sql`: for what lies below the models. */
  sql(text: string): Promise<Row[]> {
    return millrace<Row[]>(this.data, 'sql', text);
  }

  private async newContext(): Promise<BrowserContext> {
    const context = await this.browser.newContext({
      viewport: DESKTOP,
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      reducedMotion: 'reduce',
    });
    context.setDefaultTimeout(15_000);
    return context;
  }

  private async enter(context: BrowserContext, options: VisitOptions): Promise<Visit> {
    const visit = new Visit(await context.newPage(), this.hub.url, options);
    this.visits.push(visit);
    return visit;
  }
}
