import { type Connection, isGrpcServiceError } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time';

const RETENTION = msToTs('30 days');

/** From the gRPC specification. */
const NOT_FOUND = 5;
const ALREADY_EXISTS = 6;
const PERMISSION_DENIED = 7;
const UNIMPLEMENTED = 12;

/**
 * Finished runs stay visible for 30 days; the dev server's default is one. A cluster is started without any namespace, so a
 * missing one is made. Where namespaces are somebody else's business (Temporal Cloud) it stays as it is. Safe at every start.
 */
export async function prepareNamespace(
  { workflowService }: Connection,
  namespace = 'default',
): Promise<void> {
  try {
    await workflowService.updateNamespace({
      namespace,
      config: { workflowExecutionRetentionTtl: RETENTION },
    });
  } catch (error) {
    const code = codeOf(error);
    if (code === PERMISSION_DENIED || code === UNIMPLEMENTED) return;
    if (code !== NOT_FOUND) throw error;
    await workflowService
      .registerNamespace({ namespace, workflowExecutionRetentionPeriod: RETENTION })
      .catch((failure: unknown) => {
        if (codeOf(failure) !== ALREADY_EXISTS) throw failure; // another process was faster
      });
  }
}

const codeOf = (error: unknown): number | undefined => (isGrpcServiceError(error) ? error.code : undefined);
