import type { AcceptanceSubject } from '../kit/acceptance';
import { businessDay } from './plan';
import { QichachaSandbox } from './sandbox';

const FREE =
  'a call that proves the key costs money, and the vendor has none that is free: the first read proves it';
const NO_CURSOR = 'the bureau has no "changed since": what changed shows when a company is asked about again';
const NO_KEYS =
  'nothing is deleted: what leaves a list shows in the next check of the company, staging marks it';

/** The acceptance kit's subject: companies of the config, one service, nothing on record; a company is a page. */
export async function openSubject(): Promise<AcceptanceSubject> {
  const sandbox = new QichachaSandbox();
  await sandbox.start();
  const { appKey, secretKey } = sandbox.options;
  const companies: { creditCode: string; name: string }[] = [];
  const config = {
    baseUrl: sandbox.baseUrl,
    appKey,
    secretKey,
    services: ['ShixinCheck'],
    retryPauseMs: 1,
    companies,
  };
  return {
    config,
    wrongConfig: { ...config, secretKey: 'a-wrong-secret-key' },
    stream: 'answers',
    pageRows: 1,
    seed(count) {
      for (let i = 0; i < count; i++) {
        const company = {
          creditCode: `91320500MA1${String(companies.length).padStart(7, '0')}`,
          name: `公司${companies.length}`,
        };
        companies.push(company);
        sandbox.seed('companies', [company]);
      }
    },
    touch: () => undefined,
    remove: () => undefined,
    addBadRow: () => '',
    inject: (fault, options) => sandbox.inject(fault, options),
    forbid: () => sandbox.forbid('ShixinCheck'),
    recordsAtVendor: () =>
      companies.map(({ creditCode }) => `${creditCode}|ShixinCheck|check ${businessDay(new Date())}`),
    loginAttempts: () => [...sandbox.calls.values()].reduce((sum, calls) => sum + calls, 0),
    businessWords: /剩余使用量已不足/,
    throttledForMs: 0,
    notApplicable: {
      'a wrong password is login_refused and is tried once only': FREE,
      'a stream that may not be read is named by its check': FREE,
      'no secret stands in an error': `${FREE}; the tests above look for secrets in the errors of a read`,
      'a bad row comes through, and so do its neighbours':
        'days and amounts come as free text; what cannot be read is null beside the vendor record',
      'more records than a page holds may share one cursor value': NO_CURSOR,
      'a change is seen by the next read, without reading all again': NO_CURSOR,
      'a change that committed late is seen by the next read': NO_CURSOR,
      'a record changed while we read hides neither itself nor its neighbour': NO_CURSOR,
      'keys are all keys, on more than one page': NO_KEYS,
      'deleted records are missing from the keys': NO_KEYS,
      'a session lost in mid-run is renewed once, and nothing is lost':
        'every call is signed by itself: there is no session',
    },
    close: () => sandbox.stop(),
  };
}
