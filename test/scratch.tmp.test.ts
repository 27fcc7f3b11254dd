import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bankCn } from '../connectors/bank_cn';
import { fxiaoke } from '../connectors/fxiaoke';
import { FxiaokeSandbox } from '../connectors/fxiaoke/sandbox';
import { kingdee } from '../connectors/kingdee';
import { KingdeeSandbox } from '../connectors/kingdee/sandbox';
import { makeCompany } from '../demo/company/makeCompany';
import { bankBytes, bankFiles } from '../demo/feed/bank';
import { fxiaokeSeeds, STAGE_OPTIONS } from '../demo/feed/fxiaoke';
import { kingdeeSeeds } from '../demo/feed/kingdee';
import { truthsOf } from '../demo/truths';
import { buildModels, DuckDbWarehouse, loadStream } from '../warehouse';
import { freezeMonths } from '../workflows/activities/freeze';
import { createKit } from '../connectors/kit';

test('scratch', async () => {
  const t0 = Date.now();
  const log = (text: string) => process.stderr.write(`${((Date.now() - t0) / 1000).toFixed(1)} ${text}\n`);
  const company = makeCompany({ seed: 1, today: '2026-07-15' });
  log('company');
  const k = new KingdeeSandbox();
  for (const { kind, records } of kingdeeSeeds(company)) k.seed(kind, records);
  const f = new FxiaokeSandbox({ callsPer20Seconds: 100000, callsPerDay: 1e7 });
  f.setOptions('NewOpportunityObj', 'sales_stage', STAGE_OPTIONS);
  for (const { kind, records } of fxiaokeSeeds(company)) f.seed(kind, records);
  const folder = process.env.SCRATCH ?? mkdtempSync(join(tmpdir(), 'scratch-'));
  mkdirSync(join(folder, 'bank'), { recursive: true });
  for (const file of bankFiles(company)) writeFileSync(join(folder, 'bank', file.name), bankBytes(file));
  log('seeded ' + folder);
  const kurl = await k.start();
  const furl = await f.start();
  const account = k.account;
  const kconf = { baseUrl: kurl + '/K3Cloud/', accountId: account.accountId, user: account.user, appId: account.appId, appSecret: account.appSecret };
  const fconf = { baseUrl: furl, appId: 'FSAID_1321000', appSecret: 'sandbox-app-secret', permanentCode: 'SANDBOX0PERMANENT0CODE', userId: '1000', callsPer20Seconds: 100000 };
  const warehouse = await DuckDbWarehouse.open({ file: join(folder, 'w.duckdb') });
  const list = [
    { name: 'kingdee', connector: kingdee, config: kconf },
    { name: 'fxiaoke', connector: fxiaoke, config: fconf },
    { name: 'bank', connector: bankCn, config: { folder: join(folder, 'bank') } },
  ];
  const connections = [];
  for (const { name, connector, config } of list) {
    const source = await connector.connect(connector.spec.parse(config), createKit({ connection: name, secrets: [], folder }));
    await source.check();
    for (const stream of source.streams) {
      const s0 = Date.now();
      await warehouse.run("insert into meta.run_stream values ('r', ?, ?, 0, 0, 0, 0, 0, 0, 0, timezone('UTC', now()), null, 'running', null, null, null)", [name, stream.name]);
      const progress = await loadStream(warehouse, { connection: name, stream, syncId: 'r', source, spoolFolder: join(folder, 'spool') });
      log(`${name}.${stream.name} ${JSON.stringify(progress)} ${Date.now() - s0} ms`);
    }
    connections.push({ name, connector: connector.name, streams: connector.streams });
  }
  const reasons = await warehouse.rows('select connection, stream, reasons, count(*) as n from quarantine.record group by all');
  log(JSON.stringify(reasons, null, 1));
  const build = async () => {
    const result = await buildModels(warehouse, { runId: 'r', connections, asOfDate: '2026-07-14' });
    log(`built ${result.seconds} s`);
    for (const m of [...result.models].sort((a, b) => b.seconds - a.seconds).slice(0, 12)) log(`  ${m.model} ${m.rows} ${m.seconds.toFixed(2)}`);
    return result;
  };
  const r = await build();
  for (const m of r.models) log(`    ${m.model} ${m.rows}`);
  const frozen = await freezeMonths(warehouse, { runId: 'f', asOfDate: '2026-07-14' });
  log(JSON.stringify(frozen));
  await build();
  const truths = truthsOf(company);
  writeFileSync(join(folder, 'truths.json'), JSON.stringify(truths, null, 1));
  const q = async (sql: string) => log(sql + '\n' + JSON.stringify(await warehouse.rows(sql)));
  await q('select month, stated_by_name, sum(missing_cny) as m from marts.confirmed_unpaid group by all order by 1');
  await q("select month, sum(forecast_cny) as f, sum(actual_cny) as a, sum(abs_error_cny) as e from marts.forecast_accuracy where horizon='H1' group by month order by month");
  await q("select stage_key, stage_name, count(*), count(*) filter (where outcome='advanced') as adv from marts.funnel_cohort where is_mature and cohort_month >= '2025-07' group by all order by 1");
  await q('select month_end, colour, count(*) from marts.customer_health group by all order by 1, 2');
  await q('select * from marts.two_reds');
  await warehouse.close();
  await k.stop();
  await f.stop();
}, 600000);
