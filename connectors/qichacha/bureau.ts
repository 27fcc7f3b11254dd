import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type BoughtAnswer, type Http, type Kit, MillraceError, type PaidCall } from '../kit';
import type { Config } from './config';
import { type Item, type ServiceName, serviceOf, text } from './services';
import { explain, meaningOf } from './statuses';
import { priceOf } from './terms';

/** Whom to ask about. The credit code is safest: it survives a change of name. */
export interface Company {
  /** Credit code, else name: what the bureau is asked with. */
  key: string;
  creditCode: string | null;
  name: string | null;
}

/** One page of a service's answer about a company. */
export interface Reply {
  status: string;
  /** The company cannot be asked (type, keyword); the bureau said so with this status. */
  isSkipped: boolean;
  orderNumber: string | null;
  total: number;
  items: Item[];
  /** The result of services that give one object instead of a list. */
  object: Item | null;
  /** Calls that were booked for it: one, or more when a call that may be billed had to be repeated. */
  calls: number;
  /** When the check began that paid for it. */
  checkedAt: string;
}

/** Which check a question belongs to, and from which day on an answer that somebody has already is as good. */
type Round = Required<Pick<PaidCall, 'checkedAt' | 'freshFrom'>>;

export const PAGE_ROWS = 20; // the most that the risk services give
const RETRIES = 4;
const LOOK_AGAIN_MS = 250;

const envelope = z.object({
  Status: z.string(),
  OrderNumber: z.string().nullish(),
  Paging: z.object({ TotalRecords: z.coerce.number() }).nullish(),
  Result: z.unknown(),
});
const item = z.record(z.string(), z.unknown());
const verified = z.object({ Data: z.array(item).nullish() });

/** Paid calls. Each is booked before it is made, once for every time that the vendor may bill it. */
export class Bureau {
  readonly config: Config;
  private readonly kit: Kit;
  private readonly http: Http;
  private status: string | undefined;

  constructor(config: Config, kit: Kit) {
    this.config = config;
    this.kit = kit;
    this.http = kit.http({
      baseUrl: config.baseUrl,
      concurrent: 1,
      retries: 0, // a repeated call can cost again, so we repeat it ourselves, with a booking
      headers: () => signature(config, Math.floor(kit.now().getTime() / 1_000)),
      explain: (answer) => explain(answer, (status) => void (this.status = status)),
    });
  }

  now = (): Date => this.kit.now();
  lookup: Kit['lookup'] = (name) => this.kit.lookup(name);

  price(service: ServiceName): string {
    return priceOf(this.config, service);
  }

  /** Errors: `budget_exhausted` before the call; login_refused, quota_exhausted, … as statuses.ts has them. */
  async ask(name: ServiceName, company: Company, pageIndex: number, round: Round): Promise<Reply> {
    const service = serviceOf(name);
    const page = service.isPaged ? { pageIndex, pageSize: PAGE_ROWS } : {};
    // the key stands in the address: an error of the kit names the path only
    const params = { key: this.config.appKey, [service.argument]: company.key, ...service.params, ...page };
    const call = {
      service: name,
      priceCny: this.price(name),
      subject: company.key,
      page: pageIndex,
      ...round,
    };
    const { body, calls, checkedAt } = await this.paid(call, () => this.http.get(service.path, { params }));
    const answer = envelope.safeParse(body);
    if (!answer.success)
      throw new MillraceError('bad_answer', { what: `The answer of ${name} has no Status` });
    const { Status, OrderNumber, Paging, Result } = answer.data;
    const items = itemsOf(Result);
    return {
      status: Status,
      isSkipped: meaningOf(Status).does === 'skip',
      orderNumber: OrderNumber ?? null,
      total: Paging?.TotalRecords ?? items.length,
      items,
      object: item.safeParse(Result).data ?? null,
      calls,
      checkedAt,
    };
  }

  /** An answer that is fresh already, or the answer to a call that is booked, made and kept. */
  private async paid(call: PaidCall & Round, make: () => Promise<unknown>): Promise<BoughtAnswer> {
    const { budget } = this.kit;
    for (;;) {
      const known = await budget.bought?.(call);
      if (known) return known;
      if ((await budget.spend(call)) !== 'asked') break;
      await pause(LOOK_AGAIN_MS);
    }
    const answer = { ...(await this.booked(call, make)), checkedAt: call.checkedAt };
    if (envelope.safeParse(answer.body).success) await budget.keep?.(call, answer);
    return answer;
  }

  /** A booked call, again after answers that say "later", with a booking wherever the vendor may bill it again. */
  private async booked(call: PaidCall, make: () => Promise<unknown>) {
    let calls = 1;
    for (let attempt = 0; ; attempt++) {
      this.status = undefined;
      try {
        return { body: await make(), calls };
      } catch (error) {
        if (!(error instanceof MillraceError) || attempt >= RETRIES || !mayRepeat(error, this.status))
          throw error;
        await pause(error.retryAfterMs ?? this.config.retryPauseMs * 2 ** attempt);
        const wasFree = this.status !== undefined && !meaningOf(this.status).isBilled;
        if (wasFree) continue; // the vendor said so
        await this.kit.budget.spend(call);
        calls++;
      }
    }
  }
}

const mayRepeat = (error: MillraceError, status: string | undefined) =>
  error.actor === 'retry' && (status === undefined || meaningOf(status).does === 'retry');

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** `Token` is the MD5 of key, second and secret; `Timespan` must be the same second. */
export function signature({ appKey, secretKey }: Config, second: number): Record<string, string> {
  const token = createHash('md5').update(`${appKey}${second}${secretKey}`).digest('hex').toUpperCase();
  return { Token: token, Timespan: String(second) };
}

/** Newer services wrap the list (`{VerifyResult, Data}`), older ones give it bare; nothing found is null in both. */
function itemsOf(result: unknown): Item[] {
  const bare = z.array(item).safeParse(result);
  if (bare.success) return bare.data;
  return verified.safeParse(result).data?.Data ?? [];
}

export const firstText = (from: Item, fields: readonly string[]): string | null =>
  fields.map((field) => text(from[field])).find((found) => found !== '' && found !== '-') ?? null;
