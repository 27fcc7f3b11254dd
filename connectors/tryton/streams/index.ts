import type { Stream } from '../../kit';
import type { TrytonModel } from '../model';
import { shipmentReturns, shipments, stockMoves } from './delivering';
import {
  invoiceLines,
  invoicePayments,
  invoices,
  journals,
  moves,
  receivableLines,
  reconciliations,
  statementLines,
  statements,
} from './owing';
import {
  companies,
  currencies,
  currencyRates,
  employees,
  parties,
  partyIdentifiers,
  productCategories,
  products,
  productTemplates,
} from './parties';
import { opportunities, saleLines, sales, stateLog } from './selling';

const models: readonly TrytonModel[] = [
  parties,
  partyIdentifiers,
  companies,
  employees,
  currencies,
  currencyRates,
  products,
  productTemplates,
  productCategories,
  sales,
  saleLines,
  opportunities,
  stateLog,
  shipments,
  shipmentReturns,
  stockMoves,
  invoices,
  invoiceLines,
  invoicePayments,
  moves,
  receivableLines,
  reconciliations,
  journals,
  statements,
  statementLines,
];

export const streams: readonly Stream[] = models.map(({ stream }) => stream);

const byName = new Map(models.map((model) => [model.stream.name, model]));

export function modelOf(stream: Stream): TrytonModel {
  const model = byName.get(stream.name);
  if (!model) throw new Error(`${stream.name} is no stream of Tryton`);
  return model;
}
