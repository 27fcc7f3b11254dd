import { createKit, countOf } from '../kit';
import { fxiaoke } from './connector';
import { FxiaokeSandbox } from './sandbox';
test('speed', async () => {
  const sandbox = new FxiaokeSandbox({ callsPer20Seconds: 1e6 });
  await sandbox.start();
  let t = Date.now();
  const START = Date.parse('2023-01-05T00:00:00Z');
  sandbox.seed('ActiveRecordObj', Array.from({ length: 90_000 }, (_, i) => ({ _id: `68fa${String(i * 7919 % 90001).padStart(20, '0')}`, name: `记录${i}`, owner: ['1000'], last_modified_time: START + i * 1_000_000, create_time: START + i * 1_000_000, active_record_type: '2', active_record_content: '电话沟通，客户表示下周安排试样，价格还需要与采购部门再确认一次。', related_object_data: [{ describe_api_name: 'AccountObj', id: '68fb00000000000000000123', name: '苏州某某机械有限公司' }, { describe_api_name: 'NewOpportunityObj', id: '68fb00000000000000000124', name: '商机' }] })));
  console.log('seed', Date.now() - t);
  const { appId, appSecret, permanentCode } = sandbox.options;
  const source = await fxiaoke.connect({ baseUrl: sandbox.baseUrl, appId, appSecret, permanentCode, userId: '1000', callsPer20Seconds: 1e6 }, createKit({ connection: 'x', secrets: [] }));
  const stream = source.streams.find((s) => s.name === 'activities')!;
  t = Date.now(); const c0 = process.cpuUsage();
  let n = 0, bytes = 0;
  for await (const page of source.read(stream, undefined, {})) { n += countOf(page.records); if ('lines' in page.records) bytes += page.records.lines.length; }
  const c = process.cpuUsage(c0);
  console.log(n, bytes, 'wall', Date.now() - t, 'cpu', (c.user + c.system) / 1000, [...sandbox.calls]);
  await sandbox.stop();
});
