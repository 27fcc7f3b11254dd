import { z } from 'zod';
import { defineConnector, keysetPages, secret } from '../kit';
import { explain } from './answers';
import { BillQueries } from './queries';
import { Session } from './session';
import { streams } from './streams';

const SERVER_CAP = 2_000; // the documented maximum of Limit; more is cut without a word
const CONCURRENT = 4; // calls at once that a server takes well, see README.md

const spec = z.object({
  baseUrl: z.url().meta({ hint: { zh: '以 /K3Cloud 结尾的地址', en: 'The address that ends in /K3Cloud' } }),
  accountId: z
    .string()
    .min(1)
    .meta({ hint: { zh: '账套（数据中心）ID', en: 'Id of the data centre' } }),
  user: z
    .string()
    .min(1)
    .meta({ hint: { zh: '第三方系统登录授权里的集成用户', en: 'Integration user of the app' } }),
  appId: z
    .string()
    .min(1)
    .meta({ hint: { zh: '应用ID', en: 'Application id' } }),
  appSecret: secret().meta({ secret: true, hint: { zh: '应用密钥', en: 'Application secret' } }),
  loginBy: z.enum(['sign', 'secret']).default('sign'), // `secret` for versions before LoginBySign
  language: z.int().default(2052),
  pageRows: z.int().min(1).max(10_000).default(SERVER_CAP),
});

/** 金蝶云星空 over its WebAPI. Needs an app authorisation (第三方系统登录授权) and rights to view the forms of streams.ts. */
export const kingdee = defineConnector({
  name: 'kingdee',
  title: { zh: '金蝶云星空', en: 'Kingdee K3Cloud' },
  spec,
  streams,
  open(config, kit) {
    const session = new Session(config, kit.now);
    const http = kit.http({
      baseUrl: config.baseUrl.replace(/\/+$/, ''),
      headers: () => session.headers(),
      concurrent: CONCURRENT,
      explain,
      login: (client) => session.login(client),
    });
    return { http, session, queries: new BillQueries(http), pageRows: config.pageRows };
  },
  async check({ http, session, queries }, stream) {
    if (stream) await queries.probe(stream);
    else await session.login(http);
  },
  read({ queries, pageRows }, stream, state, request) {
    return keysetPages(stream, state, pageRows, (query) => queries.list(stream, query), request);
  },
  keys: ({ queries, pageRows }, stream) => queries.keys(stream, pageRows),
});
