import { z } from 'zod';
import { noteWritten, type Session, type Warehouse } from '../../warehouse';

/** Rising: more is better, like a share of won value; falling: less is better, like days late. */
type Direction = 'rising' | 'falling';
type Point = [x: number, points: number];

const points = z.number('write points from 0 to 100').min(0, 'write 0 or more').max(100, 'write 100 or less');
const percent = z
  .number('write per cent, for example 60')
  .min(0, 'write 0 or more')
  .max(100, 'write 100 or less');
const days = z.int('write a number of days').min(1, 'write 1 or more').max(3_650);
const count = z.int('write a whole number').min(1, 'write 1 or more').max(1_000);
const weeks = z.int('write a number of weeks, 1 to 13').min(1).max(13);
const amount = z
  .string()
  .regex(/^\d{1,11}(\.\d{1,2})?$/, 'write an amount in CNY as text, for example "50000"');
const weight = z.int('write a whole number').min(0, 'write 0 or more').max(100);

/** A curve is linear between its points and flat outside: at least two, x rising, points one way. */
function curve(direction: Direction, standard: Point[]) {
  return z
    .array(
      z.tuple(
        [z.number('write a number').min(-10_000).max(100_000), points],
        'write [x, points], for example [30, 50]',
      ),
    )
    .min(2, 'a curve has at least two points: [[x, points], [x, points]]')
    .max(30, 'a curve has at most 30 points')
    .superRefine((list, context) => {
      for (const [at, [x, value]] of list.entries()) {
        const before = list[at - 1];
        if (!before) continue;
        if (x <= before[0])
          context.addIssue({
            code: 'custom',
            path: [at],
            message: `${x} comes after ${before[0]}; write the points in the order of their first number`,
          });
        else if (direction === 'rising' ? value < before[1] : value > before[1])
          context.addIssue({
            code: 'custom',
            path: [at],
            message: `${value} points after ${before[1]}; this curve only ${direction === 'rising' ? 'rises' : 'falls'}`,
          });
      }
    })
    .default(standard);
}

/** `health` of millrace.yaml: METRICS section 8, of which each part may be the company's own. */
export const healthSchema = z
  .strictObject({
    /** A month is frozen so many workdays after its end. */
    freezeWorkdays: z.int('write a number of workdays').min(1, 'write 1 or more').max(20).default(3),
    weights: z
      .strictObject(
        { punctuality: weight, demand: weight, interaction: weight, orders: weight, risk: weight },
        'write all five weights',
      )
      .superRefine((weights, context) => {
        const sum = Object.values(weights).reduce((total, one) => total + one, 0);
        if (sum !== 100)
          context.addIssue({
            code: 'custom',
            path: [],
            message: `the weights add up to ${sum}; write five that add up to 100`,
          });
      })
      .default({ punctuality: 30, demand: 25, interaction: 20, orders: 15, risk: 10 }),
    /** Less known weight than this is grey. */
    coverage: percent.default(60),
    green: points.default(70),
    yellow: points.default(50),
    /** More than 90 days overdue: both together turn a customer red. */
    overdue90: z.strictObject({ amount: amount.default('50000'), percent: percent.default(30) }).prefault({}),
    /** With less than this an indicator is missing. */
    minimum: z
      .strictObject({
        dueItems: count.default(3),
        dueAmount: amount.default('10000'),
        demandParts: z.int('write 1, 2 or 3').min(1, 'write 1, 2 or 3').max(3, 'write 1, 2 or 3').default(2),
        orders: count.default(3),
        bureauDays: days.default(180),
      })
      .prefault({}),
    /** Weeks with contact, of 13, by class of customer; `other`: without a class. */
    contactWeeks: z
      .strictObject({
        A: weeks.default(8),
        B: weeks.default(5),
        C: weeks.default(3),
        other: weeks.default(3),
      })
      .prefault({}),
    /** What a part of an indicator weighs in it, per cent; the other part has the rest. */
    shares: z
      .strictObject({ contactWeeks: percent.default(60), orderRhythm: percent.default(70) })
      .prefault({}),
    risk: z
      .strictObject({
        halfLifeDays: days.default(180),
        dishonestDebtor: points.default(100),
        bankruptcy: points.default(100),
        highConsumptionLimit: points.default(60),
        seriousViolation: points.default(60),
        enforcement: points.default(50),
        equityFreeze: points.default(40),
        taxArrears: points.default(30),
        abnormalOperation: points.default(25),
        defendant: points.default(10),
        defendantAtMost: points.default(30),
        environmentalPenalty: points.default(15),
        environmentalPenaltyAtMost: points.default(30),
        administrativePenalty: points.default(10),
        administrativePenaltyAtMost: points.default(20),
        controllerChange: points.default(10),
      })
      .prefault({}),
    curves: z
      .strictObject({
        daysLate: curve('falling', [
          [0, 100],
          [7, 85],
          [15, 70],
          [30, 50],
          [60, 25],
          [90, 10],
          [120, 0],
        ]),
        wonPercent: curve('rising', [
          [0, 0],
          [50, 100],
        ]),
        corePercent: curve('rising', [
          [0, 0],
          [100, 100],
        ]),
        purchasePercent: curve('rising', [
          [0, 0],
          [30, 100],
        ]),
        daysSinceContact: curve('falling', [
          [14, 100],
          [30, 70],
          [60, 30],
          [90, 0],
        ]),
        orderRatio: curve('rising', [
          [0, 0],
          [1, 100],
        ]),
        gapRatio: curve('falling', [
          [1.5, 100],
          [3, 0],
        ]),
        returnPercent: curve('falling', [
          [0, 100],
          [2, 80],
          [5, 50],
          [10, 0],
        ]),
      })
      .prefault({}),
  })
  .superRefine(({ green, yellow }, context) => {
    if (yellow >= green)
      context.addIssue({
        code: 'custom',
        path: ['yellow'],
        message: `yellow from ${yellow} is not below green from ${green}; write a smaller number`,
      });
  });

type HealthSettings = z.output<typeof healthSchema>;

/** A row of ops.health_setting and of seeds.health_setting; numbers as text with six places. */
export type HealthRow = [part: string, name: string, x: string, value: string];

/** The settings as rows; what the code calls `daysLate` the models call `days_late`. */
export function healthRows(health: HealthSettings): HealthRow[] {
  const { halfLifeDays, ...risk } = health.risk;
  const limits = {
    freezeWorkdays: health.freezeWorkdays,
    coverage: health.coverage,
    green: health.green,
    yellow: health.yellow,
    overdue90Cny: health.overdue90.amount,
    overdue90Percent: health.overdue90.percent,
    dueItems: health.minimum.dueItems,
    dueCny: health.minimum.dueAmount,
    demandParts: health.minimum.demandParts,
    orders: health.minimum.orders,
    bureauDays: health.minimum.bureauDays,
    halfLifeDays,
    contactPercent: health.shares.contactWeeks,
    rhythmPercent: health.shares.orderRhythm,
  };
  const isCap = (name: string) => name.endsWith('AtMost');
  const some = (of: typeof risk, wanted: (name: string) => boolean) =>
    Object.fromEntries(Object.entries(of).filter(([name]) => wanted(name)));
  return [
    ...listed('weight', health.weights),
    ...listed('limit', limits),
    ...Object.entries(health.contactWeeks).map(
      ([name, value], at): HealthRow => ['target', name, sixPlaces(at + 1), sixPlaces(value)],
    ),
    ...listed(
      'risk',
      some(risk, (name) => !isCap(name)),
    ),
    ...listed('risk_cap', some(risk, isCap)),
    ...Object.entries(health.curves).flatMap(([name, list]) =>
      list.map(([x, value]): HealthRow => ['curve', snake(name), sixPlaces(x), sixPlaces(value)]),
    ),
  ];
}

const listed = (part: string, of: Readonly<Record<string, number | string>>): HealthRow[] =>
  Object.entries(of).map(([name, value], at) => [
    part,
    snake(name.replace('AtMost', '')),
    sixPlaces(at + 1),
    sixPlaces(value),
  ]);

const snake = (name: string) => name.replaceAll(/[A-Z]|(?<=[a-z])\d+/g, (part) => `_${part.toLowerCase()}`);

/** As DECIMAL(18, 6) comes back: 0.5 is 0.500000. An amount is text and stays exact. */
function sixPlaces(value: number | string): string {
  if (typeof value === 'number') return value.toFixed(6);
  const [whole = '0', places = ''] = value.split('.');
  return `${BigInt(whole)}.${places.padEnd(6, '0')}`;
}

/**
 * Puts `health` of millrace.yaml into the tables that models read, as a version: a frozen month names the one it was frozen with. Equal
 * settings are the same version; without `health` there is no current one, and METRICS holds.
 */
export async function keepHealthSettings(
  warehouse: Warehouse,
  { health }: { health?: HealthSettings | undefined },
): Promise<void> {
  const rows = health && healthRows(health);
  const versions = await storedVersions(warehouse);
  const current = versions.find(({ isCurrent }) => isCurrent);
  const wanted = rows && textOf(rows);
  if (current?.text === wanted) return;
  const same = versions.find(({ text }) => text === wanted);
  const next = Math.max(0, ...versions.map(({ version }) => version)) + 1;
  await warehouse.transaction(async (session) => {
    await session.run('update ops.health_version set is_current = false where is_current');
    if (same)
      await session.run('update ops.health_version set is_current = true where version = ?', [same.version]);
    else if (rows) await insert(session, next, rows);
    await noteWritten(session, 'ops.health_version');
    await noteWritten(session, 'ops.health_setting');
  });
}

async function insert(session: Session, version: number, rows: readonly HealthRow[]): Promise<void> {
  await session.run('insert into ops.health_version values (?, true, utc_now())', [version]);
  for (const row of rows)
    await session.run(
      'insert into ops.health_setting values (?, ?, ?, cast(? as decimal(18, 6)), cast(? as decimal(18, 6)))',
      [version, ...row],
    );
}

interface StoredVersion {
  version: number;
  isCurrent: boolean;
  text: string;
}

async function storedVersions(warehouse: Warehouse): Promise<StoredVersion[]> {
  const versions = await warehouse.rows(
    'select version, is_current from ops.health_version order by version',
  );
  const settings = await warehouse.rows('select version, part, name, x, value from ops.health_setting');
  return versions.map((row) => ({
    version: Number(row.version),
    isCurrent: row.is_current === true,
    text: textOf(
      settings
        .filter(({ version }) => version === row.version)
        .map(({ part, name, x, value }) => [String(part), String(name), String(x), String(value)]),
    ),
  }));
}

/** One text for equal settings, in whatever order. */
const textOf = (rows: readonly HealthRow[]): string =>
  JSON.stringify(rows.map((row) => row.join(' ')).toSorted());
