import { businessDate, flag, quantity } from '../../kit';
import { defineModel, reference, text } from '../model';

/** 业务伙伴: customers, employees, the company itself and whoever else has a name. Which of them are customers: staging. */
export const parties = defineModel({
  name: 'parties',
  vendorName: 'party.party',
  contract: { name: text(), code: text(), active: flag() },
});

/** 统一社会信用代码 has type cn_vat (not cn_uscc); the server checks its check digit. */
export const partyIdentifiers = defineModel({
  name: 'party_identifiers',
  vendorName: 'party.identifier',
  contract: { party: reference(), type: text(), code: text() },
});

export const companies = defineModel({
  name: 'companies',
  vendorName: 'company.company',
  contract: { party: reference(), currency: reference() },
});

/** 员工; Tryton gives them no number, so the code of their party is it. */
export const employees = defineModel({
  name: 'employees',
  vendorName: 'company.employee',
  contract: {
    party: reference(),
    company: reference(),
    supervisor: reference(),
    start_date: businessDate().nullable(),
    end_date: businessDate().nullable(),
  },
});

export const currencies = defineModel({
  name: 'currencies',
  vendorName: 'currency.currency',
  contract: { code: text(), name: text() },
});

/** Units of the currency for one unit of the base currency, from `date` on. */
export const currencyRates = defineModel({
  name: 'currency_rates',
  vendorName: 'currency.currency.rate',
  contract: { currency: reference(), date: businessDate(), rate: quantity() },
});

export const products = defineModel({
  name: 'products',
  vendorName: 'product.product',
  contract: { template: reference(), code: text(), active: flag() },
});

export const productTemplates = defineModel({
  name: 'product_templates',
  vendorName: 'product.template',
  contract: { name: text(), account_category: reference() },
});

export const productCategories = defineModel({
  name: 'product_categories',
  vendorName: 'product.category',
  contract: { name: text(), parent: reference() },
});
