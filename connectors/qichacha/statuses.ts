import { z } from 'zod';
import type { Answer, ErrorCode, Explanation } from '../kit';

/** What a `Status` means for us. It is text, and HTTP is 200 whatever it says. */
export interface StatusMeaning {
  /** answer: it holds for this company · skip: this company cannot be asked · retry: again soon · stop: the whole run ends. */
  does: 'answer' | 'skip' | 'retry' | 'stop';
  isBilled: boolean;
  code?: ErrorCode;
  todo?: string;
}

const answer = (): StatusMeaning => ({ does: 'answer', isBilled: true });
const skip = (isBilled = true): StatusMeaning => ({ does: 'skip', isBilled });
const retry = (code: ErrorCode, isBilled = false): StatusMeaning => ({ does: 'retry', isBilled, code });
const stop = (code: ErrorCode, todo: string, isBilled = false): StatusMeaning => ({
  does: 'stop',
  isBilled,
  code,
  todo,
});

const KEY = 'Check appKey and secretKey (openapi.qcc.com → 我的接口)';
const SIGNED = 'Check secretKey, this machine’s clock (the signature holds the second) and the IP allow list';
const BUY = 'Order the service or top up the account at openapi.qcc.com, or take it out of `services`';
const ASK = 'Ask the vendor’s support; do not repeat the call, refusals are counted';
const TOMORROW = 'Limits of a day start anew at midnight (China)';

/** openapi.qcc.com/services/after/status. Billed ones are the vendor's "有效请求". */
const STATUSES: Readonly<Record<string, StatusMeaning>> = {
  '200': answer(),
  '201': answer(), // 查询无结果: asked, paid, nothing found
  '202': skip(), // 查询参数错误
  '207': skip(), // 条目数超过上限 (5000)
  '208': skip(), // 不支持此公司类型
  '209': skip(), // 企业数量超过上限
  '110': skip(), // 相同查询连续出错，请等 2 小时
  '213': skip(), // 参数长度不能小于 2
  '215': skip(), // 不支持的查询关键字
  '223': skip(false), // 参数有歧义
  '224': skip(false), // 参数无效
  '205': retry('vendor_busy', true), // 等待处理中: asked again until it is ready
  '120': retry('rate_limited'), // 流量异常，请稍后再试
  '122': retry('rate_limited'), // 并发超限
  '199': retry('vendor_busy'), // 系统未知错误
  '203': retry('vendor_busy'), // 系统查询有异常
  '101': stop('login_refused', KEY), // KEY 无效
  '103': stop('login_refused', KEY), // KEY 被暂停
  '104': stop('login_refused', KEY), // KEY 异常
  '107': stop('login_refused', SIGNED), // 被禁止的 IP 或者签名错误
  '115': stop('login_refused', SIGNED), // 身份验证错误或者已过期
  '119': stop('login_refused', ASK), // 账户异常
  '102': stop('quota_exhausted', BUY), // KEY 已欠费
  '112': stop('quota_exhausted', BUY), // 剩余使用量不足或已过期
  '109': stop('quota_exhausted', TOMORROW), // 请求超过系统限制
  '116': stop('quota_exhausted', TOMORROW), // 请求超过日调用总数限制
  '106': stop('permission_refused', ASK), // 非法请求过多
  '108': stop('permission_refused', ASK), // 异常请求过多
  '121': stop('permission_refused', 'Call from a machine inside China (数据不可出境)'),
  '111': stop('permission_refused', BUY), // 接口权限未开通
  '113': stop('permission_refused', BUY), // 接口已被删除
  '114': stop('permission_refused', BUY), // 接口已被禁用
  '214': stop('permission_refused', BUY), // 还未购买过该接口
  '105': stop('not_found', BUY, true), // 接口已下线停用
  '117': stop('bad_request', ASK),
  '118': stop('bad_request', ASK), // method not supported
  '123': stop('bad_request', ASK),
  '124': stop('vendor_busy', 'Wait: the vendor is in maintenance'),
  '999': stop('vendor_busy', ASK),
};
const UNKNOWN = stop('bad_request', ASK);

export const meaningOf = (status: string): StatusMeaning => STATUSES[status] ?? UNKNOWN;

const envelope = z.object({ Status: z.string(), Message: z.string().nullish() });

/** The bureau's answers in our words; `seen` is told the `Status`. */
export function explain(body: Answer, seen: (status: string) => void): Explanation | undefined {
  if (body.status !== 200) return undefined;
  const answered = envelope.safeParse(body.json()); // no whole document: truncated_answer
  if (!answered.success) return { code: 'bad_answer', message: 'no Status' };
  const { Status, Message } = answered.data;
  seen(Status);
  const { code, todo } = meaningOf(Status);
  if (!code) return undefined;
  return { code, message: `Status ${Status}, ${Message ?? ''}`, ...(todo && { todo }) };
}
