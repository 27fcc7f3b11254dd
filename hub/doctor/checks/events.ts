import { verifyEvents } from '../../../warehouse';
import { type Check, ok } from '../finding';

/** What people did is a chain in which each row holds the hash of the row before; one that was changed by hand breaks it. */
export const events: Check = {
  name: 'events',
  async run({ warehouse }) {
    const count = await verifyEvents(warehouse);
    return [ok(`All ${count} events of people are as they were written`)];
  },
};
