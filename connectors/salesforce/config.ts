import { z } from 'zod';
import { secret } from '../kit';

const isoCode = z.string().regex(/^[A-Z]{3}$/, 'a currency has three capital letters, like USD');
const rate = z
  .union([z.string(), z.number()])
  .transform(String)
  .pipe(z.string().regex(/^\d{1,6}(\.\d{1,6})?$/, 'CNY for one unit, like 7.0995'));

export const spec = z.object({
  baseUrl: z
    .url()
    .refine((url) => new URL(url).pathname === '/', 'write the host only: https://company.my.salesforce.com')
    .meta({ hint: { zh: '“我的域”地址', en: 'My Domain, https://company.my.salesforce.com' } }),
  clientId: z
    .string()
    .min(1)
    .meta({ hint: { zh: '连接应用的使用者密钥', en: 'Consumer key of the connected app' } }),
  clientSecret: secret(),
  refreshToken: secret()
    .optional()
    .meta({
      secret: true,
      hint: { zh: '不填则用客户端凭证流程', en: 'Without it the client credentials flow is used' },
    }),
  apiVersion: z
    .string()
    .regex(/^\d{2,3}\.0$/, 'a version is written like 61.0')
    .default('61.0'),
  /** Of amounts without CurrencyIsoCode: the org's only currency. */
  currency: isoCode.default('CNY').meta({ hint: { zh: '组织的默认币种', en: "The org's own currency" } }),
  rates: z
    .record(isoCode, rate)
    .default({})
    .meta({ hint: { zh: '每单位外币折人民币', en: 'CNY for one unit of a currency, {USD: 7.0995}' } }),
  /** Fields the user may not see, as Object.Field: their columns stay empty. */
  hiddenFields: z.array(z.string().regex(/^\w+\.\w+$/, 'write Object.Field')).default([]),
  /** Share of the org's calls of a day after which a sync stops. */
  quotaShare: z.number().gt(0).max(1).default(0.9),
  /** What changed this recently is left to the next sync. */
  settleSeconds: z.number().min(0).default(30),
  rowsPerPage: z.int().min(1).max(2_000).default(2_000),
});

export type Config = z.infer<typeof spec>;
