import { addWorkdays, workdayFrom, workdaysOfMonth } from './calendar';
import { at, type Day, monthEnd, monthStart } from './days';
import type { Customer, ReceivableDocument, Statement } from './entities';
import { type Cents, yuan } from './money';
import type { Flow } from './payments';
import type { Plot } from './planted';
import { Random } from './random';
import type { OwnerOn } from './territories';

export interface SayingWorld {
  seed: number;
  lastDay: Day;
  customers: readonly Customer[];
  ownerOn: OwnerOn;
  plot: Plot;
  documents: readonly ReceivableDocument[];
  flows: ReadonlyMap<string, Flow[]>;
}

/** Months for which people have stated what they expect. */
export const STATEMENT_MONTHS = 16;
const MOST_VERSIONS = 6;

const SLIPS = ['客户网银转账截图', '银行回单照片', '客户付款水单', '电子回单 PDF', '汇款凭证（微信）'];
const PROMISES = [
  '电话：月底前安排',
  '微信：已提交付款申请',
  '邮件：财务排款单',
  '拜访时采购经理口头承诺',
  '微信：本周五付款',
];

/** Collection statements (回款预测): for many documents, in versions that follow what the sales person knew on the day. */
export function makeStatements(world: SayingWorld): Statement[] {
  const perOrder = new Map<string, number>();
  for (const { orderNumber, isCreditNote } of world.documents) {
    if (!isCreditNote) perOrder.set(orderNumber, (perOrder.get(orderNumber) ?? 0) + 1);
  }
  const planted = new Set(world.plot.orders.map(({ order }) => order?.number));
  const statements = plantedStatements(world);
  const start = monthStart(world.lastDay, -STATEMENT_MONTHS);
  for (const document of world.documents) {
    if (document.documentDate < start - 120 || planted.has(document.orderNumber)) continue;
    if (!isTalkedAbout(world, document)) continue;
    const random = Random.for(world.seed, `statements on ${document.number}`);
    const likely = document.amount > yuan(10_000) ? 0.93 : document.amount > yuan(4_000) ? 0.53 : 0.05;
    if (!random.chance(likely)) continue;
    const isSoleOfOrder = perOrder.get(document.orderNumber) === 1;
    statements.push(...new Conversation(random, world, document, isSoleOfOrder, start).versions());
  }
  return statements;
}

/** Prepayments and our own companies have no threads; silent customers have none about the silent month. */
export function isTalkedAbout({ customers, plot }: SayingWorld, document: ReceivableDocument): boolean {
  const { term, isInternal } = customers[document.customer] as Customer;
  const silent = plot.silence.get(document.customer);
  const isSilent =
    silent !== undefined && document.documentDate > silent[0] - 150 && document.documentDate < silent[1];
  return !document.isCreditNote && !isInternal && term.kind !== 'prepaid' && !isSilent;
}

/** The three "confirmed" of the gap month, and what the second one's author says once a part has come. */
function plantedStatements(world: SayingWorld): Statement[] {
  return world.plot.statements.flatMap(({ plantedOrder, statedOn, expectedDate, evidence }): Statement[] => {
    const document = world.documents.find(({ orderNumber }) => orderNumber === plantedOrder.order?.number);
    if (!document) throw new Error('a planted document is missing');
    const statement: Statement = {
      threadKey: threadKey(document),
      version: 1,
      customer: document.customer,
      subjectKind: 'document',
      subjectNumber: document.number,
      statedAt: at(statedOn, 16, 20),
      statedBy: world.ownerOn(document.customer, statedOn),
      amount: document.amount,
      expectedDate,
      certainty: 'confirmed',
      method: 'cash',
      evidence,
      isWithdrawn: false,
    };
    const paid = plantedOrder.payments.reduce((sum, { amount }) => sum + amount, 0);
    if (paid === document.amount) return [statement];
    const saidAgain = addWorkdays(plantedOrder.payments[0]?.day ?? expectedDate, 2);
    const again: Statement = {
      ...statement,
      version: 2,
      statedAt: at(saidAgain, 10, 5),
      amount: document.amount - paid,
      certainty: 'promised',
      expectedDate: workdayFrom(monthEnd(world.lastDay) - 2),
      evidence: '微信：余款月底前安排',
    };
    return [statement, again].filter(({ statedAt }) => statedAt < at(world.lastDay + 1, 0));
  });
}

const threadKey = (document: ReceivableDocument): string => `HK-${document.number}`;

/** What one sales person says, time after time, about one document. */
class Conversation {
  private readonly said: Statement[] = [];
  private lastSaid: Day = 0;
  private readonly subject: Pick<Statement, 'threadKey' | 'customer' | 'subjectKind' | 'subjectNumber'>;
  private readonly flows: readonly Flow[];

  private readonly random: Random;
  private readonly world: SayingWorld;
  private readonly document: ReceivableDocument;
  private readonly start: Day;

  constructor(
    random: Random,
    world: SayingWorld,
    document: ReceivableDocument,
    isSoleOfOrder: boolean,
    start: Day,
  ) {
    this.random = random;
    this.world = world;
    this.document = document;
    this.start = start;
    this.flows = (world.flows.get(document.number) ?? []).filter(({ amount }) => amount > 0);
    const kind = isSoleOfOrder && random.chance(0.08) ? 'order' : 'document';
    this.subject = {
      threadKey: threadKey(document),
      customer: document.customer,
      subjectKind: kind,
      subjectNumber: kind === 'document' ? document.number : document.orderNumber,
    };
  }

  versions(): Statement[] {
    const { random, document } = this;
    let day = this.firstDay();
    if (day < this.start) return [];
    let isPromise = random.chance(0.24);
    let expected = this.guess(day, isPromise ? 0.62 : 0.45);
    while (this.said.length < MOST_VERSIONS && day <= this.world.lastDay) {
      const next = this.flows.find((flow) => flow.day > day);
      const open = this.openOn(day);
      if (open <= 0) break;
      this.say(
        day,
        open,
        expected,
        isPromise ? 'promised' : 'expected',
        isPromise ? random.pick(PROMISES) : null,
      );
      if (next && next.day <= expected + 4) {
        this.approach(day, expected, next, open);
        if (next.amount >= document.amount - this.paidBy(day) || !random.chance(0.75)) break;
        day = addWorkdays(next.day, random.int(1, 4));
      } else {
        if (!random.chance(0.84)) break;
        day = this.nextTalk(day, expected);
        day = Math.max(day, addWorkdays(this.lastSaid, 1));
        if (next && next.day <= day) break;
        if (this.misconfirms(day, next, open)) day = addWorkdays(day, random.int(8, 14));
        if (next && next.day <= day) break;
      }
      isPromise = random.chance(0.45);
      expected = this.guess(day, isPromise ? 0.7 : 0.5);
    }
    return this.said.filter(({ statedAt }) => statedAt < at(this.world.lastDay + 1, 0));
  }

  private firstDay(): Day {
    const { random, document } = this;
    if (random.chance(0.35)) return addWorkdays(document.documentDate, random.int(1, 6));
    const days = workdaysOfMonth(monthStart(document.dueDate, -1)).slice(-7);
    return Math.max(random.pick(days), addWorkdays(document.documentDate, 1));
  }

  /** Near the truth with this probability, else what the contract says. */
  private guess(day: Day, insight: number): Day {
    const { random, document, flows } = this;
    const next = flows.find((flow) => flow.day > day);
    const knows = next !== undefined && random.chance(insight);
    const paid = this.paidBy(day);
    let reached = 0;
    const due =
      document.instalments.find(({ amount }) => (reached += amount) > paid + 100)?.dueDate ??
      document.dueDate;
    const target = knows ? next.day + Math.round(random.normal(0, 4)) : workdayFrom(due) + random.int(-3, 5);
    const isLate = target <= day + 1;
    return workdayFrom(isLate ? day + random.int(6, 20) : target);
  }

  /** When an expectation that fails is looked at again: at the month's planning, just before its day, or days after it. */
  private nextTalk(day: Day, expected: Day): Day {
    const { random } = this;
    const planning = random.pick(workdaysOfMonth(monthStart(expected)).slice(-5));
    if (planning > day && random.chance(0.6)) return planning;
    return random.chance(0.25)
      ? addWorkdays(Math.max(day + 1, expected), -1)
      : addWorkdays(expected, random.int(1, 4));
  }

  /** The money is near: perhaps a promise first, perhaps the customer's slip the workday before it arrives. */
  private approach(day: Day, expected: Day, next: Flow, open: Cents): void {
    const { random } = this;
    const promiseDay = addWorkdays(next.day, -random.int(3, 7));
    if (expected - day > 12 && promiseDay > day && random.chance(0.3)) {
      this.say(
        promiseDay,
        open,
        workdayFrom(next.day + random.int(-1, 2)),
        'promised',
        random.pick(PROMISES),
      );
    }
    const slipDay = addWorkdays(next.day, -1);
    if (slipDay > this.lastSaid && random.chance(0.4)) {
      this.say(
        slipDay,
        next.amount,
        next.day,
        'confirmed',
        random.chance(0.96) ? random.pick(SLIPS) : null,
        next.isBill,
      );
    }
  }

  /** Books hope as "confirmed". Not near the gap month, whose three cases must stand alone. */
  private misconfirms(day: Day, next: Flow | undefined, open: Cents): boolean {
    const { random, world } = this;
    const expected = addWorkdays(day, random.int(4, 7));
    const isNearGap = expected > world.plot.gapMonth - 16 && day <= monthEnd(world.plot.gapMonth) + 2;
    const isTrue = next !== undefined && next.day <= expected + 5;
    if (isNearGap || isTrue || !random.chance(0.06)) return false;
    this.say(
      day,
      open,
      expected,
      'confirmed',
      random.pick(['客户说预计下周付款', '客户口头确认', '对方财务已排款']),
    );
    return true;
  }

  private say(
    day: Day,
    amount: Cents,
    expectedDate: Day,
    certainty: Statement['certainty'],
    evidence: string | null,
    isBill = false,
  ): void {
    const { random, world, subject } = this;
    const isRounded = certainty === 'expected' && amount > yuan(5_000) && random.chance(0.15);
    this.said.push({
      ...subject,
      version: this.said.length + 1,
      statedAt: at(day, random.int(9, 17), random.int(0, 59), random.int(0, 59)),
      statedBy: world.ownerOn(subject.customer, day),
      amount: isRounded ? Math.round(amount / 100_000) * 100_000 : amount,
      expectedDate,
      certainty,
      evidence,
      method: isBill ? 'bank_bill' : 'cash',
      isWithdrawn: certainty === 'expected' && this.said.length > 0 && random.chance(0.01),
    });
    this.lastSaid = day;
  }

  /** What is talked about: the rest of the document, of a plan the instalment that comes next. */
  private openOn(day: Day): Cents {
    const paid = this.paidBy(day);
    let reached = 0;
    const next = this.document.instalments.find(({ amount }) => (reached += amount) > paid + 100);
    return next ? Math.min(reached, this.document.amount) - paid : 0;
  }

  private paidBy(day: Day): Cents {
    return this.flows.reduce((sum, flow) => sum + (flow.day <= day ? flow.amount : 0), 0);
  }
}
