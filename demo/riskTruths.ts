import { riskTurn } from './company/bureau';
import { dayText } from './company/days';
import type { Company, Customer } from './company/entities';

/** What the bureau's second answers tell and the first did not, found by comparing two paid checks. */
export interface RiskTruths {
  debtor: {
    creditCode: string;
    customerName: string;
    caseNumber: string;
    eventDate: string;
    service: string;
  };
  controller: { creditCode: string; customerName: string; from: string; to: string; service: string };
}

export function riskTruths(company: Company): RiskTruths {
  const { debtor, controller } = riskTurn(company);
  const customerOf = (customer: number) => {
    const { creditCode, name } = company.customers[customer] as Customer;
    return { creditCode, customerName: name };
  };
  return {
    debtor: {
      ...customerOf(debtor.customer),
      caseNumber: debtor.caseNumber,
      eventDate: dayText(debtor.eventDate),
      service: 'ShixinCheck',
    },
    controller: {
      ...customerOf(controller.customer),
      from: controller.from,
      to: controller.to,
      service: 'ActualControl',
    },
  };
}
