import type { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time';

/** Finished runs stay visible for 30 days; the dev server's default is one. Safe to call at every start. */
export async function prepareNamespace(
  { workflowService }: Connection,
  namespace = 'default',
): Promise<void> {
  await workflowService.updateNamespace({
    namespace,
    config: { workflowExecutionRetentionTtl: msToTs('30 days') },
  });
}
