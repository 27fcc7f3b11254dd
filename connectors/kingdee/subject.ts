import type { AcceptanceSubject } from '../kit/acceptance';
import { KingdeeSandbox } from './sandbox';

const START = Date.parse('2026-01-05T08:00:00Z'); // read as Beijing time
const STEP_S = 60;

export const configOf = ({ baseUrl, account }: KingdeeSandbox) => ({
  baseUrl: `${baseUrl}/K3Cloud/`,
  accountId: account.accountId,
  user: account.user,
  appId: account.appId,
  appSecret: account.appSecret,
});

/** An approved order, with what a test says otherwise. */
export const orderOf = (id: number, modified: string, more: Record<string, unknown> = {}) => ({
  FID: id,
  FBillNo: `XSDD${id}`,
  FDocumentStatus: 'C',
  FCancelStatus: 'A',
  FCreateDate: modified,
  FModifyDate: modified,
  FApproveDate: modified,
  FDate: modified.slice(0, 10),
  FCustId: 1001,
  FBillAllAmount: '1130.00',
  ...more,
});

const entryOf = (id: number, order: number, amount = '1130.00') => ({
  FSaleOrderEntry_FEntryID: id,
  FID: order,
  FQty: '10',
  FAllAmount: amount,
});

/** Sales orders on the acceptance bench, by their heads or by their entries. */
export async function openOrders(what: 'heads' | 'entries'): Promise<AcceptanceSubject> {
  const sandbox = new KingdeeSandbox();
  await sandbox.start();
  sandbox.cap = 6; // more than pageRows: the connector's own limit decides
  const kind = what === 'heads' ? 'SAL_SaleOrder' : 'SAL_SaleOrder.FSaleOrderEntry';
  let made = 0;
  let second = 0;
  const at = (seconds: number) => new Date(START + seconds * 1_000).toISOString().slice(0, 19);
  const later = () => at((second += STEP_S));
  const add = (modified: string, amount?: string) => {
    const id = ++made;
    sandbox.seed('SAL_SaleOrder', [
      orderOf(id, modified, amount === undefined ? {} : { FBillAllAmount: amount }),
    ]);
    sandbox.seed('SAL_SaleOrder.FSaleOrderEntry', [entryOf(id, id, amount)]);
    return String(id);
  };
  const config = configOf(sandbox);
  return {
    config: { ...config, pageRows: 5 },
    wrongConfig: { ...config, appSecret: 'not-the-app-secret' },
    stream: what === 'heads' ? 'sales_orders' : 'sales_order_entries',
    pageRows: 5,
    seed(count, { sameCursor = false } = {}) {
      const time = later();
      const first = Number(add(time));
      for (let i = 1; i < count; i++) {
        if (!sameCursor) add(later());
        else if (what === 'heads') add(time);
        else sandbox.seed(kind, [entryOf(++made, first)]); // entries of one document
      }
    },
    touch(keys, { isLate = false } = {}) {
      const modified = isLate ? at(second - STEP_S / 2) : later();
      for (const key of keys) {
        const entry = sandbox.record('SAL_SaleOrder.FSaleOrderEntry', key);
        const order = typeof entry?.FID === 'number' ? String(entry.FID) : key;
        sandbox.seed('SAL_SaleOrder', [{ ...sandbox.record('SAL_SaleOrder', order), FModifyDate: modified }]);
        sandbox.seed('SAL_SaleOrder.FSaleOrderEntry', [{ ...entry, FQty: '11' }]);
      }
    },
    remove: (keys) => sandbox.remove(kind, keys),
    addBadRow: () => add(later(), '一千元'),
    inject: (fault, options) => sandbox.inject(fault, options),
    forbid: () => sandbox.forbid('SAL_SaleOrder'),
    recordsAtVendor: () => sandbox.ids(kind),
    loginAttempts: () => sandbox.logins,
    businessWords: /单据体过滤条件不合法/,
    throttledForMs: 1_000,
    close: () => sandbox.stop(),
  };
}
