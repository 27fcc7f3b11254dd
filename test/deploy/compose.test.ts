import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2019';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { projectFolder } from '../../warehouse';

const deploy = join(projectFolder, 'deploy');
const text = readFileSync(join(deploy, 'compose.yaml'), 'utf8');

const serviceSchema = z.looseObject({
  image: z.string(),
  healthcheck: z.object({}).optional(),
  ports: z.array(z.string()).default([]),
  environment: z.record(z.string(), z.string()).default({}),
  secrets: z.array(z.string()).default([]),
  profiles: z.array(z.string()).default([]),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  volumes: z.array(z.string()).default([]),
});
const composeSchema = z.looseObject({
  services: z.record(z.string(), serviceSchema),
  volumes: z.record(z.string(), z.unknown()),
  secrets: z.record(z.string(), z.object({ file: z.string() })),
});

/** Anchors and merge keys resolved, as Compose reads the file. */
const raw = parseDocument(text, { merge: true }).toJS() as Record<string, unknown>;
const compose = composeSchema.parse(raw);
const services = Object.entries(compose.services);
const ours = services.filter(([, { image }]) => image.startsWith('millrace:'));

/** ${NAME} and ${NAME:-default} of Compose; $$ is a dollar sign of the container's own. */
const variables = [
  ...text
    .replace(/^ *#.*$/gm, '')
    .replaceAll('$$', '')
    .matchAll(/\$\{([A-Z][A-Z0-9_]*)(?::-([^}]*))?\}/g),
];
const example = readFileSync(join(deploy, '.env.example'), 'utf8').split('\n');

describe('deploy/compose.yaml', () => {
  test('is what the Compose specification says', () => {
    const schema = JSON.parse(
      readFileSync(join(__dirname, 'compose-spec.json'), 'utf8'),
      withoutOldId,
    ) as object;
    const validate = new Ajv({ strict: false, allErrors: true, logger: false, formats: FORMATS }).compile(
      schema,
    );
    expect(validate(raw) ? [] : validate.errors).toEqual([]);
    expect(validate({ ...raw, services: { a: { imag: 'b' } } })).toBe(false); // the schema does look
  });

  test('every image has a pinned version', () => {
    for (const [name, { image }] of services) {
      const tag = image.replace(/\$\{\w+:-([^}]*)\}/, '$1').split(':')[1];
      expect([name, tag]).toEqual([name, expect.stringMatching(/^(v?\d+\.\d+(\.\d+)?|local)$/)]);
    }
  });

  test('every service is explained, and says when it is well or why it need not', () => {
    const lines = text.split('\n');
    for (const [name, { healthcheck }] of services) {
      const at = lines.indexOf(`  ${name}:`);
      const comment: string[] = [];
      for (let line = at - 1; lines[line]?.startsWith('  #'); line--) comment.unshift(lines[line] ?? '');
      expect([name, comment.join(' ').length]).toEqual([name, expect.any(Number)]);
      expect(comment.join(' ').length).toBeGreaterThan(60);
      if (!healthcheck)
        expect([name, comment.join(' ')]).toEqual([name, expect.stringMatching(/No health check/)]);
    }
  });

  test('every variable stands explained in .env.example with the same default', () => {
    expect(variables.length).toBeGreaterThan(8);
    for (const [, name, fallback] of variables) {
      const at = example.findIndex((line) => line.startsWith(`${name}=`));
      expect([name, example[at]]).toEqual([name, `${name}=${fallback ?? ''}`]);
      expect([name, example[at - 1]]).toEqual([name, expect.stringMatching(/^# .{10,}/)]);
    }
    const used = new Set(variables.map(([, name]) => name));
    const listed = example.filter((line) => /^[A-Z]/.test(line)).map((line) => line.split('=')[0]);
    expect(listed.filter((name) => !used.has(name))).toEqual([]);
  });

  test('only the hub and, when asked for, the pages of Temporal are published, on loopback', () => {
    const published = services.filter(([, { ports }]) => ports.length > 0);
    expect(published.map(([name, { profiles }]) => [name, profiles])).toEqual([
      ['temporal-ui', ['ui']],
      ['server', []],
    ]);
    for (const [, { ports }] of published) for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
  });

  test('no secret stands in an environment; every secret is a file that make-secrets.sh writes', () => {
    for (const [name, { environment, secrets }] of services) {
      const bare = Object.keys(environment).filter(
        (key) => /PASS|SECRET|TOKEN|PWD/.test(key) && !key.endsWith('_FILE'),
      );
      expect([name, bare]).toEqual([name, []]);
      for (const [key, value] of Object.entries(environment))
        if (key.endsWith('_FILE')) expect(secrets.map((secret) => `/run/secrets/${secret}`)).toContain(value);
      for (const secret of secrets) expect(Object.keys(compose.secrets)).toContain(secret);
    }
    const script = readFileSync(join(deploy, 'make-secrets.sh'), 'utf8');
    for (const [name, { file }] of Object.entries(compose.secrets)) {
      expect(file).toBe(`./secrets/${name}`);
      expect(script).toMatch(new RegExp(`\\b${name}\\b`));
    }
  });

  test('what a service waits for, mounts or names is there', () => {
    const files = (folder: string): string[] =>
      readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
        entry.isDirectory() ? files(join(folder, entry.name)) : [join(folder, entry.name)],
      );
    const present = files(deploy);
    for (const [name, { depends_on: waits, volumes }] of services) {
      for (const [other, { condition }] of Object.entries(waits)) {
        expect(Object.keys(compose.services)).toContain(other);
        if (condition === 'service_healthy')
          expect([name, compose.services[other]?.healthcheck]).toEqual([name, expect.any(Object)]);
      }
      for (const [source = ''] of volumes.map((volume) => volume.split(':'))) {
        if (source === '../cube' || source === './millrace.yaml') continue; // of the project; of whoever deploys
        if (source.startsWith('/')) continue; // a volume without a name
        if (source.startsWith('.')) expect(present).toContain(join(deploy, source));
        else expect(Object.keys(compose.volumes)).toContain(source);
      }
    }
  });

  test('variables given to our processes are ones that our code reads', () => {
    const sources = ['connectors', 'warehouse', 'workflows', 'hub'].flatMap((room) =>
      readdirSync(join(projectFolder, room), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
        .map((file) => readFileSync(join(projectFolder, room, file), 'utf8')),
    );
    const code = sources.join('\n');
    const inAddress = [...text.matchAll(/\$\$\{(\w+)\}/g)].map(([, name]) => name);
    expect(ours.map(([name]) => name)).toEqual(['server', 'worker']);
    for (const [service, { environment }] of ours) {
      for (const name of Object.keys(environment)) {
        if (name === 'TZ') continue; // the C library's
        const read = name.replace(/_FILE$/, '');
        const isRead =
          code.includes(`'${read}'`) || code.includes(`process.env.${read}`) || inAddress.includes(read);
        expect([service, name, isRead]).toEqual([service, name, true]);
      }
    }
  });

  test('the Cube image is of the version that the hub embeds', () => {
    const { dependencies } = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    const version = dependencies['@cubejs-backend/server-core'];
    expect(compose.services.cube?.image).toBe(`cubejs/cube:v${version}`);
    expect(compose.services.cubestore?.image).toBe(`cubejs/cubestore:v${version}`);
  });
});

test.each(['make-secrets.sh', 'postgres/make-database.sh', 'temporal/make-schema.sh'])(
  'deploy/%s is a script that a plain shell understands',
  (script) => {
    expect(execFileSync('sh', ['-n', join(deploy, script)], { encoding: 'utf8' })).toBe('');
  },
);

/** The schema names its parts by `id`, which its own draft calls `$id`; nothing refers to them. */
const withoutOldId = (key: string, value: unknown): unknown =>
  key === 'id' && typeof value === 'string' ? undefined : value;

/** The specification's own formats, which only say how numbers of seconds and ports are written. */
const FORMATS = {
  duration: /^(\d+(\.\d+)?(us|ms|s|m|h))+$/,
  ports: true,
  expose: true,
  subnet_ip_address: true,
} as const;
