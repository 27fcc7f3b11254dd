import { appendEvents, type NewEvent, type Warehouse } from '../../warehouse';
import { ADMIN } from '../access/users';
import { importControl } from '../finance/controlFigures';
import type { Setup } from '../setup/setup';

/** What people of the demo company have entered in the hub: its disputes and the bookkeeper's ledger. A second start adds nothing. */
export async function enterDemo(warehouse: Warehouse, { demoFinance, config }: Setup): Promise<void> {
  if (!demoFinance) return;
  const { disputes, ledger } = await demoFinance();
  const events = disputes.flatMap((dispute): NewEvent[] => {
    const { disputeId, by, amount, reason, note, since, agreed } = dispute;
    const act = (kind: string, body: NewEvent['body']): NewEvent => ({
      eventId: `${disputeId}/${kind}`,
      kind,
      actor: by,
      subject: disputeId,
      body,
    });
    const opened = act('dispute.opened', {
      item_id: dispute.itemId,
      document_id: dispute.documentId,
      document_number: dispute.documentNumber,
      amount,
      reason,
      note,
      since,
    });
    if (agreed === null) return [opened];
    return [
      opened,
      act('deduction.agreed', { amount: agreed }),
      act('dispute.closed', { outcome: 'deduction', note }),
    ];
  });
  await appendEvents(warehouse, events);
  const file = { name: ledger.fileName, content: Buffer.from(ledger.text), apply: true };
  await importControl(warehouse, ADMIN, Object.keys(config.connections), file);
}
