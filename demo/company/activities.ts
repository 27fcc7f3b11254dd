import { isWorkday, mondayOf } from './calendar';
import { at, type Day, dayAt } from './days';
import type { Activity, ActivityType, Customer, Opportunity } from './entities';
import { groupBy } from './groupBy';
import type { Plot } from './planted';
import { Random } from './random';
import type { OwnerOn } from './territories';

interface World {
  seed: number;
  firstDay: Day;
  lastDay: Day;
  customers: readonly Customer[];
  ownerOn: OwnerOn;
  plot: Plot;
}

const CONTACTS = [
  ['visit', 17],
  ['call', 36],
  ['meeting', 6],
  ['message_in', 22],
  ['quotation', 10],
  ['sample', 4],
  ['drawing', 5],
] as const;
const OTHERS = [
  ['message_out', 50],
  ['internal_note', 36],
  ['planned', 14],
] as const;
export const NOTES: Record<ActivityType, readonly string[]> = {
  visit: [
    '拜访采购部，确认下季度用量',
    '现场看样件装配情况',
    '与技术主管讨论公差要求',
    '回访交付质量，客户基本满意',
  ],
  call: ['电话确认交期', '电话沟通付款安排', '电话跟进报价反馈', '客户询问加急可能'],
  meeting: ['技术方案讨论会', '年度框架谈判', '质量改善会议'],
  message_in: ['微信：图纸已更新，请复核', '微信：请尽快安排发货', '微信：款项正在走流程', '邮件：询价清单'],
  message_out: ['微信发送对账单', '邮件发送检测报告', '微信提醒样件确认'],
  quotation: ['提交报价单', '更新报价（批量价）'],
  sample: ['寄送样件', '样件检测报告已发'],
  drawing: ['提交二维图', '发送三维模型'],
  internal_note: ['内部：价格需总监审批', '内部：产能排期确认', '内部：注意账期风险'],
  planned: ['计划下周拜访', '计划月底前回访'],
};

/** Contacts with customers, week by week, in the rhythm of each; those of customers with open business name it. */
export function makeActivities(world: World, opportunities: readonly Opportunity[]): Activity[] {
  const byCustomer = groupBy(
    opportunities.map((opportunity, place) => ({ opportunity, place })),
    ({ opportunity }) => opportunity.customer,
  );
  const activities: Activity[] = [];
  for (const customer of world.customers) {
    const random = Random.for(world.seed, `activities of ${customer.customer}`);
    const own = byCustomer.get(customer.customer) ?? [];
    const isRed = customer.customer === world.plot.red.customer;
    const lastContact = isRed ? world.plot.red.lastContact : world.lastDay;
    const first = Math.max(world.firstDay, customer.createdDate);
    for (let monday = mondayOf(first); monday <= lastContact; monday += 7) {
      const isLastWeeks = isRed && monday > lastContact - 45; // the silence after them must show
      if (!isLastWeeks && !random.chance(Math.min(0.95, customer.habit.contactWeeks / 13))) continue;
      for (let left = 1 + random.poisson(0.88); left > 0; left--) {
        const day = monday + random.int(0, 4);
        if (day < first || day > lastContact || !isWorkday(day)) continue;
        const type: ActivityType = random.chance(0.86) ? random.weighted(CONTACTS) : random.weighted(OTHERS);
        const occurredAt = at(day, random.int(8, 18), random.int(0, 59), random.int(0, 59));
        const open = own.find(
          ({ opportunity }) =>
            opportunity.createdAt <= occurredAt &&
            (opportunity.closedDate === null || opportunity.closedDate >= dayAt(occurredAt)),
        );
        activities.push({
          customer: customer.customer,
          opportunity: open && random.chance(0.75) ? open.place : null,
          ownerNumber: world.ownerOn(customer.customer, day),
          type,
          occurredAt,
          note: random.pick(NOTES[type]),
        });
      }
    }
  }
  return activities.sort((one, other) => one.occurredAt - other.occurredAt || one.customer - other.customer);
}
