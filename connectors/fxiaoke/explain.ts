import type { Answer, ErrorCode, Explanation } from '../kit';

const ADMIN =
  'Give the app and the employee of x-fs-userid the right to see it: CRM 管理后台 → 应用列表 / 数据权限';
const USER = 'Write the id of an active CRM employee into userId (人员 → 员工ID)';
const ANSWERS: Record<string, { code: ErrorCode; todo?: string }> = {
  '-1': { code: 'vendor_busy' }, // 系统繁忙
  '-2': { code: 'vendor_busy' }, // 系统错误
  '50009': { code: 'vendor_busy' }, // 服务异常，如超时
  '20005': { code: 'session_lost' },
  '20016': { code: 'session_lost' }, // token 不存在或者已经过期
  '20017': { code: 'session_lost' }, // sent without a token
  '30004': { code: 'rate_limited' }, // 秒频次超限: 100 calls in 20 s per API
  '14001': { code: 'rate_limited' }, // 接口调用超过限制
  '30002': {
    code: 'quota_exhausted',
    todo: 'The calls bought for today are used up; they start anew at midnight (China)',
  },
  '30003': {
    code: 'quota_exhausted',
    todo: 'Buy an Open API quota from the vendor (客户没有购买 openapi 配额)',
  },
  '15003': { code: 'permission_refused', todo: ADMIN },
  '20012': { code: 'permission_refused', todo: USER }, // openUserId 未找到
  '30027': { code: 'permission_refused', todo: USER }, // 员工不存在
  '20014': { code: 'permission_refused', todo: ADMIN },
  '20020': { code: 'permission_refused', todo: ADMIN },
  '20021': { code: 'permission_refused', todo: 'Switch the app on again (该 app 的状态为停用)' },
  '20022': { code: 'permission_refused', todo: 'Let the company authorise the app (企业没有对该 app 授权)' },
};
/** The published table and the gateway disagree: a bad appSecret answers 10006, which the table calls 缺少参数scope. */
const LOGIN = new Set(['10001', '10002', '10006', '10012', '11001', '11002', '11013', '20006', '20015']);
const TAIL_BYTES = 1_000;

/** Fxiaoke's answers in our words. HTTP is 200 for errors too; only `errorCode` counts, first or last in the body. */
export function explain(answer: Answer): Explanation | undefined {
  const { status, bytes, head } = answer;
  if (status >= 300 && status < 400) return { code: 'bad_request', todo: GATEWAY };
  if (status !== 200) return undefined;
  if (head.trimStart().startsWith('<')) return { code: 'bad_request', message: 'a web page', todo: GATEWAY };
  const tail = bytes.toString('utf8', Math.max(0, bytes.length - TAIL_BYTES));
  const code = codeIn(tail.slice(tail.lastIndexOf(']') + 1)) ?? codeIn(head.split('"dataList"')[0] ?? '');
  if (code === undefined) return { code: 'truncated_answer', message: 'a body without errorCode' };
  if (code === '0') return undefined;
  return refusal(code, answer);
}

const GATEWAY = 'Set baseUrl to the OpenAPI gateway of your cloud, for example https://open.fxiaoke.com';

const codeIn = (text: string): string | undefined => /"errorCode"\s*:\s*"?(-?\d+)/.exec(text)?.[1];

function refusal(code: string, { head }: Answer): Explanation {
  const message = `${textOf(head, 'errorMessage')} (errorCode ${code}, traceId ${textOf(head, 'traceId')})`;
  const known = ANSWERS[code];
  if (known) return { ...known, message };
  if (LOGIN.has(code))
    return { code: 'login_refused', message, todo: 'Check appId, appSecret and permanentCode' };
  // codes of missing rights are not published; the words are only used to give better advice
  if (message.includes('权限')) return { code: 'permission_refused', message, todo: ADMIN };
  return { code: 'bad_request', message };
}

const textOf = (head: string, name: string): string =>
  new RegExp(`"${name}"\\s*:\\s*"((?:[^"\\\\]|\\\\.)*)"`).exec(head)?.[1] ?? '-';
