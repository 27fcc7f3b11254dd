import { addMonths, type Day } from './days';
import type { Contact, MovedContact } from './crm';
import type { Customer } from './parties';
import { personName } from './names';
import { Random } from './random';

const TITLES = [
  ['采购员', '采购部', 30],
  ['采购经理', '采购部', 20],
  ['采购总监', '供应链部', 6],
  ['工艺工程师', '技术部', 16],
  ['技术经理', '技术部', 10],
  ['质量主管', '质量部', 8],
  ['会计', '财务部', 7],
  ['总经理', '总经办', 3],
] as const;
const HOW_MANY = { A: [2, 4], B: [1, 3], C: [1, 2] } as const;

interface Span {
  seed: number;
  lastDay: Day;
}

/** Who works at the customers, as the CRM knows them; some have left. The people of the customer with five names hold the planted change. */
export function makeContacts(
  { seed, lastDay }: Span,
  customers: readonly Customer[],
  from: number,
): { contacts: Contact[]; moved: MovedContact } {
  const random = Random.for(seed, 'contacts');
  const contacts: Contact[] = [];
  for (const { customer, customerClass, createdDate, isInternal } of customers) {
    if (isInternal) continue;
    const [fewest, most] = HOW_MANY[customerClass];
    const people = random.int(fewest, most);
    for (let n = 0; n < people; n++) {
      const [title, department] = random.weighted(TITLES.map((each) => [each, each[2]] as const));
      const createdOn = Math.min(createdDate + random.int(0, 400), lastDay - 30);
      const hasLeft = n > 0 && random.chance(0.06);
      contacts.push({
        customer,
        name: personName(random),
        title,
        department,
        mobile: mobileOf(customer, n),
        isKeyPerson: n === 0,
        createdDate: createdOn,
        leftDate: hasLeft ? random.int(createdOn + 10, lastDay) : null,
      });
    }
  }
  const moved = plantMove(contacts, customers, from, addMonths(lastDay, -3));
  return { contacts, moved };
}

function plantMove(
  contacts: Contact[],
  customers: readonly Customer[],
  from: number,
  movedDate: Day,
): MovedContact {
  const to = customers.find(
    ({ customer, isInternal, customerClass, erpNumber, createdDate }) =>
      customer !== from &&
      !isInternal &&
      customerClass === 'A' &&
      erpNumber !== null &&
      createdDate < movedDate,
  );
  if (!to) throw new Error('no customer takes the planted contact');
  const buyer: Contact = {
    customer: from,
    name: '沈立新',
    title: '采购经理',
    department: '采购部',
    mobile: mobileOf(from, 9),
    isKeyPerson: true,
    createdDate: movedDate - 500,
    leftDate: movedDate - 20,
  };
  contacts.push(buyer, {
    ...buyer,
    customer: to.customer,
    title: '采购总监',
    department: '供应链部',
    createdDate: movedDate,
    leftDate: null,
  });
  return { name: buyer.name, from, to: to.customer, movedDate };
}

const mobileOf = (customer: number, n: number): string =>
  `138${String(10_000_000 + customer * 10 + n).padStart(8, '0')}`;
