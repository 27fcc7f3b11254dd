import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { MadeBackup } from '../../hub/backup/makeBackup';
import type { Finding } from '../../hub/doctor/finding';
import { company } from '../cube/company';
import { type HubUnderTest, hubOver } from './hubOver';

const CONFIG = `company: 测试公司
connections: {}
users:
  - { id: root, name: 管理员, role: admin }
  - { id: engineer, name: 工程师, role: engineer }
`;

let on: HubUnderTest;
beforeAll(async () => {
  on = await hubOver(company, CONFIG);
});
afterAll(() => on.close());

test('an administrator asks the running hub for a backup and finds its age with the doctor', async () => {
  const before = (await on.as('root')('/api/doctor')).body as Finding[];
  expect(before.find(({ check }) => check === 'backup')).toMatchObject({
    level: 'warn',
    what: 'There has never been a backup',
  });
  const { status, body } = await on.as('root')('/api/backup', { body: {} });
  expect(status).toBe(200);
  const made = body as MadeBackup;
  expect(made.rows).toBeGreaterThan(0);
  expect(existsSync(join(made.folder, 'manifest.json'))).toBe(true);
  expect(existsSync(join(made.folder, 'core', 'customer.parquet'))).toBe(true);
  const after = (await on.as('root')('/api/doctor')).body as Finding[];
  expect(after.find(({ check }) => check === 'backup')).toMatchObject({
    level: 'ok',
    where: `folder ${made.folder}`,
  });
});

test('nobody else may, and a wrong wish is answered with what is wrong', async () => {
  expect((await on.as('engineer')('/api/backup', { body: {} })).status).toBe(403);
  expect((await on.as('engineer')('/api/doctor')).status).toBe(403);
  const wrong = await on.as('root')('/api/backup', { body: { keep: 0 } });
  expect(wrong.status).toBe(400);
  expect(wrong.text).toContain('keep');
});
