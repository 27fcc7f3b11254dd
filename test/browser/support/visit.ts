import { readFileSync } from 'node:fs';
import type { ConsoleMessage, Locator, Page, Request } from 'playwright-core';
import { until } from '../../support/hubProcess';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const IS_STILL = `document.querySelector('.mantine-Skeleton-root, [aria-busy="true"]') === null`;
const REST_MS = 50;
const RESTS = 3; // what an answer sets off, the next question or a redrawn page, has begun by then
const REST_LIMIT_MS = 20_000;

export interface VisitOptions {
  /** A refusal that this visit is about: neither it nor Chromium's word on it is a problem. */
  refusal?: 401;
}

/** One person in front of one page. What a person would not see, such as an error of the console, is kept in `problems`. */
export class Visit {
  readonly page: Page;
  readonly problems: string[] = [];
  private readonly home: string;
  private readonly underWay = new Set<Request>();

  constructor(page: Page, home: string, { refusal }: VisitOptions) {
    this.page = page;
    this.home = home;
    page.on('request', (request) => {
      this.underWay.add(request);
      if (!request.url().startsWith(`${home}/`))
        this.problems.push(`a request left the hub: ${request.url()}`);
    });
    page.on('requestfinished', (request) => void this.underWay.delete(request));
    page.on('requestfailed', (request) => {
      this.underWay.delete(request);
      const why = request.failure()?.errorText;
      if (why !== 'net::ERR_ABORTED') this.problems.push(`${request.url()}: ${why}`); // aborted: the page no longer wanted it
    });
    page.on('response', (response) => {
      const status = response.status();
      if (status >= 400 && status !== refusal) this.problems.push(`${response.url()}: HTTP ${status}`);
    });
    page.on('pageerror', (error) => void this.problems.push(`thrown: ${error.message}`));
    page.on('console', (message) => {
      if (isComplaint(message) && !(refusal && message.text().includes(`status of ${refusal}`))) {
        this.problems.push(`console ${message.type()}: ${message.text()}`);
      }
    });
  }

  /** Opens an address of the hub and waits until the page has all its figures, also below the screen. */
  async open(path: string): Promise<void> {
    await this.page.goto(path.startsWith('http') ? path : `${this.home}${path}`);
    await this.whole();
  }

  /** Panels below the screen ask when they come near: goes to each that is still empty. */
  async whole(): Promise<void> {
    await this.page.locator('.sentence').waitFor();
    await this.atRest('a whole page', () =>
      this.page.locator('main .mantine-Skeleton-root').evaluateAll((skeletons) => {
        skeletons[0]?.scrollIntoView();
        return skeletons.length === 0;
      }),
    );
    await this.page.evaluate('scrollTo(0, 0)');
    await this.settled();
  }

  /** Nothing is asked, nothing is loading, nothing is dimmed. */
  settled(): Promise<void> {
    return this.atRest('a page at rest', () => this.page.evaluate<boolean>(IS_STILL));
  }

  /** Looks whenever no request is under way, and none followed from the last answer. */
  private async atRest(what: string, look: () => Promise<boolean>): Promise<void> {
    const deadline = Date.now() + REST_LIMIT_MS;
    for (let rests = 0; ; rests = this.underWay.size === 0 ? rests + 1 : 0) {
      if (rests >= RESTS && (await look())) return;
      if (Date.now() > deadline) {
        const urls = [...this.underWay].map((request) => request.url());
        throw new Error(
          `waited ${REST_LIMIT_MS / 1_000} s for ${what}, under way: ${urls.join(', ') || 'nothing'}`,
        );
      }
      await new Promise((resolve) => setTimeout(resolve, REST_MS));
    }
  }

  /** The cells of a table, row by row, without its head and total line. */
  table(label: string): Promise<string[][]> {
    return this.region(label)
      .locator('tbody tr[aria-rowindex]')
      .evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent.trim())));
  }

  /** The row of a name in a table that draws only the rows near its window: scrolls down to it. */
  async rowOf(label: string, name: string): Promise<Locator> {
    const row = this.region(label).locator('tbody tr').filter({ hasText: name }).first();
    await until(`a row of ${name}`, 10_000, async () => {
      if ((await row.count()) > 0) return true;
      await this.region(label).evaluate((region) => region.scrollBy(0, region.clientHeight));
      return undefined;
    });
    return row;
  }

  region(label: string): Locator {
    return this.page.getByRole('region', { name: label, exact: true });
  }

  /** The card under a heading that begins so. */
  panel(title: string): Locator {
    return this.page
      .locator('.mantine-Card-root')
      .filter({ has: this.page.getByRole('heading', { name: title }) });
  }

  /** Shows a chart as its table. */
  async asTable(title: string): Promise<void> {
    await this.panel(title).getByText('表', { exact: true }).click();
  }

  /** A tile by its name and metric: the figure, what stands below it, and what it says when pointed at. */
  async tile(name: string, metric: string): Promise<{ figure: string; note: string; exact: string }> {
    const button = this.page.getByRole('button', { name: `口径: ${name} ${metric}`, exact: true });
    const card = this.page.locator('.kpis > *').filter({ has: button });
    const link = card.locator('.big a');
    await link.hover();
    const tooltip = this.page.getByRole('tooltip').filter({ visible: true });
    const exact = await tooltip.innerText();
    await this.page.mouse.move(0, 0);
    await tooltip.waitFor({ state: 'detached' });
    return { figure: await link.innerText(), note: await card.locator('.kpi-note').innerText(), exact };
  }

  get drawer(): Locator {
    return this.page.getByRole('dialog');
  }

  /** What axe finds, and whether the page is wider than its window. */
  async barriers(): Promise<string[]> {
    await this.page.evaluate(AXE);
    const found = await this.page.evaluate<string[]>(
      `axe.run(document).then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes[0].html.slice(0, 200)))`,
    );
    const isWide = await this.page.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth');
    return isWide ? [...found, 'the page scrolls sideways'] : found;
  }

  close(): Promise<void> {
    return this.page.close();
  }
}

const isComplaint = (message: ConsoleMessage) => ['error', 'warning', 'assert'].includes(message.type());
