import type { AcceptanceSubject } from '../kit/acceptance';
import { longId } from './ids';
import { SalesforceSandbox, timeText } from './sandbox';

export const START = Date.parse('2026-01-05T00:00:00Z');
const PAGE_ROWS = 5;

export const idOf = (prefix: string, index: number): string =>
  longId(`${prefix}${String(index).padStart(12, '0')}`);

export function configOf({ baseUrl, options }: SalesforceSandbox) {
  const { clientId, clientSecret } = options;
  return { baseUrl, clientId, clientSecret, rowsPerPage: PAGE_ROWS, settleSeconds: 0 };
}

/** The acceptance kit's subject: opportunities, one a minute. */
export async function openSubject(): Promise<AcceptanceSubject> {
  const sandbox = new SalesforceSandbox();
  await sandbox.start();
  const kind = 'Opportunity';
  let made = 0;
  let newest = START;
  const later = () => (newest += 60_000);
  const opportunity = (amount: unknown, at: number) => ({
    Id: idOf('006', ++made),
    Name: `商机${made}`,
    StageName: 'Prospecting',
    Amount: amount,
    IsClosed: false,
    IsWon: false,
    SystemModstamp: timeText(new Date(at)),
  });
  const config = configOf(sandbox);
  return {
    config,
    wrongConfig: { ...config, clientSecret: 'a-wrong-client-secret' },
    stream: 'opportunities',
    pageRows: PAGE_ROWS,
    seed(count, { sameCursor = false } = {}) {
      const shared = later();
      sandbox.seed(
        kind,
        Array.from({ length: count }, () => opportunity(100.5, sameCursor ? shared : later())),
      );
    },
    touch(ids, { isLate = false } = {}) {
      const at = isLate ? newest - 30_000 : later();
      const rows = sandbox.records(kind).filter(({ Id }) => ids.includes(String(Id)));
      sandbox.seed(
        kind,
        rows.map((row) => ({ ...row, Amount: 200, SystemModstamp: timeText(new Date(at)) })),
      );
    },
    remove: (ids) => sandbox.remove(kind, ids),
    addBadRow() {
      const row = opportunity('one hundred', later());
      sandbox.seed(kind, [row]);
      return row.Id;
    },
    inject: (fault, options) => sandbox.inject(fault, options),
    forbid: () => sandbox.forbid(kind),
    recordsAtVendor: () => sandbox.records(kind).map(({ Id }) => String(Id)),
    loginAttempts: () => sandbox.logins,
    businessWords: /unexpected token: sandbox/,
    throttledForMs: 0,
    close: () => sandbox.stop(),
  };
}
