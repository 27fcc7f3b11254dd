import type { Case, Given } from '../models/given';
import { STAGES } from '../models/opportunityPaths';
import { type Deal, dayText, dealOf, HANDED_OVER, histories, randomCustomers } from './pipelineHistories';

/** The worked examples of METRICS FUN-5, 9, 10 and 11, each with customers of its own, in one build as of Wednesday 15 October 2025. */
const today = '2025-10-15';

/** Shanghai wall time `YYYY-MM-DD HH:MM` in UTC. */
const utc = (at: string): string =>
  new Date(`${at.replace(' ', 'T')}:00+08:00`).toISOString().slice(0, 19).replace('T', ' ');

const deals: Record<string, Deal> = {};
const activities: Given[] = [];
const add = (name: string, deal: Deal) => {
  deals[name] = deal;
};

// FUN-5: 8 of 20 expected in September, 2.7 of 6.0 million. Slipped: 7 x 300,000 and one of 600,000; the rest was won, lost or is due.
for (let number = 1; number <= 20; number++) {
  const isSlipped = number <= 8;
  const amount = isSlipped ? (number === 1 ? '600000' : '300000') : '275000';
  const closing = number <= 12 ? '赢单' : '输单';
  add(`slip ${number}`, {
    of: 'FUN-5',
    created: '2025-07-01 10:00',
    amount: isSlipped ? '1' : amount, // what it became later does not count
    close: number === 1 ? '2025-11-20' : isSlipped ? '2025-10-10' : '2025-09-20',
    log: [
      ['2025-07-01 10:00', amount, '2025-08-20'],
      ['2025-08-15 10:00', null, number === 1 ? '2025-09-10' : isSlipped ? '2025-09-30' : '2025-09-20'],
      ...(number === 1 ? ([['2025-09-05 10:00', null, '2025-09-25']] as const) : []),
      ...(number === 1
        ? ([['2025-09-24 10:00', null, '2025-11-20']] as const)
        : isSlipped
          ? ([['2025-09-29 10:00', null, '2025-10-10']] as const)
          : []),
      ...(isSlipped ? ([['2025-10-14 10:00', '1', null]] as const) : []),
    ],
    ...(number > 8 &&
      number < 20 && { moves: [['2025-09-18 10:00', closing]], status: closing === '赢单' ? 'won' : 'lost' }),
  });
}
// out: invalid; expected in September only since the 2nd; closed before it
add('slip invalid', {
  of: 'FUN-5',
  created: '2025-07-01 10:00',
  amount: '9',
  close: '2025-10-10',
  status: 'invalid',
  log: [
    ['2025-07-01 10:00', '9', '2025-09-10'],
    ['2025-09-03 10:00', null, '2025-10-10'],
  ],
});
add('slip late', {
  of: 'FUN-5',
  created: '2025-07-01 10:00',
  amount: '9',
  close: '2025-12-10',
  log: [
    ['2025-07-01 10:00', '9', '2025-10-10'],
    ['2025-09-02 10:00', null, '2025-09-30'],
    ['2025-09-10 10:00', null, '2025-12-10'],
  ],
});
add('slip closed', {
  of: 'FUN-5',
  created: '2025-07-01 10:00',
  amount: '9',
  close: '2025-09-10',
  moves: [['2025-08-31 23:59', '输单']],
  status: 'lost',
});

// FUN-9 since Monday 13 October 00:00: 10.0 + 1.2 + 0.3 - 0.2 - 0.9 - 0.7 - 0.1 = 9.6 million
const before = '2025-09-01 10:00';
add('kept', { of: 'FUN-9', created: before, amount: '4000000', close: '2025-12-01' });
add('raised', {
  of: 'FUN-9',
  created: before,
  amount: '2300000',
  log: [
    [before, '2000000', '2025-12-01'],
    ['2025-10-13 09:00', '2500000', null],
    ['2025-10-14 09:00', '2300000', null],
  ],
});
add('lowered', {
  of: 'FUN-9',
  created: before,
  amount: '1300000',
  log: [
    [before, '1500000', '2025-12-01'],
    ['2025-10-13 00:00', '1300000', null],
  ],
});
add('won', {
  of: 'FUN-9',
  created: before,
  amount: '950000',
  status: 'won',
  log: [
    [before, '900000', '2025-12-01'],
    ['2025-10-14 10:00', '950000', null],
  ],
  moves: [['2025-10-14 10:00', '赢单']],
});
add('lost', {
  of: 'FUN-9',
  created: before,
  amount: '700000',
  status: 'lost',
  moves: [['2025-10-15 23:00', '输单']],
});
add('invalid', {
  of: 'FUN-9',
  created: before,
  amount: '100000',
  status: 'invalid',
  more: { source_updated_at: utc('2025-10-14 10:00') },
});
add('rest', { of: 'FUN-9', created: before, amount: '800000' });
add('new', {
  of: 'FUN-9',
  created: '2025-10-13 00:00',
  amount: '1200000',
  log: [
    ['2025-10-13 00:00', '1000000', null],
    ['2025-10-14 00:00', '1200000', null],
  ],
});
add('between', {
  of: 'FUN-9',
  created: '2025-10-13 10:00',
  amount: '500000',
  status: 'lost',
  moves: [['2025-10-14 10:00', '输单']],
});
add('long gone', {
  of: 'FUN-9',
  created: before,
  amount: '7',
  status: 'lost',
  moves: [['2025-10-12 23:59', '输单']],
});
// reopened; handed over on Tuesday (half of it raised the day after); expected close moved out of this year
add('again', {
  of: 'moved',
  created: before,
  amount: '30',
  moves: [
    ['2025-09-10 10:00', '输单'],
    ['2025-10-14 10:00', '技术评审'],
  ],
});
add('handed', {
  of: 'handed',
  created: before,
  amount: '150',
  close: '2025-12-01',
  log: [
    [before, '100', '2025-12-01'],
    ['2025-10-15 10:00', '150', null],
  ],
});
add('handed, then won', {
  of: 'handed',
  created: before,
  amount: '60',
  status: 'won',
  moves: [['2025-10-15 10:00', '赢单']],
});
add('next year', {
  of: 'moved',
  created: before,
  amount: '70',
  close: '2026-01-10',
  log: [
    [before, '70', '2025-12-20'],
    ['2025-10-14 10:00', null, '2026-01-10'],
  ],
});

// FUN-10: last movement Friday 26 September; on 11 October 15 - 8 = 7 days, on the 12th 8: stalled, told on Monday the 13th
const friday = '2025-09-26 15:00';
add('stalls', { of: 'FUN-10', created: '2025-09-01 10:00', amount: '10', moves: [[friday, '技术评审']] });
const moving = (name: string, at: string, activity_type: string, more: Given = {}) => {
  add(name, {
    of: `customer of ${name}`,
    created: '2025-09-01 10:00',
    amount: '10',
    moves: [[friday, '技术评审']],
  });
  activities.push({
    source_id: `activity ${activities.length}`,
    activity_type,
    occurred_at: utc(at),
    opportunity_ref: name,
    customer_ref: `customer of ${name}`,
    ...more,
  });
};
for (const kind of ['visit', 'call', 'meeting', 'message_in', 'quotation', 'sample', 'drawing'])
  moving(`moved by ${kind}`, '2025-10-12 10:00', kind);
for (const kind of ['message_out', 'internal_note', 'planned'])
  moving(`not moved by ${kind}`, '2025-10-10 10:00', kind);
moving('contact with the customer', '2025-10-10 10:00', 'call', { opportunity_ref: null });
moving('contact about another', '2025-10-10 10:00', 'call', { opportunity_ref: 'another' });
add('another', { of: 'customer of contact about another', created: '2025-10-09 10:00', amount: '1' });
moving('call tomorrow', '2025-10-16 10:00', 'call');
moving('call that was deleted', '2025-10-10 10:00', 'call', { is_deleted: true });
moving('moved a day late', '2025-10-13 10:00', 'call');
add('only edited', {
  of: 'FUN-10',
  created: '2025-09-01 10:00',
  amount: '12',
  close: '2025-12-31',
  moves: [[friday, '技术评审']],
  log: [
    ['2025-09-01 10:00', '10', '2025-10-31'],
    ['2025-10-09 10:00', '12', '2025-12-31'],
  ],
});
for (const name of ['snoozed', 'snoozed until yesterday', 'snoozed and woken', 'evidence'])
  add(name, { of: 'FUN-10', created: '2025-09-01 10:00', amount: '10', moves: [[friday, '技术评审']] });

// FUN-11: of 25 stalls begun in June 2025 23 were handled; two more are not yet to be judged
for (let number = 1; number <= 25; number++) {
  const close = (at: string, stage: string, lost_reason: string | null) => ({
    moves: [[at, stage]] as const,
    status: stage === '赢单' ? ('won' as const) : ('lost' as const),
    more: { lost_reason },
  });
  const how =
    number <= 20
      ? {
          moves: [
            ['2025-07-11 10:00', '技术评审'],
            ['2025-07-13 10:00', '输单'],
          ] as const,
          status: 'lost' as const,
          more: { lost_reason: '价格' },
        }
      : number === 21
        ? close('2025-07-11 10:00', '赢单', null)
        : number <= 23
          ? close('2025-07-11 23:59', '输单', '价格')
          : number === 24
            ? close('2025-07-10 10:00', '输单', null) // no reason
            : close('2025-07-12 00:00', '输单', '价格'); // day 31
  // created on Tuesday 3 June; the eighth day is the 11th, its 30 days end on 11 July
  add(`handled ${number}`, {
    of: 'FUN-11',
    created: '2025-06-03 10:00',
    amount: number <= 23 ? '10' : '40',
    ...how,
  });
}
add('running', { of: 'FUN-11 running', created: '2025-09-10 10:00', amount: '10' });
add('running, handled', {
  of: 'FUN-11 running',
  created: '2025-09-10 10:00',
  amount: '10',
  moves: [
    ['2025-09-20 10:00', '技术评审'],
    ['2025-10-14 10:00', '商务谈判'],
  ],
});

// random histories, compared with a walk over their events
for (const [name, history] of histories.entries()) add(`random ${name}`, dealOf(history));

const stages: Given[] = [...STAGES, '输单'].map((stage_key, place) => ({
  connection: 'crm',
  source_id: stage_key,
  stage_key,
  stage_name: stage_key,
  stage_order: place + 1,
  is_won: stage_key === '赢单',
  is_lost: stage_key === '输单',
}));

/** From 王芳 in 华南 to 李强 in 华东. */
const handover = (customer: string, day: string | null): Given[] => [
  {
    connection: 'crm',
    source_id: `${customer} 1`,
    customer_ref: customer,
    owner_ref: 'u1',
    region: '华南',
    valid_from: '2025-01-01',
    valid_to: day,
  },
  ...(day === null
    ? []
    : [
        {
          connection: 'crm',
          source_id: `${customer} 2`,
          customer_ref: customer,
          owner_ref: 'u2',
          region: '华东',
          valid_from: day,
        },
      ]),
];

const snooze = (id: string, name: string, until: string) => ({
  id,
  kind: 'stall.snoozed',
  actor: 'E01',
  subject: `crm:${name}@2025-09-26 07:00:00`,
  body: { opportunity_id: `crm:${name}`, until },
  reason: '客户停产检修',
  happenedAt: '2025-10-13 02:00:00',
});

export const pipelineCases: Case = {
  today,
  entities: {
    stage: stages,
    employee: [
      {
        connection: 'crm',
        source_id: 'u1',
        employee_number: 'E01',
        name: '王芳',
        region: '华南',
        role: 'sales',
      },
      {
        connection: 'crm',
        source_id: 'u2',
        employee_number: 'E02',
        name: '李强',
        region: '华东',
        role: 'sales',
      },
    ],
    customer: [...new Set(Object.values(deals).map((deal) => deal.of))].map((name) => ({
      connection: 'crm',
      kind: 'crm',
      source_id: name,
      name,
      owner_ref: 'u1',
    })),
    territory_assignment: [
      ...handover('handed', '2025-10-14'),
      ...randomCustomers.flatMap((number) => {
        const day = HANDED_OVER[number];
        return handover(`random ${number}`, day === null || day === undefined ? null : dayText(day));
      }),
    ],
    opportunity: Object.entries(deals).map(
      ([name, { of, created, amount, close, status = 'open', moves, more }]) => {
        const last = moves?.[moves.length - 1];
        return {
          connection: 'crm',
          source_id: name,
          name,
          customer_ref: of,
          amount_cny: amount,
          expected_close_date: close ?? null,
          status,
          stage_key: last?.[1] ?? '需求沟通',
          created_at: utc(created),
          closed_date: status === 'won' || status === 'lost' ? (last?.[0].slice(0, 10) ?? null) : null,
          ...more,
        };
      },
    ),
    stage_change: Object.entries(deals).flatMap(([name, { created, moves = [] }]) =>
      [[created, '需求沟通'] as const, ...moves].map(([at, to_stage_key], place) => ({
        connection: 'crm',
        source_id: `${name}-${place}`,
        opportunity_ref: name,
        sequence: place,
        precision: 'exact',
        to_stage_key,
        changed_at: utc(at),
      })),
    ),
    opportunity_change: Object.entries(deals).flatMap(([name, { log = [] }]) =>
      log.map(([at, amount_cny, expected_close_date], place) => ({
        connection: 'crm',
        source_id: `${name}-${place}`,
        opportunity_ref: name,
        sequence: place,
        precision: 'exact',
        amount_cny,
        expected_close_date,
        changed_at: utc(at),
      })),
    ),
    activity: activities.map((activity) => ({ connection: 'crm', ...activity })),
  },
  events: [
    snooze('s1', 'snoozed', '2025-10-15'),
    snooze('s2', 'snoozed until yesterday', '2025-10-14'),
    snooze('s3', 'snoozed and woken', '2025-11-01'),
    {
      id: 's4',
      kind: 'stall.woken',
      actor: 'E01',
      subject: 'crm:snoozed and woken@2025-09-26 07:00:00',
      body: { snooze: 's3' },
      happenedAt: '2025-10-13 03:00:00',
    },
    {
      id: 'e1',
      kind: 'evidence.uploaded',
      actor: 'E01',
      subject: 'crm:evidence',
      body: {},
      happenedAt: '2025-10-10 02:00:00',
    },
  ],
};
