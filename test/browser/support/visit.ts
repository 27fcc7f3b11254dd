import { readFileSync } from 'node:fs';
import type { ConsoleMessage, Locator, Page, Request } from 'playwright-core';
import { until } from '../../support/hubProcess';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const IS_BUSY = `document.querySelector('.mantine-Skeleton-root, [aria-busy="true"]') !== null`;

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
    await until('a whole page', 20_000, async () => {
      await this.answered();
      const waiting = this.page.locator('main .mantine-Skeleton-root').first();
      if ((await waiting.count()) === 0) return true;
      await waiting.evaluate((skeleton) => skeleton.scrollIntoView()).catch(() => undefined); // it may just have been replaced
      return undefined;
    });
    await this.page.evaluate('scrollTo(0, 0)');
    await this.settled();
  }

  /** Nothing is asked, nothing is loading, nothing is dimmed. */
  async settled(): Promise<void> {
    await until('a page at rest', 20_000, async () => {
      await this.answered();
      return (await this.page.evaluate<boolean>(IS_BUSY)) ? undefined : true;
    });
  }

  /** No request is under way, and none follows from the last answer. */
  private async answered(): Promise<void> {
    let rests = 0;
    await until('all answers', 20_000, () => {
      rests = this.underWay.size === 0 ? rests + 1 : 0;
      return rests > 1 || undefined;
    });
  }

  /** The cells of a table, row by row, without its head and total line. */
  table(label: string): Promise<string[][]> {
    return this.region(label)
      .locator('tbody tr[aria-rowindex]')
      .evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent.trim())));
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
