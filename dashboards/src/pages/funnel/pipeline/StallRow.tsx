import { Button } from '@mantine/core';
import { useFilters } from '../../../filters';
import { cutMiddle, money } from '../../../format';
import { useNarrow } from '../../../frame/useNarrow';
import { usePipelineWords } from '../../../words/pipeline';
import { SnoozeStall } from './SnoozeStall';
import type { Stall } from './useStalls';

const NARROW_NAME = 9;
const MOST_SNOOZES = 2;

type Props = {
  stall: Stall;
  isBusy: boolean;
  isSnoozing: boolean;
  start: () => void;
  cancel: () => void;
  wake: () => void;
  snooze: (until: string, reason: string) => void;
};

export function StallRow({ stall, isBusy, isSnoozing, start, cancel, wake, snooze }: Props) {
  const words = usePipelineWords();
  const narrow = useNarrow();
  const { lang } = useFilters().filters;
  const name = stall.opportunity_name ?? stall.opportunity_id;
  const left = MOST_SNOOZES - stall.snoozes;
  return (
    <>
      <tr aria-busy={isBusy || undefined}>
        <td title={name}>
          {narrow ? cutMiddle(name, NARROW_NAME) : name}
          {stall.is_snoozed && <div className="muted">{words.snoozedUntil(stall.snoozed_until ?? '')}</div>}
        </td>
        {!narrow && <td>{stall.customer_name ?? '—'}</td>}
        {!narrow && <td>{stall.stage_name ?? '—'}</td>}
        {!narrow && <td>{stall.owner_name ?? '—'}</td>}
        <td className="num">{money(stall.amount_cny, lang)}</td>
        <td className="num">{stall.stall_days}</td>
        {!narrow && (
          <td className="nowrap">
            {`${stall.last_movement_date} ${words.kinds[stall.last_movement_kind] ?? stall.last_movement_kind}`}
          </td>
        )}
        <td className="row-actions">
          {stall.is_snoozed ? (
            <Act label={words.wake} of={name} act={wake} isDisabled={isBusy} />
          ) : (
            <Act
              label={left > 0 ? words.snoozeLeft(left) : words.noMore}
              of={name}
              act={start}
              isDisabled={isBusy || left <= 0}
            />
          )}
        </td>
      </tr>
      {isSnoozing && (
        <tr>
          <td colSpan={8}>
            <SnoozeStall name={name} save={snooze} cancel={cancel} />
          </td>
        </tr>
      )}
    </>
  );
}

type ActProps = { label: string; of: string; act: () => void; isDisabled: boolean };

function Act({ label, of, act, isDisabled }: ActProps) {
  return (
    <Button
      variant="subtle"
      size="compact-xs"
      className="touch"
      disabled={isDisabled}
      onClick={act}
      aria-label={`${label}: ${of}`}
    >
      {label}
    </Button>
  );
}
