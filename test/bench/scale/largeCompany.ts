import { createHash } from 'node:crypto';
import { creditCode } from '../../../demo/company/creditCode';
import { Random } from '../../../demo/company/random';

/** Sizes of the made company. */
export interface Size {
  customers: number;
  opportunities: number;
  activities: number;
  orders: number;
}

type Cell = string | number | boolean | null;
/** Rows of one staging entity: names of columns, then the rows, one by one, so that a million need no memory. */
export interface Entity {
  name: string;
  columns: string[];
  rows(): Generator<Cell[]>;
}

const TODAY = Date.UTC(2026, 10, 24);
const DAY = 86_400_000;
const YEARS = 3 * 365;
const STAGES = ['线索', '需求确认', '技术评审', '商务谈判', '合同', '赢单', '输单'];
const REGIONS = ['华东', '华南', '华北', '西南', '华中'];
const TYPES = ['visit', 'call', 'meeting', 'message_in', 'message_out', 'internal_note', 'planned'];
const SELLERS = 200;
const CITIES = ['苏州', '无锡', '宁波', '杭州', '常州', '南通', '嘉兴', '绍兴', '东莞', '佛山'];
const TRADES = ['精密机械', '传动设备', '液压件', '电气', '自动化', '模具', '铸造', '轴承'];

/**
 * A company of any size with what its CRM and ERP would hold: every customer has an ERP record and two of five a CRM record of the same
 * credit code; opportunities walk through stages; activities, orders, documents and receipts spread over three years. The same from run
 * to run. It has no planted truths: it is for time and memory.
 */
export function largeCompany(size: Size): Entity[] {
  const owner = (index: number) => `e${index % SELLERS}`;
  return [
    {
      name: 'employee',
      columns: [...ORIGIN, 'employee_number', 'name', 'region', 'role', 'manager_number'],
      *rows() {
        for (let i = 0; i < SELLERS; i++) {
          const role = i < REGIONS.length ? 'region_manager' : 'sales';
          yield [
            'crm',
            owner(i),
            owner(i),
            `员工${i}`,
            REGIONS[i % 5] ?? null,
            role,
            `e${i % REGIONS.length}`,
          ];
        }
      },
    },
    {
      name: 'customer',
      columns: [...ORIGIN, 'name', 'credit_code', 'customer_class', 'owner_ref', 'region', 'kind'],
      *rows() {
        const random = new Random(1);
        for (let i = 0; i < size.customers; i++) {
          const name = `${CITIES[i % 10]}${syllables(i)}${TRADES[i % 8]}有限公司`;
          const code = creditCode(random, '320500');
          const shared = ['ABC'.charAt(i % 3), owner(i), REGIONS[i % 5] ?? null];
          yield ['erp', `k${i}`, name, code, ...shared, 'erp'];
          if (i % 5 < 2) yield ['crm', `c${i}`, name, code, ...shared, 'crm'];
        }
      },
    },
    {
      name: 'stage',
      columns: [...ORIGIN, 'stage_key', 'stage_name', 'stage_order', 'is_won', 'is_lost'],
      *rows() {
        for (const [i, stage] of STAGES.entries())
          yield ['crm', `s${i}`, `s${i}`, stage, i + 1, stage === '赢单', stage === '输单'];
      },
    },
    {
      name: 'opportunity',
      columns: [
        ...ORIGIN,
        'name',
        'customer_ref',
        'owner_ref',
        'stage_key',
        'status',
        'business_line',
        'lead_source',
        'amount_cny',
        'expected_close_date',
        'closed_date',
        'created_at',
      ],
      *rows() {
        for (let i = 0; i < size.opportunities; i++) {
          const { created, path, isLost } = journey(i);
          const last = path.at(-1);
          const isWon = last?.stage === 5;
          const status = isWon ? 'won' : isLost ? 'lost' : 'open';
          const closed = status === 'open' ? null : dayText(last?.at ?? created);
          yield [
            'crm',
            `o${i}`,
            `商机${i}`,
            `c${customerOf(i, size)}`,
            owner(i),
            `s${last?.stage ?? 0}`,
            status,
            null,
            i % 3 === 0 ? '展会' : '转介绍',
            `${10_000 + draw(i, 'amount', 900_000)}.00`,
            dayText(created + 120 * DAY),
            closed,
            timeText(created),
          ];
        }
      },
    },
    {
      name: 'stage_change',
      columns: [
        ...ORIGIN,
        'opportunity_ref',
        'from_stage_key',
        'to_stage_key',
        'sequence',
        'changed_at',
        'precision',
      ],
      *rows() {
        for (let i = 0; i < size.opportunities; i++) {
          let from = 0;
          for (const [number, { at, stage }] of journey(i).path.entries()) {
            yield ['crm', `m${i}-${number}`, `o${i}`, `s${from}`, `s${stage}`, number, timeText(at), 'exact'];
            from = stage;
          }
        }
      },
    },
    {
      name: 'activity',
      columns: [
        ...ORIGIN,
        'customer_ref',
        'opportunity_ref',
        'owner_ref',
        'activity_type',
        'note',
        'occurred_at',
      ],
      *rows() {
        for (let i = 0; i < size.activities; i++) {
          const opportunity = i % 2 === 0 ? draw(i, 'opportunity', size.opportunities) : null;
          yield [
            'crm',
            `a${i}`,
            `c${customerOf(opportunity ?? i, size)}`,
            opportunity === null ? null : `o${opportunity}`,
            owner(i),
            TYPES[draw(i, 'type', TYPES.length)] ?? null,
            `跟进记录 ${i}`,
            timeText(TODAY - draw(i, 'day', YEARS) * DAY + draw(i, 'second', 36_000) * 1_000),
          ];
        }
      },
    },
    ...ledger(size, owner),
  ];
}

function ledger(size: Size, owner: (index: number) => string): Entity[] {
  const orderDay = (i: number) => TODAY - draw(i, 'order', YEARS) * DAY;
  const amount = (i: number) => `${1_000 + draw(i, 'value', 90_000)}.00`;
  const customer = (i: number) => `k${draw(i, 'buyer', size.customers)}`;
  const isPaid = (i: number) => orderDay(i) < TODAY - 90 * DAY && i % 20 !== 0;
  const paidDay = (i: number) => Math.min(orderDay(i) + (45 + draw(i, 'late', 60)) * DAY, TODAY);
  const all = (row: (i: number) => Cell[] | null) =>
    function* rows() {
      for (let i = 0; i < size.orders; i++) {
        const cells = row(i);
        if (cells) yield cells;
      }
    };
  return [
    {
      name: 'sales_order',
      columns: [
        ...ORIGIN,
        'number',
        'customer_ref',
        'owner_number',
        'amount_cny',
        'currency',
        'is_counted',
        'order_date',
      ],
      rows: all((i) => [
        'erp',
        `so${i}`,
        `SO${i}`,
        customer(i),
        owner(i),
        amount(i),
        'CNY',
        true,
        dayText(orderDay(i)),
      ]),
    },
    {
      name: 'sales_order_line',
      columns: [
        ...ORIGIN,
        'order_ref',
        'number',
        'product_code',
        'product_group',
        'line_number',
        'quantity',
        'amount_cny',
      ],
      rows: all((i) => [
        'erp',
        `sl${i}`,
        `so${i}`,
        `SO${i}-1`,
        `P${i % 50}`,
        ['精密轴类', '传动件', '其他'][i % 3] ?? null,
        1,
        '1',
        amount(i),
      ]),
    },
    {
      name: 'receivable_document',
      columns: [
        ...ORIGIN,
        'number',
        'customer_ref',
        'order_number',
        'owner_number',
        'amount_cny',
        'is_counted',
        'document_date',
        'due_date',
      ],
      rows: all((i) => [
        'erp',
        `ar${i}`,
        `AR${i}`,
        customer(i),
        `SO${i}`,
        owner(i),
        amount(i),
        true,
        dayText(orderDay(i)),
        dayText(orderDay(i) + 60 * DAY),
      ]),
    },
    {
      name: 'receipt',
      columns: [...ORIGIN, 'number', 'customer_ref', 'method', 'amount_cny', 'is_counted', 'receipt_date'],
      rows: all((i) =>
        isPaid(i)
          ? ['erp', `r${i}`, `R${i}`, customer(i), 'cash', amount(i), true, dayText(paidDay(i))]
          : null,
      ),
    },
    {
      name: 'allocation',
      columns: [
        ...ORIGIN,
        'receipt_ref',
        'document_number',
        'kind',
        'amount_cny',
        'value_date',
        'allocated_at',
      ],
      rows: all((i) =>
        isPaid(i)
          ? ['erp', `al${i}`, `r${i}`, `AR${i}`, 'cash', amount(i), dayText(paidDay(i)), timeText(paidDay(i))]
          : null,
      ),
    },
  ];
}

const ORIGIN = ['connection', 'source_id'];

/** A number from 0 to `below` - 1 that depends on nothing but what it is for. */
function draw(index: number, what: string, below: number): number {
  let hash = 2_166_136_261;
  for (const letter of `${what}${index}`) hash = Math.imul(hash ^ letter.charCodeAt(0), 16_777_619);
  hash ^= hash >>> 15;
  return (Math.imul(hash, 2_246_822_519) >>> 0) % below;
}

/** Moves of an opportunity: forward step by step, three in ten lost on the way, as far as time has gone. */
function journey(i: number): { created: number; path: { at: number; stage: number }[]; isLost: boolean } {
  const created = TODAY - draw(i, 'created', YEARS) * DAY;
  const path: { at: number; stage: number }[] = [];
  let at = created;
  for (let stage = 1; stage <= 5; stage++) {
    at += (5 + draw(i * 10 + stage, 'stay', 50)) * DAY;
    if (at > TODAY) break;
    const isLost = draw(i * 10 + stage, 'lost', 10) < 2;
    path.push({ at, stage: isLost ? 6 : stage });
    if (isLost) return { created, path, isLost };
  }
  return { created, path, isLost: false };
}

/** Two of five customers have a CRM record: an index of one of them. */
const customerOf = (i: number, { customers }: Size): number => {
  const drawn = draw(i, 'customer', customers);
  return drawn - (drawn % 5) + (drawn % 2);
};

/** Four syllables of 40: names that differ as those of real companies do. */
function syllables(i: number): string {
  const digest = createHash('sha256').update(String(i)).digest();
  return [0, 1, 2].map((at) => SYLLABLES[(digest[at] ?? 0) % SYLLABLES.length]).join('');
}
const SYLLABLES = [...'华星恒力金瑞德源盛泰宏达昌隆嘉信诚安永康兴业鼎丰亿通联创新科博远志翔宇'];

const dayText = (time: number): string => new Date(time).toISOString().slice(0, 10);
const timeText = (time: number): string => new Date(time).toISOString().slice(0, 19).replace('T', ' ');
