import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { temporalAddress } from './temporalAddress';

describe('the way to Temporal', () => {
  const before = { ...process.env };
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'millrace-temporal-'));
    writeFileSync(join(folder, 'cert.pem'), 'certificate');
    writeFileSync(join(folder, 'key'), 'an-api-key\n');
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
    for (const name of Object.keys(process.env)) if (name.startsWith('TEMPORAL_')) delete process.env[name];
    Object.assign(process.env, before);
  });
  const told = (settings: Record<string, string>) => {
    for (const [name, value] of Object.entries(settings)) process.env[name] = value.replace('@', folder);
    return temporalAddress();
  };

  test.each`
    what                                | settings                                                                                                         | expected
    ${'nothing: a server of our own'}   | ${{ TEMPORAL_NAMESPACE: 'a' }}                                                                                   | ${undefined}
    ${'an address'}                     | ${{ TEMPORAL_ADDRESS: 'a:7233' }}                                                                                | ${{ address: 'a:7233', namespace: 'default' }}
    ${'a namespace'}                    | ${{ TEMPORAL_ADDRESS: 'a:7233', TEMPORAL_NAMESPACE: 'b' }}                                                       | ${{ address: 'a:7233', namespace: 'b' }}
    ${'TLS'}                            | ${{ TEMPORAL_ADDRESS: 'a:7233', TEMPORAL_TLS: 'true' }}                                                          | ${{ address: 'a:7233', namespace: 'default', tls: true }}
    ${'an API key, never in the clear'} | ${{ TEMPORAL_ADDRESS: 'a:7233', TEMPORAL_API_KEY: 'k' }}                                                         | ${{ address: 'a:7233', namespace: 'default', apiKey: 'k', tls: true }}
    ${'an API key in a file'}           | ${{ TEMPORAL_ADDRESS: 'a:7233', TEMPORAL_API_KEY_FILE: '@/key' }}                                                | ${{ address: 'a:7233', namespace: 'default', apiKey: 'an-api-key', tls: true }}
    ${'TLS switched off by hand'}       | ${{ TEMPORAL_ADDRESS: 'a:7233', TEMPORAL_API_KEY: 'k', TEMPORAL_TLS: 'false' }}                                  | ${{ address: 'a:7233', namespace: 'default', apiKey: 'k' }}
    ${'an authority of our own'}        | ${{ TEMPORAL_ADDRESS: 'a:7233', TEMPORAL_TLS_SERVER_CA_CERT_PATH: '@/cert.pem', TEMPORAL_TLS_SERVER_NAME: 'n' }} | ${{ address: 'a:7233', namespace: 'default', tls: { serverRootCACertificate: Buffer.from('certificate'), serverNameOverride: 'n' } }}
    ${'a client certificate'}           | ${{ TEMPORAL_ADDRESS: 'a:7233', TEMPORAL_TLS_CLIENT_CERT_DATA: 'c', TEMPORAL_TLS_CLIENT_KEY_DATA: 'k' }}         | ${{ address: 'a:7233', namespace: 'default', tls: { clientCertPair: { crt: Buffer.from('c'), key: Buffer.from('k') } } }}
  `('$what', ({ settings, expected }) => {
    expect(told(settings)).toEqual(expected);
  });

  test.each`
    settings                                             | said
    ${{ TEMPORAL_TLS: 'yes' }}                           | ${'write true or false'}
    ${{ TEMPORAL_TLS_CLIENT_CERT_DATA: 'c' }}            | ${'a client certificate and its key belong together'}
    ${{ TEMPORAL_TLS_SERVER_CA_CERT_PATH: '@/nowhere' }} | ${'nowhere cannot be read'}
    ${{ TEMPORAL_API_KEY_FILE: '@/nowhere' }}            | ${'nowhere cannot be read'}
  `('$said', ({ settings, said }) => {
    expect(() => told({ TEMPORAL_ADDRESS: 'a:7233', ...settings })).toThrow(said);
  });
});
