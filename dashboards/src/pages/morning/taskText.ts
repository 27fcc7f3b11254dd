import type { Task } from '../../api/finance';
import { recordKey } from '../../api/record';
import { money, type Lang } from '../../format';
import type { FinanceWords } from '../../words/finance';

/** Why the task stands on the list, in one clause. */
export function whyOf({ task_kind, days, detail }: Task, { whys }: FinanceWords): string {
  const past = String(Math.max(0, days));
  switch (task_kind) {
    case 'missing':
      return whys.missing(past);
    case 'broken':
      return whys.broken(past);
    case 'payer':
      return whys.payer(detail ?? '—');
    case 'match':
      return detail === 'differs' ? whys.differs : whys.match;
    case 'bank':
      return whys.bank(detail ?? '—');
    case 'said':
      return detail === 'confirmed' ? whys.confirmed : whys.promised;
    case 'due':
      return whys.due;
    default:
      return whys.arrived(detail ?? '—');
  }
}

/** What Enter opens: the statement, the item or the bank line behind the task. */
export function recordOf({ statement_id, item_id, bank_transaction_id }: Task): string | undefined {
  if (statement_id !== null) return recordKey('core.forecast_statement', statement_id);
  if (item_id !== null) return recordKey('core.open_item', item_id);
  if (bank_transaction_id !== null) return recordKey('core.bank_transaction', bank_transaction_id);
  return undefined;
}

export const questionOf = (task: Task, words: FinanceWords, lang: Lang): string =>
  words.question(
    task.customer_name ?? words.unknown,
    task.document_number ?? '',
    money(task.amount_cny, lang),
    task.task_date,
  );
