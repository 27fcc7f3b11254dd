import { z } from 'zod';
import { secret } from '../kit';
import { collectionForecasts, opportunityChanges, stageChanges, territoryAssignments } from './streams';

const MAX_ROWS = 100; // limit 最大 100

const objectName = z.string().regex(/^\w+__c$/, 'the api name of a custom object ends in __c');
const customObject = (apiName: string) => objectName.nullable().default(apiName);

export const spec = z.object({
  baseUrl: z
    .url()
    .default('https://open.fxiaoke.com')
    .meta({
      hint: { zh: '企业所在云的 OpenAPI 域名', en: 'The OpenAPI gateway of your cloud' },
    }),
  appId: z
    .string()
    .min(1)
    .meta({
      hint: { zh: '管理后台 → 应用列表 → 企业自建应用', en: 'Admin console → apps → self-built app' },
    }),
  appSecret: secret(),
  permanentCode: secret(),
  userId: z
    .string()
    .min(1)
    .meta({
      hint: { zh: 'CRM 管理员的员工ID（人员 → 账号信息）', en: 'Employee id of a CRM administrator' },
    }),
  /** Of one API; the vendor sells more. */
  callsPer20Seconds: z.int().positive().default(100),
  rowsPerPage: z.int().min(1).max(MAX_ROWS).default(MAX_ROWS),
  /** Api names of the tenant's own objects; null: it keeps no such object. */
  stageHistoryObject: customObject(stageChanges.vendorName),
  opportunityLogObject: objectName.nullable().default(null), // null: what the syncs see of amount and expected close
  forecastObject: customObject(collectionForecasts.vendorName),
  territoryObject: customObject(territoryAssignments.vendorName),
});

export type Config = z.infer<typeof spec>;

/** Api names of the streams whose object is the tenant's own. */
export const ownObjects = (config: Config): ReadonlyMap<string, string | null> =>
  new Map([
    [stageChanges.name, config.stageHistoryObject],
    [opportunityChanges.name, config.opportunityLogObject],
    [collectionForecasts.name, config.forecastObject],
    [territoryAssignments.name, config.territoryObject],
  ]);
