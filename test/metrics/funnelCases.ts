import type { Case, Given } from '../models/given';

/**
 * The worked examples of METRICS section 7, each a business line of its own, in one build as of 31 August 2025; and a second CRM
 * whose pipelines are those of millrace.yaml.
 */
const today = '2025-08-31';

const STAGES = ['线索确认', '需求沟通', '技术评审', '商务谈判', '合同签订', '赢单'] as const;

/** A move: stage and Shanghai wall time, `MM-DD HH:MM` of 2025; ten in the morning where none is given. */
type Move = readonly [stage: string, at: string];

interface Deal {
  line: string;
  moves: readonly Move[];
  amount?: string;
  more?: Given;
  /** Of the opportunity, as the CRM's log has them: when and to which amount. */
  amounts?: readonly Move[];
  movedBy?: string;
}

const utc = (at: string) =>
  new Date(`2025-${at.length === 5 ? `${at}T10:00` : at.replace(' ', 'T')}:00+08:00`)
    .toISOString()
    .slice(0, 19)
    .replace('T', ' ');
const many = (count: number, deal: (n: number) => Deal): Deal[] =>
  Array.from({ length: count }, (_, n) => deal(n));

const start: Move[] = [
  ['线索确认', '01-06'],
  ['需求沟通', '02-10'],
];
const review: Move = ['技术评审', '03-10'];
const lost = (day: string): Given => ({ status: 'lost', closed_date: `2025-${day}` });
const won = (day: string): Given => ({ status: 'won', closed_date: `2025-${day}` });

/** FUN-1: 9 advanced, one by skipping 技术评审, one over 商务谈判, one worth more afterwards; 21 lost, 4 back, 16 still there. */
const cohort: Deal[] = [
  ...many(6, () => ({ line: 'cohort', moves: [...start, review, ['商务谈判', '04-01']] })),
  { line: 'cohort', moves: [...start, review, ['合同签订', '04-01']] },
  { line: 'cohort', moves: [...start, ['商务谈判', '03-20']] },
  {
    line: 'cohort',
    moves: [...start, review, ['商务谈判', '06-08 23:59']],
    amount: '900',
    amounts: [
      ['100', '01-06'],
      ['900', '05-05'],
    ],
  },
  ...many(21, () => ({
    line: 'cohort',
    moves: [...start, review, ['输单', '05-05']] satisfies Move[],
    more: lost('05-05'),
  })),
  ...many(4, () => ({ line: 'cohort', moves: [...start, review, ['需求沟通', '04-15']] })),
  ...many(15, () => ({ line: 'cohort', moves: [...start, review] })),
  { line: 'cohort', moves: [...start, review, ['商务谈判', '06-09 00:01']] },
  { line: 'young', moves: [['技术评审', '07-10']] },
];

/** FUN-2: of the exits from 技术评审 dated in June 7 went forward, 15 are lost, 3 went back; July has others. */
const period: Deal[] = [
  ...many(7, () => ({ line: 'period', moves: [...start, review, ['商务谈判', '06-10']], amount: '200' })),
  ...many(15, () => ({
    line: 'period',
    moves: [...start, review, ['输单', '06-20']] satisfies Move[],
    more: lost('06-20'),
  })),
  ...many(3, () => ({ line: 'period', moves: [...start, review, ['需求沟通', '06-30 23:30']] })),
  ...many(4, () => ({ line: 'period', moves: [...start, review, ['商务谈判', '07-01 00:30']] })),
];

/** FUN-3: 5 days and, after a return, 3. */
const returned: Deal[] = [
  {
    line: 'returned',
    moves: [
      ['线索确认', '03-01'],
      ['技术评审', '03-03'],
      ['线索确认', '03-08'],
      ['技术评审', '03-09'],
      ['商务谈判', '03-12'],
    ],
  },
];

/** FUN-4: 80 moves forward, 6 of them over a stage, by 李二; 9 back. Losing is neither. */
const moved: Deal[] = [
  ...many(9, () => ({ line: 'moved', moves: [...start, ['线索确认', '03-01']] })),
  ...many(64, () => ({ line: 'moved', moves: start })),
  {
    line: 'moved',
    moves: [...start, ['输单', '03-01']],
    more: lost('03-01'),
  },
  ...many(6, (): Deal => {
    return {
      line: 'moved',
      moves: [
        ['线索确认', '01-06'],
        ['技术评审', '02-10'],
      ],
      movedBy: 'u2',
    };
  }),
];

/** FUN-6: 12 of 40 closed in June are won, 3.6 of 9.0 million at their close; one is worth more now, one fell for want of a decision. */
const closed: Deal[] = [
  ...many(12, (n) => ({
    line: 'closed',
    moves: [...start, ['赢单', '06-10']] satisfies Move[],
    amount: n === 0 ? '999999' : '300000',
    ...(n === 0 && {
      amounts: [
        ['300000', '01-06'],
        ['999999', '07-01'],
      ] satisfies Move[],
    }),
    more: won('06-10'),
  })),
  ...many(28, (n) => ({
    line: 'closed',
    moves: start,
    amount: n === 0 ? '0' : '200000',
    more: { ...lost('06-30'), lost_reason: n === 0 ? '客户未作决定' : '价格' },
  })),
  { line: 'closed', moves: start, more: { ...lost('06-15'), status: 'invalid' } },
];

/** A deal won on 1 August after so many days. */
const cycle = (line: string, begun: string, amount: string): Deal => ({
  line,
  moves: [
    ['线索确认', begun],
    ['赢单', '08-01'],
  ],
  amount,
  more: won('08-01'),
});

/** FUN-7: 40, 61 and 82 days; one was imported after it had been won. */
const cycles: Deal[] = [
  cycle('cycles', '06-22', '100'),
  cycle('cycles', '06-01', '100'),
  cycle('cycles', '05-11', '100'),
  {
    line: 'cycles',
    moves: [],
    more: { ...won('08-01'), stage_key: '赢单', created_at: '2025-08-03 02:00:00' },
  },
];

/** FUN-8: 60 open past the first stage, 3 of 10 won for 300,000 each after 61 days; what is older or in the first stage is out. */
const speed: Deal[] = [
  ...many(60, () => ({ line: 'speed', moves: start })),
  { line: 'speed', moves: start.slice(0, 1) },
  ...many(3, () => cycle('speed', '06-01', '300000')),
  ...many(7, () => ({ line: 'speed', moves: start, more: lost('03-01') })),
  ...many(5, () => ({ line: 'speed', moves: start, more: lost('02-28') })),
];

const deals = [...cohort, ...period, ...returned, ...moved, ...closed, ...cycles, ...speed].map(
  (deal, n) => ({ ref: `o${n}`, connection: 'crm', ...deal }),
);

/** CRM two calls its stages by keys; what its lines 轴 and 泵 go through, stands in millrace.yaml. */
const configured = (
  [
    ['轴', ['k1', '02-03'], ['old2', '02-10'], ['k2', '02-12'], ['k4', '02-20']], // old2 is k2 by its former key; k3 is jumped over
    ['泵', ['k1', '02-03'], ['k3', '02-10'], ['k1', '02-17']],
    ['轴', ['k1', '02-03'], ['k9', '02-10'], ['k2', '02-12']], // k9 stands for nothing
    ['阀', ['k1', '02-03'], ['k2', '02-10']], // no pipeline for this line
  ] satisfies [string, ...Move[]][]
).map(([line, ...moves], n) => ({ ref: `p${n}`, connection: 'two', line, moves }));

const all: (Deal & { ref: string; connection: string })[] = [...deals, ...configured];

export const funnelCases: Case = {
  today,
  entities: {
    stage: [
      ...[...STAGES, '输单'].map((name, place) => ({
        connection: 'crm',
        source_id: name,
        stage_key: name,
        stage_name: name,
        stage_order: 10 * place + 10,
        is_won: name === '赢单',
        is_lost: name === '输单',
        ...(name === '技术评审' && { benchmark_rate: '0.35' }), // without its source it is none
      })),
      ...['初谈', '方案', '评审', '成交'].map((stage_name, place) => ({
        connection: 'two',
        source_id: `k${place + 1}`,
        stage_key: `k${place + 1}`,
        stage_name,
        stage_order: place + 1,
      })),
    ],
    employee: [
      ['u1', 'E01', '王芳', 'M1'],
      ['u2', 'E02', '李二', 'M1'],
      ['u3', 'M1', '周主管', null],
    ].map(([source_id = null, employee_number = null, name = null, manager_number = null]) => ({
      connection: 'crm',
      source_id,
      employee_number,
      name,
      region: '华南',
      role: 'sales',
      manager_number,
    })),
    customer: [{ connection: 'crm', kind: 'crm', source_id: 'a1', name: '甲公司', owner_ref: 'u1' }],
    opportunity: all.map(({ ref, connection, line, moves, amount = '100', more }) => ({
      connection,
      source_id: ref,
      name: `${line} ${ref}`,
      customer_ref: 'a1',
      amount_cny: amount,
      status: 'open',
      stage_key: moves.at(-1)?.[0] ?? null,
      business_line: line,
      lead_source: '展会',
      created_at: utc(moves[0]?.[1] ?? '01-01'),
      source_updated_at: '2025-08-20 02:00:00',
      ...more,
    })),
    stage_change: all.flatMap(({ ref, connection, moves, movedBy = 'u1' }) =>
      moves.map(([to_stage_key, at], place) => ({
        connection,
        source_id: `${ref}-${place}`,
        opportunity_ref: ref,
        changed_by_ref: movedBy,
        sequence: place,
        precision: 'exact',
        from_stage_key: moves[place - 1]?.[0] ?? null,
        to_stage_key,
        changed_at: utc(at),
      })),
    ),
    opportunity_change: all.flatMap(({ ref, connection, amounts = [] }) =>
      amounts.map(([amount_cny, at], place) => ({
        connection,
        source_id: `${ref}-${place}`,
        opportunity_ref: ref,
        sequence: place,
        precision: 'exact',
        amount_cny,
        changed_at: utc(at),
      })),
    ),
  },
  tables: {
    'ops.pipeline_stage': [
      ['轴', '初谈', '初谈', 1, null, null],
      ['轴', 'k2', 'k2', 2, null, null],
      ['轴', 'old2', 'k2', 2, null, null],
      ['轴', '评审', '评审', 3, null, '评审纪要'],
      ['轴', '成交', '成交', 4, 'won', null],
      ['泵', 'k1', 'k1', 1, null, '需求书'],
      ['泵', 'k3', 'k3', 2, null, null],
    ].map(
      ([
        pipeline = null,
        written_as = null,
        stage = null,
        stage_order = null,
        outcome = null,
        gate = null,
      ]) => ({
        connection: 'two',
        pipeline,
        written_as,
        stage,
        stage_order,
        outcome,
        gate,
      }),
    ),
  },
  events: [
    benchmark('b1', '0.30', '行业协会 2024 年报', '2024-12-31', '2025-03-01'),
    benchmark('b2', '0.35', '行业协会 2025 年报', '2025-06-30', '2025-07-01'),
  ],
};

function benchmark(id: string, rate: string, source: string, date: string, typed: string) {
  return {
    id,
    kind: 'benchmark.set',
    actor: 'E01',
    subject: '技术评审',
    body: { stage: '技术评审', line: '', rate, source, date },
    happenedAt: `${typed} 02:00:00`,
  };
}
