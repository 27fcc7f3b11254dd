"""What the server itself says, and the proof that it agrees with the plan."""
from collections import Counter, defaultdict
from decimal import Decimal as D

import plan

MODELS = ['party.party', 'party.identifier', 'company.employee', 'sale.sale', 'sale.line', 'sale.opportunity', 'stock.shipment.out',
          'stock.shipment.out.return', 'account.invoice', 'account.move', 'account.move.line', 'account.move.reconciliation',
          'account.statement.line']


def base_truth(pool, ids):
    expected, server = plan.expected(), server_side(pool)
    same(expected['receivable_cny'], server['receivable_cny'], 'receivable by customer')
    ours = {o['reference']: o['amount_cny'] for o in expected['orders']}
    same(ours, {o['reference']: o['amount_cny'] for o in server['orders']}, 'orders')
    counted = ('confirmed', 'processing', 'done')  # done: shipped and paid as well
    same({o['reference']: o['is_counted'] for o in expected['orders']},
         {o['reference']: o['state'] in counted for o in server['orders']}, 'which orders count')
    same(expected['received_cny'], sum(D(r['amount']) for r in server['receipts']), 'receipts')
    return {'phase': 'base', 'as_of': plan.AS_OF, 'expected': expected, 'server': server}


def late_truth(pool, ids, changes):
    return {'phase': 'late', **changes, 'server': server_side(pool)}


def server_side(pool):
    with_inactive = [('active', 'in', [True, False])]
    counts = {model: pool.get(model).search(with_inactive if model == 'party.party' else [], count=True) for model in MODELS}
    orders = []
    for sale in pool.get('sale.sale').search([]):
        rate = plan.USD_RATE if sale.currency.code == 'USD' else D(1)
        orders.append({'reference': sale.reference, 'number': sale.number, 'customer': sale.party.code, 'state': sale.state,
                       'amount_cny': plan.cents(sale.total_amount * rate)})
    invoices, by_state = [], defaultdict(lambda: [0, D(0), D(0)])
    for invoice in pool.get('account.invoice').search([]):
        state = by_state[invoice.state]
        state[0], state[1], state[2] = state[0] + 1, state[1] + invoice.total_amount, state[2] + invoice.amount_to_pay
        invoices.append({'id': invoice.id, 'number': invoice.number, 'state': invoice.state, 'customer': invoice.party.code,
                         'total_amount': invoice.total_amount, 'amount_to_pay': invoice.amount_to_pay})
    receivable = defaultdict(D)
    for line in pool.get('account.move.line').search([('account.type.receivable', '=', True), ('move.state', '=', 'posted')]):
        receivable[line.party.code] += line.debit - line.credit
    receipts = [{'number': line.number, 'amount': line.amount} for line in pool.get('account.statement.line').search([])]
    cash = [line for line in pool.get('account.move.line').search(
        [('account.type.receivable', '=', True), ('move.journal.type', '=', 'cash')])]
    receipts += [{'number': None, 'amount': line.credit - line.debit} for line in cash]
    return {'counts': counts, 'orders': orders, 'sales_by_state': Counter(order['state'] for order in orders),
            'invoices': invoices, 'invoices_by_state': {key: list(value) for key, value in by_state.items()},
            'receivable_cny': {key: value for key, value in sorted(receivable.items()) if value}, 'receipts': receipts}


def same(ours, theirs, what):
    if ours != theirs:
        keys = sorted(set(ours) | set(theirs), key=str) if isinstance(ours, dict) else []
        raise SystemExit('%s: the plan and the server differ: %s' % (what, [(k, ours.get(k), theirs.get(k)) for k in keys
                         if ours.get(k) != theirs.get(k)] or (ours, theirs)))
