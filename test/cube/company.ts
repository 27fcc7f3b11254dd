import type { Case, Given } from '../models/given';
import {
  allocation,
  document,
  line,
  loaded,
  merge,
  type Records,
  receipt,
  statement,
} from '../models/records';
import { bankStatements, bureauCalls, controlFigures, peoplesWork } from './companyWork';

/**
 * Three sellers in two regions; each has a good customer and one on the list of dishonest debtors. Everything that a view
 * shows exists for each of them, so that row rules can be told apart by their sums. Amounts differ by `times`.
 */
const today = '2025-08-10';

const SELLERS = [
  { id: '1', name: '王一', region: '华东', times: 1 },
  { id: '2', name: '李二', region: '华东', times: 2 },
  { id: '3', name: '赵三', region: '华南', times: 4 },
] as const;

type Seller = (typeof SELLERS)[number];

export const company: Case = {
  today,
  entities: merge(
    { stage: ['技术评审', '商务谈判', '赢单', '输单'].map((key, place) => stage(key, place + 1)) },
    { bank_coverage: [loaded('2025-06-01', today)] },
    { employee: [manager('华东'), manager('华南')] },
    { bank_transaction: [line('unknown', '2025-07-01', '77.77', { counterparty_name: '谁也不认识' })] },
    { bank_statement: bankStatements },
    ...SELLERS.map(recordsOf),
  ),
  tables: { 'ops.control_figure': controlFigures(SELLERS), ...bureauCalls(SELLERS) },
  events: SELLERS.flatMap(peoplesWork),
};

function recordsOf({ id, name, region, times }: Seller): Records {
  const good = `c${id}`;
  const bad = `d${id}`;
  const seller = `e${id}`;
  const cny = (amount: number) => (amount * times).toFixed(2);
  const months = ['2025-02', '2025-03', '2025-04', '2025-05', '2025-06'];
  const deals = [
    { ref: `s${id}`, status: 'open', stage_key: '技术评审', day: '2025-03-01' },
    { ref: `a${id}`, status: 'open', stage_key: '商务谈判', day: `2025-03-1${times}` },
    { ref: `l${id}`, status: 'lost', stage_key: '输单', day: '2025-04-20' },
    { ref: `w${id}`, status: 'won', stage_key: '赢单', day: '2025-04-10' },
  ];
  const paid = months.map((month) => `P${id}-${month}`);
  return {
    employee: [
      {
        source_id: seller,
        employee_number: `E${id}`,
        name,
        region,
        role: 'sales',
        manager_number: `M-${region}`,
      },
    ],
    customer: [good, bad].map((ref) => ({
      source_id: ref,
      name: `客户${ref}`,
      owner_ref: seller,
      region,
      customer_class: 'C',
      credit_limit_cny: cny(100000),
      payer_class: ref === bad ? 'large_enterprise' : null,
    })),
    acceptance_bill: [
      {
        source_id: `YC${id}`,
        number: `YC${id}`,
        kind: 'commercial_bill',
        customer_ref: good,
        acceptor: '苏州某公司',
        face_cny: cny(40),
        signed_date: '2025-07-03',
        maturity_date: '2025-12-03',
      },
      {
        source_id: `YH${id}`,
        number: `YH${id}`,
        kind: 'commercial_bill',
        customer_ref: bad,
        acceptor: '无锡某公司',
        face_cny: cny(70),
        signed_date: '2025-07-05',
        maturity_date: '2025-11-05',
      },
    ],
    bill_event: [{ bill_ref: `YH${id}`, event: 'endorsed', event_date: '2025-07-20', with_recourse: true }],
    receivable_document: [
      ...paid.map((number, n) => ({
        ...document(number, `${months[n]}-01`, cny(9000.01), { due_date: `${months[n]}-25` }),
        customer_ref: good,
      })),
      {
        ...document(`O${id}`, '2025-05-05', cny(50000.55), {
          due_date: '2025-07-04',
          order_number: `SO${id}`,
        }),
        customer_ref: good,
      },
      { ...document(`N${id}`, '2025-07-20', cny(-500.5)), customer_ref: good },
      { ...document(`B${id}`, '2025-01-05', cny(80000), { due_date: '2025-02-05' }), customer_ref: bad },
    ],
    instalment: [
      {
        source_id: `O${id}/1`,
        document_ref: `O${id}`,
        line_number: 1,
        due_date: '2025-07-04',
        amount_cny: cny(45000.55),
      },
      {
        document_ref: `O${id}`,
        line_number: 2,
        due_date: '2026-07-04',
        amount_cny: cny(5000),
        is_retention: true,
      },
    ],
    receipt: [
      ...paid.map((number, n) => ({
        ...receipt(`R${number}`, `${months[n]}-26`, cny(9000.01)),
        customer_ref: good,
      })),
      { ...receipt(`U${id}`, '2025-07-28', cny(300.3), { bank_reference: `U${id}` }), customer_ref: good },
      { ...receipt(`V${id}`, '2025-07-29', cny(60), { is_prepayment: true }), customer_ref: good },
    ],
    allocation: paid.map((number) => allocation(number, cny(9000.01), { receipt_ref: `R${number}` })),
    bank_transaction: [
      line(`U${id}`, '2025-07-28', cny(300.3), { reference: `U${id}`, counterparty_name: `客户${good}` }),
      line(`J${id}`, '2025-07-15', cny(700), { counterparty_name: `客户${good}` }),
      line(`A${id}`, '2025-08-04', cny(1000), { counterparty_name: `客户${bad}` }),
    ],
    forecast_statement: [
      {
        ...statement(`X${id}`, '2025-06-20', cny(900), '2025-07-10', { stated_by_ref: seller }),
        customer_ref: good,
      },
      {
        ...statement(`Y${id}`, '2025-06-25', cny(1800), '2025-07-24', {
          stated_by_ref: seller,
          certainty: 'confirmed',
        }),
        customer_ref: bad,
      },
    ],
    sales_order: months.map((month) => order(`${month}${id}`, good, `${month}-03`, cny(10000))),
    sales_order_line: months.map((month) => ({
      source_id: `${month}${id}/1`,
      quantity: '10',
      order_ref: `${month}${id}`,
      line_number: 1,
      product_group: '精密轴类',
      amount_cny: cny(10000),
    })),
    order_line_movement: [
      {
        source_id: `L${id}/1`,
        order_line_ref: `2025-06${id}/1`,
        kind: 'delivered',
        quantity: '4',
        movement_date: '2025-07-01',
      },
    ],
    delivery: [{ number: `L${id}`, customer_ref: good, delivery_date: '2025-06-01', amount_cny: cny(10000) }],
    activity: ['2025-07-30', '2025-07-16', '2025-07-02', '2025-06-18'].map((day) => ({
      customer_ref: good,
      owner_ref: seller,
      activity_type: 'visit',
      occurred_at: `${day} 02:00:00`,
    })),
    risk_event: [
      { company_name: `客户${bad}`, kind: 'dishonest_debtor', event_date: '2025-02-01', is_live: true },
    ],
    bureau_check: [good, bad].map((ref) => ({
      company_name: `客户${ref}`,
      checked_at: '2025-06-01 02:00:00',
      is_successful: true,
    })),
    opportunity: deals.map(({ ref, status, stage_key, day }) => ({
      source_id: ref,
      name: `商机${ref}`,
      customer_ref: good,
      owner_ref: seller,
      amount_cny: cny(100),
      status,
      stage_key,
      created_at: '2025-03-01 02:00:00',
      expected_close_date: '2025-07-15',
      closed_date: status === 'open' ? null : day,
    })),
    stage_change: [
      ...deals.map(({ ref }) => move(ref, 0, '技术评审', '2025-03-01 02:00:00')),
      move(`l${id}`, 2, '旧阶段', '2025-03-20 02:00:00'),
      ...deals.slice(1).map(({ ref, stage_key, day }) => move(ref, 1, stage_key, `${day} 02:00:00`)),
    ],
  };
}

function manager(region: string): Given {
  return {
    source_id: `m-${region}`,
    employee_number: `M-${region}`,
    name: `${region}经理`,
    region,
    role: 'region_manager',
  };
}

function stage(key: string, stage_order: number): Given {
  return {
    source_id: key,
    stage_key: key,
    stage_name: key,
    stage_order,
    is_won: key === '赢单',
    is_lost: key === '输单',
    ...(key === '技术评审' && {
      benchmark_rate: '0.35',
      benchmark_source: '行业报告',
      benchmark_date: '2025-01-01',
    }),
  };
}

function order(number: string, customer_ref: string, order_date: string, amount_cny: string): Given {
  return {
    source_id: number,
    number,
    customer_ref,
    order_date,
    amount_cny,
  };
}

function move(opportunity_ref: string, sequence: number, to_stage_key: string, changed_at: string): Given {
  return {
    source_id: `${opportunity_ref}-${sequence}`,
    opportunity_ref,
    sequence,
    precision: 'exact',
    to_stage_key,
    changed_at,
    from_stage_key: sequence === 0 ? null : '技术评审',
  };
}
