import { z } from 'zod';
import { defineStream } from './contract';
import {
  businessDate,
  epochMs,
  fieldsOf,
  flag,
  integer,
  json,
  localTime,
  money,
  quantity,
  secret,
  secretsIn,
  utcTime,
} from './fields';

describe('the fields of a contract', () => {
  test('kinds, columns and whether a value must be there', () => {
    const fields = fieldsOf(
      z.object({
        'FCustId.FNumber': z.string(),
        status: z.enum(['open', 'paid']),
        amount: money().nullable(),
        count: integer().optional(),
        rate: quantity().nullable().optional(),
        isPaid: flag(),
        due: businessDate(),
        changed: localTime('Asia/Shanghai'),
        created: utcTime(),
        seen: epochMs(),
        lines: json(),
      }),
    );
    expect(fields).toEqual([
      { name: 'FCustId.FNumber', column: 'fcustid_fnumber', kind: { kind: 'text' }, isRequired: true },
      {
        name: 'status',
        column: 'status',
        kind: { kind: 'choice', values: ['open', 'paid'] },
        isRequired: true,
      },
      { name: 'amount', column: 'amount', kind: { kind: 'money' }, isRequired: false },
      { name: 'count', column: 'count', kind: { kind: 'integer' }, isRequired: false },
      { name: 'rate', column: 'rate', kind: { kind: 'quantity' }, isRequired: false },
      { name: 'isPaid', column: 'ispaid', kind: { kind: 'flag' }, isRequired: true },
      { name: 'due', column: 'due', kind: { kind: 'businessDate' }, isRequired: true },
      {
        name: 'changed',
        column: 'changed',
        kind: { kind: 'localTime', zone: 'Asia/Shanghai' },
        isRequired: true,
      },
      { name: 'created', column: 'created', kind: { kind: 'utcTime' }, isRequired: true },
      { name: 'seen', column: 'seen', kind: { kind: 'epochMs' }, isRequired: true },
      { name: 'lines', column: 'lines', kind: { kind: 'json' }, isRequired: true },
    ]);
  });

  test('two fields may not share a column, and a plain number is no field', () => {
    expect(() => fieldsOf(z.object({ 'a.b': z.string(), a_b: z.string() }))).toThrow(/the same column/);
    expect(() => fieldsOf(z.object({ amount: z.number() }))).toThrow(/contract field amount/);
  });
});

describe('rules that the engine does not check', () => {
  test.each([
    ['a bound', z.object({ a: z.string().min(3) }), /contract field a: the engine does not do checks/],
    ['a pattern', z.object({ a: z.string().regex(/x/) }), /contract field a/],
    ['a bound of a kind of the kit', z.object({ a: money().max(3) }), /contract field a/],
    ['a refinement inside nullable', z.object({ a: flag().refine(Boolean).nullable() }), /contract field a/],
    ['a refinement around nullable', z.object({ a: json().nullable().refine(Boolean) }), /contract field a/],
    ['a refined choice', z.object({ a: z.enum(['x']).refine(Boolean) }), /contract field a/],
    ['a format', z.object({ a: z.email() }), /contract field a: use/],
    ['a default', z.object({ a: money().default('0') }), /contract field a: use/],
    ['a transformation', z.object({ a: money().transform(Number) }), /contract field a: use/],
    ['a fallback', z.object({ a: money().catch('0') }), /contract field a: use/],
    ['a refinement of the record', z.object({ a: money() }).refine(() => true), /^a contract: the engine/],
    ['a strict object', z.strictObject({ a: money() }), /say drift/],
  ])('%s is refused where the stream is defined', (_what, contract, message) => {
    const define = () => defineStream({ name: 'orders', vendorName: 'Order', key: ['a'], contract });
    expect(define).toThrow(message);
  });

  test('a description is none', () => {
    expect(fieldsOf(z.object({ a: money().describe('tax included').nullable() }))).toHaveLength(1);
  });
});

describe('secrets in a config', () => {
  const spec = z.object({
    user: z.string(),
    password: secret(),
    token: secret().optional(),
    proxy: z.object({ key: secret() }).optional(),
  });

  test('are found, also one level down', () => {
    const config = { user: 'anna', password: 'p-1', token: 't-2', proxy: { key: 'k-3' } };
    expect(secretsIn(spec, config)).toEqual(['p-1', 't-2', 'k-3']);
  });

  test('a config without them, or none at all, has none', () => {
    expect(secretsIn(spec, { user: 'anna' })).toEqual([]);
    expect(secretsIn(spec, undefined)).toEqual([]);
  });
});
