export { type Decisions, type Match, matchEvent, moneyOf, readDecisions } from './decisions';
export type { Answer, MatchClass, Part, Reason, ReasonKey } from './explanation';
export { matchLines } from './matchLines';
export { centsOf, centsText } from './money';
export { normalName } from './names';
export type { BankLine, KnownPayer, OpenItem, Party, Question } from './question';
export { type MatchCounts, runMatching } from './runMatching';
