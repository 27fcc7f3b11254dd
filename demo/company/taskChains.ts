import { addWorkdays } from './calendar';
import { at, type Day, type Instant } from './days';
import type { Order, TaskChain, TaskNode } from './entities';
import { yuan } from './money';
import { Random } from './random';

const NODES = [
  '合同评审',
  '图纸冻结',
  '技术交底会',
  '工艺编制',
  '物料采购',
  '生产排程',
  '首件确认',
  '批量加工',
  '表面处理',
  '检验入库',
  '发货',
  '客户签收',
] as const;
const BRIEFING = 3;
const BRIEFED = ['销售', '设计', '工艺'];

/** The chains of the larger orders of the last weeks; one of them stands still at node 3 because the designer has not confirmed. */
export function makeTaskChains(
  seed: number,
  orders: readonly Order[],
  lastDay: Day,
): { chains: TaskChain[]; blockedOrder: string } {
  const random = Random.for(seed, 'task chains');
  const large = orders.filter(
    (order) =>
      order.status === 'approved' &&
      order.orderDate > lastDay - 60 &&
      order.orderDate <= lastDay - 4 &&
      order.amount > yuan(12_000),
  );
  const blocked = large.findLast(
    (order) => !order.isClosed && order.orderDate <= lastDay - 12 && order.orderDate > lastDay - 40,
  );
  if (!blocked) throw new Error('no order can be blocked at node 3');
  const chains = large.map(
    (order): TaskChain => ({
      orderNumber: order.number,
      openedDate: order.orderDate,
      nodes: order === blocked ? blockedNodes(order) : nodes(random, order, lastDay),
    }),
  );
  return { chains, blockedOrder: blocked.number };
}

function nodes(random: Random, order: Order, lastDay: Day): TaskNode[] {
  let day = order.orderDate;
  let isStopped = false;
  return NODES.map((name, place) => {
    day = addWorkdays(day, random.int(1, 3));
    isStopped ||= day > lastDay || (order.isClosed === false && place > 8);
    return node(
      place,
      name,
      addWorkdays(order.orderDate, (place + 1) * 2),
      isStopped ? null : at(day, 16, random.int(0, 59)),
      [],
    );
  });
}

function blockedNodes(order: Order): TaskNode[] {
  return NODES.map((name, place) => {
    const plannedDate = addWorkdays(order.orderDate, (place + 1) * 2);
    const isDone = place + 1 < BRIEFING;
    return node(
      place,
      name,
      plannedDate,
      isDone ? at(plannedDate, 15, 40) : null,
      place + 1 === BRIEFING ? ['设计'] : [],
    );
  });
}

function node(
  place: number,
  name: string,
  plannedDate: Day,
  doneAt: Instant | null,
  missing: string[],
): TaskNode {
  const isBriefing = place + 1 === BRIEFING;
  return {
    node: place + 1,
    name,
    plannedDate,
    doneAt,
    missing,
    confirmedBy:
      isBriefing && (doneAt !== null || missing.length > 0)
        ? BRIEFED.filter((who) => !missing.includes(who))
        : [],
  };
}
