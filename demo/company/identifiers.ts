/** A CRM record's `_id`: 24 hexadecimal digits, equal for equal kind and number, ascending in number within a kind. */
export function identifier(kind: keyof typeof KINDS, number: number): string {
  let hash = Math.imul(number + 1, 0x9e3779b1) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b) >>> 0;
  return `65${KINDS[kind]}${(number + 1).toString(16).padStart(12, '0')}${hash.toString(16).padStart(8, '0')}`;
}

const KINDS = {
  account: 'a1',
  opportunity: 'b2',
  activity: 'c3',
  stage: 'd4',
  edit: 'd5',
  statement: 'e5',
  territory: 'f6',
  person: '97',
  contact: '98',
} as const;
