import type { AcceptanceSubject } from '../kit/acceptance';
import { FxiaokeSandbox } from './sandbox';

export const START = Date.parse('2026-01-05T00:00:00Z');
const PAGE_ROWS = 5;

export const idOf = (index: number) => `68fa${String(index).padStart(20, '0')}`;

export function configOf(sandbox: FxiaokeSandbox) {
  const { appId, appSecret, permanentCode } = sandbox.options;
  const limits = { callsPer20Seconds: 10_000, rowsPerPage: PAGE_ROWS };
  return { baseUrl: sandbox.baseUrl, appId, appSecret, permanentCode, userId: '1000', ...limits };
}

/** The acceptance kit's subject: opportunities, one a minute. */
export async function openSubject(): Promise<AcceptanceSubject> {
  const sandbox = new FxiaokeSandbox({ callsPer20Seconds: 10_000 });
  await sandbox.start();
  sandbox.seed('PersonnelObj', [{ _id: '1000', user_id: '1000', status: '0' }]); // the user itself: no tenant is without
  const kind = 'NewOpportunityObj';
  let made = 0;
  let newest = START;
  const later = () => (newest += 60_000);
  const opportunity = (amount: string, time: number) => ({
    _id: idOf(++made),
    name: `商机${made}`,
    amount,
    sales_stage: '1',
    owner: ['1000'],
    last_modified_time: time,
  });
  const config = configOf(sandbox);
  return {
    config,
    wrongConfig: { ...config, appSecret: 'a-wrong-app-secret' },
    stream: 'opportunities',
    pageRows: PAGE_ROWS,
    seed(count, { sameCursor = false } = {}) {
      const shared = later();
      sandbox.seed(
        kind,
        Array.from({ length: count }, () => opportunity('100.50', sameCursor ? shared : later())),
      );
    },
    touch(ids, { isLate = false } = {}) {
      const last_modified_time = isLate ? newest - 30_000 : later();
      const rows = sandbox.records(kind).filter(({ _id }) => ids.includes(String(_id)));
      sandbox.seed(
        kind,
        rows.map((row) => ({ ...row, amount: '200.00', last_modified_time })),
      );
    },
    remove: (ids) => sandbox.remove(kind, ids),
    addBadRow() {
      const row = opportunity('一百元', later());
      sandbox.seed(kind, [row]);
      return row._id;
    },
    inject: (fault, options) => sandbox.inject(fault, options),
    forbid: () => sandbox.forbid(kind),
    recordsAtVendor: () => sandbox.records(kind).map(({ _id }) => String(_id)),
    loginAttempts: () => sandbox.gate.logins,
    businessWords: /参数错误/,
    throttledForMs: 0,
    close: () => sandbox.stop(),
  };
}
