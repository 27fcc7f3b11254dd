import { type Day, dayText, monthStart } from './days';
import type { Company, Customer, RiskKind, RiskRecord } from './entities';
import { yuan } from './money';
import { personName } from './names';
import type { Plot } from './planted';
import { Random } from './random';

interface World {
  seed: number;
  firstDay: Day;
  lastDay: Day;
  customers: readonly Customer[];
  plot: Plot;
}

/** Share of companies with such a record, and the titles it comes under. */
const KINDS: readonly (readonly [RiskKind, number, readonly string[]])[] = [
  ['defendant', 0.14, ['买卖合同纠纷', '承揽合同纠纷', '劳动争议', '运输合同纠纷']],
  ['administrative_penalty', 0.07, ['未按规定期限办理纳税申报', '安全生产培训记录不全', '广告用语违规']],
  ['environmental_penalty', 0.025, ['废气治理设施未正常运行', '危险废物贮存不规范']],
  ['enforcement', 0.012, ['被执行人']],
  ['high_consumption_limit', 0.006, ['限制高消费令']],
  ['dishonest_debtor', 0.003, ['有履行能力而拒不履行生效法律文书确定义务']],
  ['abnormal_operation', 0.012, ['通过登记的住所或者经营场所无法联系', '未按规定公示年度报告']],
  ['tax_arrears', 0.008, ['增值税欠税公告']],
  ['equity_freeze', 0.006, ['股权冻结']],
];
const HAS_AMOUNT = new Set<RiskKind>([
  'defendant',
  'administrative_penalty',
  'environmental_penalty',
  'enforcement',
  'dishonest_debtor',
  'tax_arrears',
  'equity_freeze',
]);

/** What the credit bureau knows about the customers: nothing for most, a court case for some, much for a few. */
export function makeRiskRecords(world: World): RiskRecord[] {
  const records: RiskRecord[] = [];
  for (const customer of world.customers) {
    const random = Random.for(world.seed, `bureau ${customer.customer}`);
    if (customer.customer === world.plot.red.customer) {
      records.push(...redRecords(random, customer, world.plot.gapMonth));
      continue;
    }
    const isGood = customer.habit.lateDays < 30;
    for (const [kind, share, titles] of KINDS) {
      const isSevere =
        kind === 'dishonest_debtor' || kind === 'high_consumption_limit' || kind === 'enforcement';
      if (!random.chance(isSevere && isGood ? share / 3 : isGood ? share : share * 4)) continue;
      const eventDate = random.int(world.firstDay, world.lastDay - 3);
      records.push(record(random, customer, kind, random.pick(titles), eventDate));
    }
  }
  return records;
}

/** What the bureau's next answer about two customers tells and the first did not: an entry, and another controller. */
export interface RiskTurn {
  debtor: RiskRecord;
  controller: { customer: number; from: string; to: string };
}

/** Planted between two checks. Neither customer is one that another plot needs; the first of them has a clean record so far. */
export function riskTurn({ seed, lastDay, customers, riskRecords, planted }: Company): RiskTurn {
  const random = Random.for(seed, 'risk turn');
  const taken = new Set([
    planted.redCustomer,
    planted.fiveNames,
    ...riskRecords.map(({ customer }) => customer),
  ]);
  const clean = customers.filter(
    ({ customer, erpNumber, isInternal, formerName }) =>
      erpNumber !== null && !isInternal && formerName === null && !taken.has(customer),
  );
  const [debtor, changed] = random.shuffled(clean) as [Customer, Customer];
  const title = '有履行能力而拒不履行生效法律文书确定义务';
  return {
    debtor: record(random, debtor, 'dishonest_debtor', title, lastDay),
    controller: {
      customer: changed.customer,
      from: controllerOf(seed, changed.customer),
      to: personName(Random.for(seed, `controller ${changed.customer} later`)),
    },
  };
}

/** Who controls a customer's company at first, by name. */
export const controllerOf = (seed: number, customer: number): string =>
  personName(Random.for(seed, `controller ${customer}`));

function redRecords(random: Random, customer: Customer, gapMonth: Day): RiskRecord[] {
  return [
    record(random, customer, 'environmental_penalty', '废气治理设施未正常运行', gapMonth + 8),
    record(random, customer, 'administrative_penalty', '安全生产培训记录不全', monthStart(gapMonth, 1) + 4),
    record(random, customer, 'defendant', '买卖合同纠纷', gapMonth - 20),
    record(random, customer, 'defendant', '承揽合同纠纷', monthStart(gapMonth, 1) + 10),
  ];
}

function record(
  random: Random,
  customer: Customer,
  kind: RiskKind,
  title: string,
  eventDate: Day,
): RiskRecord {
  const year = dayText(eventDate).slice(0, 4);
  const court = `${customer.city}市人民法院`;
  const isPenalty = kind === 'administrative_penalty' || kind === 'environmental_penalty';
  const serial = random.int(100, 9_999);
  return {
    customer: customer.customer,
    kind,
    eventDate,
    amount: HAS_AMOUNT.has(kind) ? yuan(random.int(20, 900) * 100) : null,
    title,
    caseNumber: isPenalty
      ? `${customer.city}罚字〔${year}〕${serial}号`
      : `（${year}）${customer.creditCode.slice(2, 6)}民初${serial}号`,
    authority: isPenalty
      ? `${customer.city}市${kind === 'environmental_penalty' ? '生态环境局' : '市场监督管理局'}`
      : court,
  };
}
