import { z } from 'zod';
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
