import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCompanyName } from '../../identity/companyName';

const fixture = (name: string): string => readFileSync(join(__dirname, 'names-cn', name), 'utf8');

test('names are read as the documentation of companynameparser reads them', () => {
  const expected = JSON.parse(fixture('company_parse_expected.json')) as Record<string, string>[];
  for (const { input = '', place, brand, trade, suffix } of expected) {
    const read = readCompanyName(input);
    const end = read.form === '有限' ? '有限公司' : read.trade;
    expect([read.place, read.brand, read.form === '' ? '' : read.trade, end]).toEqual([
      place,
      brand,
      trade,
      suffix,
    ]);
  }
});

test('121 real-looking names: each has a brand, no two become one', () => {
  const names = fixture('company_names_sample.txt').trim().split(/\r?\n/);
  const read = names.map(readCompanyName);
  expect(read.filter(({ brand }) => brand.length < 2)).toEqual([]);
  expect(new Set(read.map(({ key }) => key)).size).toBe(names.length);
  expect(read.filter(({ branch }) => branch !== '').map(({ key }) => key)).toEqual([
    '常州|途畅互联网科技|有限#合肥分公司',
    '山东|协耀信息咨询|有限#滨州分公司',
  ]);
});

test.each`
  name                                      | key
  ${'砺川传动科技（苏州）有限公司'}         | ${'苏州|砺川传动科技|有限'}
  ${'砺川传动科技 [苏州]有限责任公司'}      | ${'苏州|砺川传动科技|有限'}
  ${'苏州市砺川传动科技有限公司'}           | ${'苏州|砺川传动科技|有限'}
  ${'江苏省苏州市砺川传动科技有限公司'}     | ${'苏州|砺川传动科技|有限'}
  ${'砺川（苏州）传动科技有限公司'}         | ${'苏州|砺川传动科技|有限'}
  ${'砺川传动科技苏州有限公司'}             | ${'苏州|砺川传动科技|有限'}
  ${'礪川傳動科技(蘇州)有限公司'}           | ${'苏州|砺川传动科技|有限'}
  ${'苏州砺川传动科技有限公司（停用）'}     | ${'苏州|砺川传动科技|有限'}
  ${'苏州砺川传动科技股份有限公司'}         | ${'苏州|砺川传动科技|股份'}
  ${'苏州砺川传动科技公司'}                 | ${'苏州|砺川传动科技|公司'}
  ${'无锡砺川传动科技有限公司'}             | ${'无锡|砺川传动科技|有限'}
  ${'苏州砺川传动科技有限公司（昆山）'}     | ${'苏州|砺川传动科技(昆山)|有限'}
  ${'苏州砺川传动科技有限公司合肥市分公司'} | ${'苏州|砺川传动科技|有限#合肥分公司'}
  ${'江苏省昆山市恒力机械有限公司'}         | ${'昆山|恒力机械|有限'}
  ${'佛山市顺德区鸿源铝业制品有限公司'}     | ${'佛山顺德|鸿源铝业制品|有限'}
  ${'恒力（集团）有限公司'}                 | ${'|恒力|集团有限'}
  ${'苏州轴承厂'}                           | ${'苏州|轴承厂|'}
  ${'北京公司'}                             | ${'北京|公司|'}
  ${'Bosch Rexroth Co., Ltd.'}              | ${'|BOSCHREXROTH|ltd'}
  ${'BOSCH-REXROTH LIMITED'}                | ${'|BOSCHREXROTH|ltd'}
  ${'Bosch Rexroth GmbH'}                   | ${'|BOSCHREXROTH|gmbh'}
  ${'Wal-Mar foundation'}                   | ${'|WALMAR|foundation'}
`('$name has the key $key', ({ name, key }) => {
  expect(readCompanyName(name).key).toBe(key);
});
