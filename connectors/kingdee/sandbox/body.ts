import type { SandboxRequest } from '../../kit';
import { MSG, Refused } from './errors';

/** What a caller passed: by name, or by position (`parameters`). */
export interface Arguments {
  named: Record<string, unknown>;
  positional: unknown[];
}

/**
 * The four ways to pass arguments that the server takes: JSON by name, JSON by position, a form, and an envelope whose
 * `parameters` is JSON text.
 */
export function argumentsOf({ headers, body }: SandboxRequest): Arguments {
  const text = body.toString('utf8');
  if ((headers['content-type'] ?? '').includes('x-www-form-urlencoded')) {
    return { named: Object.fromEntries(new URLSearchParams(text)), positional: [] };
  }
  if (text === '') return { named: {}, positional: [] };
  const value = objectOf(parsed(text));
  const { parameters } = value;
  if (parameters === undefined) return { named: value, positional: [] };
  const list = typeof parameters === 'string' ? parsed(parameters) : parameters;
  return { named: {}, positional: Array.isArray(list) ? list : [list] };
}

/** The argument `name`, whatever its letters' case, else the one at `position`. */
export function argument({ named, positional }: Arguments, name: string, position: number): unknown {
  const key = Object.keys(named).find((each) => each.toLowerCase() === name.toLowerCase());
  return key === undefined ? positional[position] : named[key];
}

/** An argument that is an object or the JSON text of one. */
export const objectOf = (value: unknown): Record<string, unknown> => {
  const inner = typeof value === 'string' ? parsed(value) : value;
  if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) throw malformed();
  return inner as Record<string, unknown>;
};

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw malformed();
  }
}

const malformed = () => new Refused({ message: '传入的参数不是有效的JSON', msgCode: MSG.parameter });
