import { randomUUID } from 'node:crypto';
import { type Budget, MillraceError, type PaidCall } from '../../connectors/kit';
import type { Warehouse } from '../../warehouse';

export interface Caps {
  /** Decimal text, CNY. */
  dayCny: string;
  monthCny: string;
}

/** Calls are booked one after the other, whichever worker makes them: two could not see each other's, and share the last yuan. */
const TURN = { turn: 'budget' };

/**
 * The ledger of paid calls (A3): a call is booked before it is made, and refused when the day's or the month's cap in
 * Asia/Shanghai would be passed. Without caps every call is refused: money is spent only where somebody said how much.
 */
export function bureauBudget(warehouse: Warehouse, connection: string, caps: Caps | undefined): Budget {
  return {
    async spend({ service, priceCny, subject }: PaidCall): Promise<void> {
      if (!caps)
        throw exhausted(
          connection,
          'No budget is set for paid calls',
          'Write budget: {dayCny, monthCny} into the config of this connection',
        );
      await warehouse.transaction(async (session) => {
        const [spent] = await session.rows(
          `select
             coalesce(sum(price_cny) filter (where business_date(called_at) = business_date(timezone('UTC', now()))), 0)
               + cast(? as decimal(18, 4)) > cast(? as decimal(18, 2)) as day_is_spent,
             coalesce(sum(price_cny), 0) + cast(? as decimal(18, 4)) > cast(? as decimal(18, 2)) as month_is_spent
           from meta.bureau_call
           where connection = ? and month_start(business_date(called_at)) = month_start(business_date(timezone('UTC', now())))`,
          [priceCny, caps.dayCny, priceCny, caps.monthCny, connection],
        );
        if (spent?.month_is_spent)
          throw exhausted(
            connection,
            `The month's cap of ${caps.monthCny} CNY is reached`,
            'The check goes on next month',
          );
        if (spent?.day_is_spent)
          throw exhausted(
            connection,
            `The day's cap of ${caps.dayCny} CNY is reached`,
            'The check goes on tomorrow',
          );
        await session.run(
          "insert into meta.bureau_call values (?, ?, ?, ?, cast(? as decimal(18, 4)), timezone('UTC', now()))",
          [randomUUID(), connection, service, subject, priceCny],
        );
      }, TURN);
    },
  };
}

function exhausted(connection: string, what: string, todo: string): MillraceError {
  return new MillraceError('budget_exhausted', { what, where: `connection ${connection}`, todo });
}
