import { readFileSync } from 'node:fs';
import type { TLSConfig } from '@temporalio/common/lib/internal-non-workflow';
import { MillraceError } from '../../connectors/kit';
import { environmentSecret } from '../config/secrets';

/** A Temporal server that runs elsewhere, and how to be let in. */
export interface TemporalAddress {
  address: string;
  namespace: string;
  apiKey?: string;
  tls?: TLSConfig | boolean;
}

/**
 * What the environment says, in the names that Temporal's own command line and SDKs use; undefined without
 * TEMPORAL_ADDRESS: the hub then starts a server of its own. Errors: `config_invalid`.
 */
export function temporalAddress(): TemporalAddress | undefined {
  const address = process.env.TEMPORAL_ADDRESS;
  if (!address) return undefined;
  const apiKey = environmentSecret('TEMPORAL_API_KEY', (what) => {
    throw wrong('TEMPORAL_API_KEY_FILE', what);
  });
  const tls = tlsFromEnvironment(apiKey !== undefined);
  return {
    address,
    namespace: process.env.TEMPORAL_NAMESPACE || 'default',
    ...(apiKey !== undefined && { apiKey }),
    ...(tls !== undefined && { tls }),
  };
}

/** TLS is on with TEMPORAL_TLS=true, with any certificate, and with an API key, which must not travel in the clear. */
function tlsFromEnvironment(hasApiKey: boolean): TLSConfig | boolean | undefined {
  const switched = flag('TEMPORAL_TLS');
  if (switched === false) return undefined;
  const crt = pem('TEMPORAL_TLS_CLIENT_CERT');
  const key = pem('TEMPORAL_TLS_CLIENT_KEY');
  const serverRootCACertificate = pem('TEMPORAL_TLS_SERVER_CA_CERT');
  const serverNameOverride = process.env.TEMPORAL_TLS_SERVER_NAME;
  if ((crt === undefined) !== (key === undefined))
    throw wrong(
      'TEMPORAL_TLS_CLIENT_CERT_PATH, TEMPORAL_TLS_CLIENT_KEY_PATH',
      'a client certificate and its key belong together',
    );
  const tls: TLSConfig = {
    ...(crt && key && { clientCertPair: { crt, key } }),
    ...(serverRootCACertificate && { serverRootCACertificate }),
    ...(serverNameOverride && { serverNameOverride }),
  };
  if (Object.keys(tls).length > 0) return tls;
  return switched === true || hasApiKey ? true : undefined;
}

/** Text of a certificate or key: NAME_DATA itself, or the file at NAME_PATH. */
function pem(name: string): Buffer | undefined {
  const data = process.env[`${name}_DATA`];
  if (data) return Buffer.from(data);
  const path = process.env[`${name}_PATH`];
  if (!path) return undefined;
  try {
    return readFileSync(path);
  } catch (cause) {
    throw wrong(`${name}_PATH`, `the file ${path} cannot be read`, cause);
  }
}

function flag(name: string): boolean | undefined {
  const text = process.env[name]?.toLowerCase();
  if (!text) return undefined;
  if (text === 'true' || text === '1') return true;
  if (text === 'false' || text === '0') return false;
  throw wrong(name, 'write true or false');
}

function wrong(where: string, why: string, cause?: unknown): MillraceError {
  return new MillraceError('config_invalid', {
    what: `The way to Temporal is not clear: ${why}`,
    where: `environment ${where}`,
    todo: 'Correct the variable; docs/operating.md lists all of them',
    cause,
  });
}
