import { MillraceError, messageOf } from '../../connectors/kit';

/** Class 08: the connection; 57P01-57P03: the server stops or starts; 53300: no connection is free. */
const LOST = /^(08...|57P0[123]|53300|ECONN.*|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN)$/;
const LOST_TEXT = /connection terminated|connection error|not queryable|connection ended|client was closed/i;
/** Two transactions stood in each other's way; this one was rolled back and may run again. */
const CONFLICT = /^(40001|40P01|55P03)$/;

export const isConflict = (error: unknown): boolean => CONFLICT.test(codeOf(error));

export function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}

/** The server went away or gave way: `warehouse_lost`, which a retry survives. Anything else stays as Postgres says it. */
export function explained(error: unknown, place: string): unknown {
  if (error instanceof MillraceError) return error;
  const code = codeOf(error);
  if (LOST.test(code) || LOST_TEXT.test(messageOf(error))) {
    return new MillraceError('warehouse_lost', {
      what: 'The connection to the Postgres warehouse was lost',
      where: place,
      todo: 'Nothing, when the server is back within minutes: what was not committed is done again. Otherwise start it',
      cause: error,
    });
  }
  if (isConflict(error)) {
    return new MillraceError('warehouse_lost', {
      what: 'Postgres rolled a transaction back because another one was faster',
      where: place,
      todo: 'Nothing: it is done again',
      cause: error,
    });
  }
  if (/^53[12]00$/.test(code)) {
    return new MillraceError('warehouse_unusable', {
      what: `The Postgres server has no room left: ${messageOf(error)}`,
      where: place,
      todo: 'Free disk space (or memory) on the server; what was not committed is done again',
      cause: error,
    });
  }
  if (code === '57014') {
    return new MillraceError('warehouse_lost', {
      what: `Postgres cancelled a statement: ${messageOf(error)}`,
      where: place,
      todo: 'It is tried again; if it happens again, raise statement_timeout or lock_timeout for the user of Millrace, or end what holds the lock',
      cause: error,
    });
  }
  if (code === '25006') {
    return new MillraceError('warehouse_unusable', {
      what: `The Postgres database takes no writes: ${messageOf(error)}`,
      where: place,
      todo: 'Connect to the primary server, or turn default_transaction_read_only off; nothing half done was kept',
      cause: error,
    });
  }
  if (/^(28...|3D000|42501)$/.test(code)) return unusable(error, place);
  return error;
}

/** Why a warehouse cannot be opened, and what to do about it. */
export function unusable(error: unknown, place: string): MillraceError {
  if (error instanceof MillraceError) return error;
  const [what, todo] = reasonOf(codeOf(error), messageOf(error));
  return new MillraceError('warehouse_unusable', { what, where: place, todo, cause: error });
}

function reasonOf(code: string, message: string): [what: string, todo: string] {
  switch (code) {
    case '28P01':
    case '28000':
      return [
        'Postgres refused the user or the password',
        'Check the user in warehouse: and the secret that holds the password; pg_hba.conf must let this host in',
      ];
    case '3D000':
      return [
        'The database does not exist on the Postgres server',
        "Create it: create database millrace template template0 encoding 'UTF8' locale 'C'",
      ];
    case '42501':
      return [
        `The Postgres user lacks a right: ${message}`,
        'Make it the owner of the database: alter database … owner to …',
      ];
    case 'ENOTFOUND':
      return ['The name of the Postgres server is not known', 'Check the host in warehouse:'];
    default:
      return [
        `The Postgres server cannot be used: ${message || code}`,
        'Check that it runs, that host and port in warehouse: are right, and that a firewall lets this host in',
      ];
  }
}
