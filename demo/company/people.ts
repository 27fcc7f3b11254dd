import type { Employee, Region } from './entities';
import { type Day, addMonths } from './days';

/** The company that shows itself: a maker of machine parts in the Yangtze delta. Its name belongs to nobody we know of. */
export const OWN_COMPANY = {
  name: '苏州澜石精工机械股份有限公司',
  creditCodeCounty: '320507',
  accounts: { main: '1102026809001234567', payroll: '1102026809007654321' },
} as const;

const SALES: readonly (readonly [Region, readonly string[]])[] = [
  ['华东一区', ['陈立群', '沈雅琴', '顾晓峰', '钱文杰', '陆佳宁']],
  ['华东二区', ['徐志远', '方敏华', '俞海波', '金玉兰']],
  ['华南', ['黄伟强', '梁嘉欣', '林国栋', '何思敏']],
  ['华北', ['王振宇', '刘桂芳', '赵学军']],
  ['西南', ['唐光明', '邓雨桐']],
];
const MANAGERS: Record<Region, string> = {
  华东一区: '周建平',
  华东二区: '吴慧君',
  华南: '罗永辉',
  华北: '马国良',
  西南: '谭秀英',
};

/** Eighteen sales people, a manager for each region, the sales director and two in finance. */
export function makePeople(firstDay: Day, handoverDay: Day): Employee[] {
  const employees: Employee[] = [
    {
      number: 'ZJ01',
      name: '孙启明',
      region: null,
      role: 'manager',
      managerNumber: null,
      crmId: '1000',
      joinedDate: addMonths(firstDay, -72),
    },
    {
      number: 'CW01',
      name: '李静怡',
      region: null,
      role: 'finance',
      managerNumber: null,
      crmId: '1051',
      joinedDate: addMonths(firstDay, -60),
    },
    {
      number: 'CW02',
      name: '郑淑敏',
      region: null,
      role: 'finance',
      managerNumber: 'CW01',
      crmId: '1052',
      joinedDate: addMonths(firstDay, -30),
    },
  ];
  let salesPerson = 0;
  SALES.forEach(([region, names], place) => {
    const managerNumber = `QY0${place + 1}`;
    employees.push({
      number: managerNumber,
      name: MANAGERS[region],
      region,
      role: 'region_manager',
      managerNumber: 'ZJ01',
      crmId: String(1031 + place),
      joinedDate: addMonths(firstDay, -48 + place),
    });
    for (const name of names) {
      salesPerson++;
      const isSuccessor = region === '西南' && name === names[1];
      employees.push({
        number: `XS${String(salesPerson).padStart(2, '0')}`,
        name,
        region,
        role: 'sales',
        managerNumber,
        crmId: String(1000 + salesPerson),
        joinedDate: isSuccessor ? addMonths(handoverDay, -1) : addMonths(firstDay, -40 + salesPerson * 2),
      });
    }
  });
  return employees;
}

export const salesOf = (employees: readonly Employee[], region: Region): Employee[] =>
  employees.filter((employee) => employee.role === 'sales' && employee.region === region);
