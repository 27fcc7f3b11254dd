import { useFilters } from '../../filters';
import { addMonths } from '../../months';
import { useAccuracyByMonth } from './useAccuracyByMonth';
import { useConfirmedUnpaid } from './useConfirmedUnpaid';
import { useReceivables } from './useReceivables';
import { useReceivedByMonth } from './useReceivedByMonth';

/** What sentence and tiles say about the chosen month, and what the lists below must add up to. */
export function useMonthFigures() {
  const { month, isRunning } = useFilters().filters;
  const accuracy = useAccuracyByMonth();
  const received = useReceivedByMonth();
  const confirmed = useConfirmedUnpaid();
  const receivables = useReceivables();
  const before = addMonths(month, -1);
  return {
    accuracy,
    received,
    confirmed,
    receivables,
    judged: accuracy.data?.find((row) => row.month === month),
    /** a running month has no fair comparison with a whole one */
    judgedBefore: isRunning ? undefined : accuracy.data?.find((row) => row.month === before),
    got: received.data?.find((row) => row.month === month),
    gotBefore: isRunning ? undefined : received.data?.find((row) => row.month === before),
    unpaid: confirmed.data?.[0],
    owed: receivables.data?.[0],
  };
}

export type MonthFigures = ReturnType<typeof useMonthFigures>;
