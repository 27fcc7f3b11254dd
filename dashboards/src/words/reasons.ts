import { useFilters } from '../filters';

/** Why a customer has its colour, and what would turn it green: facts of the models in whole sentences. */
const zh = {
  gap: (points: string) => `离绿灯差 ${points} 分。其他不变时，做到「转绿」中的任何一条即可。`,
  gapTooLarge: (points: string) => `离绿灯差 ${points} 分，单靠任何一项都不够。`,
  scaled: (percent: string) => `覆盖 ${percent}，其余指标缺数据；已知的权重折算成 100 分`,
  whole: '五项指标都有数据',
  punctuality: {
    still: '月末仍逾期：',
    more: (n: string) => `等 ${n} 笔`,
  },
  green: '转绿：',
  lifted: {
    dishonest_debtor: () => '失信记录撤销后，颜色按得分。',
    bankruptcy: () => '破产程序终结后，颜色按得分。',
    overdue_90: (cny: string) => `逾期超 90 天的 ${cny} 付到限额以下，颜色就按得分。`,
    held: () => '缺的数据补上后，颜色按得分。',
  } as Record<string, (cny: string) => string>,
};
type ReasonWords = typeof zh;

const en: ReasonWords = {
  gap: (points) => `${points} points short of green. Any one line under "To green" would do, all else equal.`,
  gapTooLarge: (points) => `${points} points short of green; no indicator alone would do.`,
  scaled: (percent) => `Coverage ${percent}: what is missing does not count, the other weights make 100`,
  whole: 'All five indicators have data',
  punctuality: {
    still: 'Overdue then: ',
    more: (n) => `of ${n}`,
  },
  green: 'To green: ',
  lifted: {
    dishonest_debtor: () => 'The colour follows the score once the entry is lifted.',
    bankruptcy: () => 'The colour follows the score once the bankruptcy is over.',
    overdue_90: (cny) =>
      `The colour follows the score once the ${cny} overdue > 90 days are below the limit.`,
    held: () => 'The colour follows the score once the missing data are there.',
  },
};

const reasons = { zh, en };

/** Loaded with the page, not with the frame. */
export const useReasonWords = () => reasons[useFilters().filters.lang];
