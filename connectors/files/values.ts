import type { Field } from '../kit';
import type { CellSpec } from './spec';
import { dayOf, instantOf } from './times';

/** A value for the entity's column, or why there is none. */
export type Value = { value: string | null } | { problem: string };

/** A cell's text as its column's kind wants it: exact decimals, ISO days, instants in UTC, true or false. */
export function valueOf(field: Field, text: string, options: Partial<CellSpec>, zone: string): Value {
  switch (field.kind.kind) {
    case 'money':
      return amount(text, options);
    case 'quantity':
      return number(text, options);
    case 'integer':
      return /^-?\d{1,18}$/.test(text) ? { value: text } : wrong(text, 'no whole number');
    case 'flag':
      return flag(text);
    case 'businessDate':
      return found(dayOf(text, options.format, options.zone ?? zone), text, 'no day', options);
    case 'utcTime':
      return found(instantOf(text, options.format, options.zone ?? zone), text, 'no time', options);
    case 'choice':
      return field.kind.values.includes(text)
        ? { value: text }
        : wrong(text, `none of ${field.kind.values.join(', ')}`);
    default:
      return { value: text };
  }
}

const wrong = (text: string, what: string): Value => ({ problem: `"${shortened(text)}" is ${what}` });

const SHOWN = 40;
const shortened = (text: string) => (text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text);

function found(value: string | undefined, text: string, what: string, { format }: Partial<CellSpec>): Value {
  if (value !== undefined) return { value };
  return wrong(text, `${what} of the form ${format ?? 'yyyy-MM-dd, with or without a time'}`);
}

const YES = new Set(['true', '1', 'yes', 'y', '是']);
const NO = new Set(['false', '0', 'no', 'n', '否']);

function flag(text: string): Value {
  const word = text.toLowerCase();
  if (YES.has(word)) return { value: 'true' };
  return NO.has(word) ? { value: 'false' } : wrong(text, 'neither yes nor no');
}

/** Plain decimal text: sign, digits, point, digits. */
function number(text: string, { decimal = '.', group }: Partial<CellSpec>): Value {
  const marks = group === ' ' ? ' \u00a0' : (group ?? '');
  const [, sign = '', whole = '', fraction] =
    new RegExp(`^([+-]?)([\\d${marks}]*\\d)(?:\\${decimal}(\\d*))?$`).exec(text) ?? [];
  const digits = group === undefined ? whole : withoutGroups(whole, group);
  if (digits === undefined || !/^\d{1,16}$/.test(digits)) {
    const form = `a decimal "${decimal}"${group === undefined ? '' : ` and "${group}" between thousands`}`;
    return wrong(text, `no number with ${form}`);
  }
  return { value: `${sign === '-' ? '-' : ''}${digits}${fraction ? `.${fraction}` : ''}` };
}

/** Undefined: the marks do not stand between thousands, so perhaps they are no such marks. */
function withoutGroups(whole: string, group: string): string | undefined {
  const parts = whole.replaceAll('\u00a0', ' ').split(group);
  const [first = '', ...others] = parts;
  if (others.length === 0) return first;
  return first.length >= 1 && first.length <= 3 && others.every((part) => /^\d{3}$/.test(part))
    ? parts.join('')
    : undefined;
}

function amount(text: string, options: Partial<CellSpec>): Value {
  const plain = number(text, options);
  if ('problem' in plain || plain.value === null) return plain;
  if (options.rate !== undefined) return { value: times(plain.value, options.rate) };
  const fraction = plain.value.split('.')[1] ?? '';
  return /^\d{0,2}0*$/.test(fraction) ? plain : wrong(text, 'no amount: it has more than two decimals');
}

const CENTS = 2;

/** The exact product in cents, half away from zero (METRICS 0.7). */
function times(amountText: string, rate: string): string {
  const isNegative = amountText.startsWith('-');
  const [units, unitDecimals] = scaled(amountText.replace('-', ''));
  const [rateUnits, rateDecimals] = scaled(rate);
  const decimals = unitDecimals + rateDecimals;
  const product = units * rateUnits * 10n ** BigInt(CENTS);
  const divisor = 10n ** BigInt(decimals);
  const cents = (product * 2n + divisor) / (divisor * 2n);
  const digits = String(cents).padStart(CENTS + 1, '0');
  return `${isNegative && cents > 0n ? '-' : ''}${digits.slice(0, -CENTS)}.${digits.slice(-CENTS)}`;
}

function scaled(text: string): [bigint, number] {
  const [whole = '0', fraction = ''] = text.split('.');
  return [BigInt(whole + fraction), fraction.length];
}
