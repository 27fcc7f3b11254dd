import { addWorkdays, workdayFrom, workdayUntil } from './calendar';
import { reachings } from './cohorts';
import { at, type Day, dayAt } from './days';
import type { Customer, Opportunity, Stage, StageChange } from './entities';
import { identifier } from './identifiers';
import { yuan } from './money';
import { Random } from './random';
import { opportunityEdits } from './opportunityEdits';
import type { OwnerOn } from './territories';

export const STAGES: readonly Stage[] = [
  '线索确认',
  '需求沟通',
  '技术评审',
  '商务谈判',
  '合同签订',
  '赢单',
  '输单',
];
const OPPORTUNITIES = 6_000;
const SOURCES = [
  ['展会', 24],
  ['老客户推荐', 22],
  ['官网询盘', 20],
  ['电话开发', 18],
  ['门店', 8],
  ['招投标平台', 8],
] as const;
const LINES = [
  ['精密零部件', 62],
  ['传动总成', 26],
  ['液压系统', 12],
] as const;
const LOST = ['价格过高', '交期不满足', '技术不达标', '客户项目取消', '竞争对手中标', '长期无响应'];

interface World {
  seed: number;
  firstDay: Day;
  lastDay: Day;
  customers: readonly Customer[];
  ownerOn: OwnerOn;
}

/** Moves as they would go on for ever; what lies after the last day is cut off. */
interface Course {
  start: Day;
  moves: { to: Stage; day: Day }[];
  customer: Customer;
  isInvalid: boolean;
}

/** Opportunities with every stage they were in. What reaches 技术评审 follows the cohort plan; the others end before it. */
export function makeOpportunities(world: World): Opportunity[] {
  const random = Random.for(world.seed, 'opportunities');
  const choose = chooser(random, world);
  const courses = reachings(random, world.firstDay, world.lastDay).map((reaching) =>
    throughReview(random, reaching, choose),
  );
  while (courses.length < OPPORTUNITIES) courses.push(endsEarly(random, world, choose));
  const opportunities = courses.map((course) => toOpportunity(random, course, world));
  opportunities.sort((one, other) => one.createdAt - other.createdAt);
  for (const [place, opportunity] of opportunities.entries()) {
    opportunity.crmId = identifier('opportunity', place);
    opportunity.edits = opportunityEdits(world.seed, place, opportunity, world.lastDay);
  }
  return opportunities;
}

type Chooser = (isWinning: boolean, day: Day) => Customer;

/** Won business is mostly with customers that buy; much of what is lost is with prospects. */
function chooser(random: Random, { customers }: World): Chooser {
  const weigh = (weightOf: (customer: Customer) => number): Customer[] =>
    customers.flatMap((customer) =>
      Array<Customer>(customer.isInternal ? 0 : weightOf(customer)).fill(customer),
    );
  const winning = weigh(({ customerClass, erpNumber }) =>
    erpNumber === null ? 0 : { A: 8, B: 4, C: 1 }[customerClass],
  );
  const others = weigh(({ customerClass, erpNumber }) =>
    erpNumber === null ? 12 : { A: 5, B: 4, C: 3 }[customerClass],
  );
  return (isWinning, day) => {
    const list = isWinning ? winning : others;
    for (let tries = 0; tries < 40; tries++) {
      const customer = random.pick(list);
      if (customer.createdDate <= day) return customer;
    }
    return customers[0] as Customer;
  };
}

function throughReview(
  random: Random,
  { day, outcome }: { day: Day; outcome: string },
  choose: Chooser,
): Course {
  const isSkip = random.chance(0.07); // straight from 线索确认: a skipped stage (FUN-4)
  const talk = isSkip ? day : workdayUntil(day - random.int(5, 32));
  const start = workdayUntil(talk - random.int(2, 16));
  const moves: Course['moves'] = isSkip ? [] : [{ to: '需求沟通', day: talk }];
  if (!isSkip && random.chance(0.015))
    moves.push({ to: '线索确认', day: talk }, { to: '需求沟通', day: workdayUntil(talk + 1) });
  moves.push({ to: '技术评审', day });
  const isWon = outcome === 'advanced' && random.chance(0.72);
  if (outcome === 'advanced') {
    const bargain = workdayFrom(day + random.int(5, 74));
    moves.push({ to: '商务谈判', day: bargain }, ...afterBargaining(random, bargain, isWon));
  } else if (outcome === 'lost') {
    moves.push({ to: '输单', day: workdayFrom(day + random.int(6, 78)) });
  } else if (outcome === 'back') {
    const back = workdayFrom(day + random.int(8, 45));
    moves.push({ to: '需求沟通', day: back });
    if (random.chance(0.7)) moves.push({ to: '输单', day: workdayFrom(back + random.int(60, 140)) });
  } else if (random.chance(0.09)) {
    const late = workdayFrom(day + random.int(101, 140)); // after the cohort's 90 days
    moves.push({ to: '商务谈判', day: late }, ...afterBargaining(random, late, random.chance(0.4)));
  } else if (random.chance(0.75)) {
    moves.push({ to: '输单', day: workdayFrom(day + random.int(100, 210)) });
  }
  return { start, moves, customer: choose(isWon, start), isInvalid: false };
}

function afterBargaining(random: Random, from: Day, isWon: boolean): Course['moves'] {
  const contract: Course['moves'][number] = { to: '合同签订', day: workdayFrom(from + random.int(6, 30)) };
  const end = workdayFrom(contract.day + random.int(3, 24));
  if (!isWon && random.chance(0.12)) return [contract, { to: '输单', day: end }];
  if (!isWon) return [{ to: '输单', day: workdayFrom(from + random.int(10, 55)) }];
  return random.chance(0.06) ? [{ to: '赢单', day: end }] : [contract, { to: '赢单', day: end }]; // some skip the contract
}

function endsEarly(random: Random, { firstDay, lastDay }: World, choose: Chooser): Course {
  const start = workdayUntil(random.int(firstDay + 3, lastDay));
  const moves: Course['moves'] = [];
  let day = start;
  if (random.chance(0.6)) {
    day = workdayFrom(start + random.int(2, 25));
    moves.push({ to: '需求沟通', day });
  }
  const isInvalid = random.chance(0.06);
  if (random.chance(0.96)) moves.push({ to: '输单', day: workdayFrom(day + random.int(8, 85)) });
  return { start, moves: isInvalid ? moves.slice(0, 1) : moves, customer: choose(false, start), isInvalid };
}

function toOpportunity(
  random: Random,
  { start, moves, customer, isInvalid }: Course,
  world: World,
): Opportunity {
  const createdAt = at(start, random.int(9, 11), random.int(0, 59), random.int(0, 59));
  const changes: StageChange[] = [{ from: null, to: '线索确认', changedAt: createdAt }];
  let before: StageChange = changes[0] as StageChange;
  for (const { to, day } of moves) {
    if (day > world.lastDay || (isInvalid && to === '输单')) break;
    const isSameDay = dayAt(before.changedAt) >= day;
    const changedAt = isSameDay
      ? before.changedAt + random.int(4, 40) * 60_000
      : at(day, random.int(9, 17), random.int(0, 59), random.int(0, 59));
    before = { from: before.to, to, changedAt };
    changes.push(before);
  }
  const stage = before.to;
  const isClosed = stage === '赢单' || stage === '输单';
  const lastSeen = isClosed ? dayAt(before.changedAt) : world.lastDay;
  const amount = yuan(Math.round(random.skewed(stage === '赢单' ? 52_000 : 46_000, 0.7) / 100) * 100);
  const businessLine = random.weighted(LINES);
  return {
    crmId: '',
    name: `${customer.shortName}${businessLine}${random.pick(['年度框架', '新机型配套', '样件试制', '国产替代', '产线改造', '备件包'])}`,
    customer: customer.customer,
    ownerNumber: world.ownerOn(customer.customer, lastSeen),
    amount,
    createdAt,
    stage,
    status: isInvalid ? 'invalid' : stage === '赢单' ? 'won' : stage === '输单' ? 'lost' : 'open',
    expectedCloseDate: isClosed
      ? addWorkdays(dayAt(before.changedAt), random.int(-8, 8))
      : workdayFrom(Math.max(start + random.int(50, 150), world.lastDay + random.int(-20, 90))),
    closedDate: isClosed ? dayAt(before.changedAt) : null,
    lostReason: stage === '输单' ? random.pick(LOST) : null,
    leadSource: random.weighted(SOURCES),
    businessLine,
    changes,
    edits: [],
  };
}
