import { type BuiltCase, type Given, given } from './given';

export const STAGES = ['线索确认', '需求沟通', '技术评审', '商务谈判', '合同签订', '赢单'];
const stage: Given[] = [...STAGES, '输单'].map((stage_key, place) => ({
  connection: 'crm',
  source_id: stage_key,
  stage_key,
  stage_name: stage_key,
  stage_order: place + 1,
  is_won: stage_key === '赢单',
  is_lost: stage_key === '输单',
  ...(stage_key === '技术评审' && {
    benchmark_rate: '0.35',
    benchmark_source: '行业报告',
    benchmark_date: '2025-01-01',
  }),
}));

/** A move: stage and Shanghai wall time, `MM-DD HH:MM` of 2025. */
export type Move = [stage: string, at: string];
export interface Path {
  moves: Move[];
  more?: Given;
  precision?: 'exact' | 'snapshot';
}

const utc = (at: string) =>
  new Date(`2025-${at.replace(' ', 'T')}:00+08:00`).toISOString().slice(0, 19).replace('T', ' ');

/** Opportunities by name, each with the moves of its life. */
export async function givenPaths(
  paths: Record<string, Path>,
  today: string,
  tables: Record<string, Given[]> = {},
): Promise<BuiltCase> {
  const all = Object.entries(paths);
  return await given({
    today,
    tables,
    entities: {
      stage,
      employee: [
        {
          connection: 'crm',
          source_id: 'u1',
          employee_number: 'E01',
          name: '王芳',
          region: '华南',
          role: 'sales',
        },
      ],
      customer: [{ connection: 'crm', kind: 'crm', source_id: 'a1', name: '甲公司', owner_ref: 'u1' }],
      opportunity: all.map(([name, { moves, more }]) => ({
        connection: 'crm',
        source_id: name,
        name,
        customer_ref: 'a1',
        amount_cny: '100.00',
        status: 'open',
        stage_key: moves[moves.length - 1]?.[0] ?? null,
        created_at: utc(moves[0]?.[1] ?? '01-01 09:00'),
        ...more,
      })),
      stage_change: all.flatMap(([name, { moves, precision = 'exact' }]) =>
        moves.map(([to_stage_key, at], place) => ({
          connection: 'crm',
          source_id: `${name}-${place}`,
          opportunity_ref: name,
          sequence: place,
          precision,
          from_stage_key: moves[place - 1]?.[0] ?? null,
          to_stage_key,
          changed_at: utc(at),
        })),
      ),
    },
  });
}
