import { z } from 'zod';
import { businessDate, quantity } from '../../kit';
import { defineModel, reference, text } from '../model';

const shipment = {
  number: text(),
  customer: reference(),
  effective_date: businessDate().nullable(),
  state: z.string(), // draft, waiting, assigned, picked, packed, shipped (8.0), done, cancelled; returns: received
};

/** 发货单. */
export const shipments = defineModel({
  name: 'shipments',
  vendorName: 'stock.shipment.out',
  group: '"Stock"',
  contract: shipment,
});

/** 退货单. */
export const shipmentReturns = defineModel({
  name: 'shipment_returns',
  vendorName: 'stock.shipment.out.return',
  group: '"Stock"',
  contract: shipment,
});

/** Goods of an order line that leave or come back. The moves inside the warehouse have another origin and are not asked for. */
export const stockMoves = defineModel({
  name: 'stock_moves',
  vendorName: 'stock.move',
  group: '"Stock"',
  contract: {
    shipment: text(), // stock.shipment.out,5
    origin: text(), // sale.line,7
    quantity: quantity(),
    state: z.string(),
    effective_date: businessDate().nullable(),
  },
  domain: [['origin', 'like', 'sale.line,%']],
});
