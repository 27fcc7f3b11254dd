"""What the little company does, as plain numbers, and what must come out of it.

Nothing here knows Tryton: `seed.py` plays this plan into a server, and every expected figure is worked out from the
numbers that are put in (13 % tax on the whole document, before its lines are rounded, half-even to the cent: Tryton's way).
All business dates lie in 2025, so that no clock that runs this finds them in its future. `AS_OF` is behind the last one.
"""
import datetime as dt
from collections import defaultdict
from decimal import ROUND_HALF_EVEN, Decimal as D

AS_OF = dt.date(2025, 11, 30)
CENT, TAX, USD_RATE = D('0.01'), D('0.13'), D(8)
OPENING = {'customer': 27, 'amount': D('12345.67'), 'date': dt.date(2025, 1, 2), 'due': dt.date(2025, 1, 31)}

EMPLOYEES = [('E001', '陈明', None), ('E002', '王建国', 'E001'), ('E003', '李晓梅', 'E001'), ('E004', '张海涛', 'E001')]
PRODUCTS = [('轴承', ['深沟球轴承', '圆柱滚子轴承', '调心轴承']), ('传动件', ['直线导轨', '滚珠丝杠', '联轴器', '齿轮轴', '同步带轮'])]
CITIES = ['宁波', '苏州', '无锡', '东莞', '佛山', '青岛', '沈阳', '重庆', '成都', '合肥']
TRADES = ['恒力机械有限公司', '宏远传动设备有限公司', '精诚自动化科技有限公司']


def cents(amount):
    return amount.quantize(CENT, ROUND_HALF_EVEN)


def credit_code(number):
    """A unified social credit code with a right check digit (GB 32100-2015); the server checks it."""
    signs, body = '0123456789ABCDEFGHJKLMNPQRTUWXY', '91330200MA2%06d' % number
    total = sum(signs.index(sign) * pow(3, place, 31) for place, sign in enumerate(body))
    return body + signs[-total % 31]


def customers():
    """C001..C030; C030 buys in US dollars and has no credit code."""
    return [{'code': 'C%03d' % n, 'name': CITIES[n % 10] + TRADES[n // 10], 'credit_code': credit_code(n)}
            for n in range(1, 30)] + [{'code': 'C030', 'name': 'Great Lakes Bearing Inc.', 'credit_code': None}]


def products():
    names = [(group, name) for group, group_names in PRODUCTS for name in group_names]
    return [{'code': 'P%03d' % n, 'name': name, 'group': group, 'price': D(80 + 37 * n) + D(n) / 10}
            for n, (group, name) in enumerate(names, 1)]


# What happens to order n. What is not named: confirmed, shipped, invoiced, unpaid, one instalment after 30 days.
DRAFT, QUOTATION, CANCELLED = {7}, {15}, {23}
RETURNS = {11: 10, 29: 28}                      # goods of the order named come back: a credit note of its own
IN_DOLLARS = {20}
IN_TWO = {4, 10, 22, 34}                        # 30 % at once, the rest after 60 days
UNSHIPPED, UNINVOICED = {0, 5, 21, 30}, {5, 16, 27}
PAID = {0, 1, 4, 8, 9, 13, 17, 24, 25, 28, 33}  # in full, through a bank statement
PAID_A_THIRD = {2, 19, 34}
SHORT = {12: D('0.03')}                         # paid but for cents that are written off
TOGETHER = {31: [3, 31]}                        # one receipt for two invoices
WITH_RETURN = {10: 11}                          # the return's credit note pays a part, a receipt the rest
CREDITED = {6, 14}                              # credited in full: invoice and credit note settle each other
VOIDED = {18}                                   # posted, then cancelled
RESCHEDULED = {22}                              # its second instalment was split in two later ones
PAID_IN_CASH = {26: D('500.00')}                # a part over the counter, without a statement
NEW_RATE = (dt.date(2025, 8, 1), D('7.8125'))   # the dollar has fallen when order 20 is paid: the rest is exchange loss
EXTRA = [                                       # money that belongs to no invoice
    {'number': 'ADV-1', 'customer': 2, 'date': dt.date(2025, 2, 14), 'amount': D('5000.00'), 'text': '预付款'},
    {'number': 'OVER-9', 'customer': 10, 'date': dt.date(2025, 4, 30), 'amount': D('300.00'), 'text': '多付'},
    {'number': 'BACK-9', 'customer': 10, 'date': dt.date(2025, 6, 3), 'amount': D('-100.00'), 'text': '退款'},
]
CREDIT_DATE = dt.date(2025, 10, 15)             # after every other invoice, or Tryton refuses the number


def orders():
    goods, made = products(), []
    for n in range(36):
        customer = 30 if n in IN_DOLLARS else n % 28 + 1
        source = RETURNS.get(n)
        lines = [{'product': (5 * n + 3 * k) % len(goods), 'quantity': D(1 + (7 * n + 11 * k) % 40)} for k in range(1 + n % 3)]
        if source is not None:
            customer, lines = source % 28 + 1, [dict(made[source]['lines'][0], quantity=D(-1))]
        for k, line in enumerate(lines):
            line['price'] = (goods[line['product']]['price'] * (100 - (n + 4 * k) % 16) / 100).quantize(D('0.0001'))
        day = dt.date(2025, 1, 6) + dt.timedelta(days=7 * n)
        state = 'draft' if n in DRAFT else 'quotation' if n in QUOTATION else 'cancelled' if n in CANCELLED else 'processing'
        exact = [line['quantity'] * line['price'] for line in lines]
        untaxed, tax = sum(map(cents, exact)), cents(sum(exact) * TAX)
        is_live = state == 'processing'
        made.append({
            'n': n, 'reference': 'PO-%04d' % (n + 1), 'customer': customer, 'day': day, 'lines': lines, 'state': state,
            'untaxed': untaxed, 'total': untaxed + tax, 'rate': USD_RATE if n in IN_DOLLARS else D(1),
            'is_return': source is not None, 'is_shipped': is_live and n not in UNSHIPPED,
            'is_invoiced': is_live and n not in UNINVOICED, 'invoice_day': day + dt.timedelta(days=7),
            'ship_day': day + dt.timedelta(days=5), 'owner': EMPLOYEES[1 + n % 3][0]})
    return made


def receipts(made):
    """Every line of the bank statements, and the cash payment; `orders` are those whose invoices it pays."""
    rows = []
    for order in made:
        n, total = order['n'], order['total']
        amount = (total if n in PAID else cents(total / 3) if n in PAID_A_THIRD else
                  total - SHORT[n] if n in SHORT else
                  sum(made[m]['total'] for m in TOGETHER[n]) if n in TOGETHER else
                  total + made[WITH_RETURN[n]]['total'] if n in WITH_RETURN else None)
        if amount is not None:
            rows.append({'number': 'R-%04d' % (n + 1), 'customer': order['customer'], 'amount': amount, 'text': order['reference'],
                         'date': order['invoice_day'] + dt.timedelta(days=20 + 7 * n % 45),
                         'orders': TOGETHER.get(n, [n]), 'is_cash': False})
        if n in PAID_IN_CASH or n in IN_DOLLARS:
            paid = PAID_IN_CASH.get(n, total)
            rows.append({'number': None, 'customer': order['customer'], 'text': order['reference'], 'paid': paid,
                         'amount': cents(paid * NEW_RATE[1]) if n in IN_DOLLARS else paid, 'orders': [n], 'is_cash': True,
                         'date': NEW_RATE[0] if n in IN_DOLLARS else order['invoice_day'] + dt.timedelta(days=9)})
    rows += [dict(row, orders=[], is_cash=False) for row in EXTRA]
    return sorted(rows, key=lambda row: (row['date'], row['number'] or ''))


# What an opportunity goes through, with the days between; the last two are moved by their order's confirmation.
STORIES = [[], [('opportunity', 9)], [('opportunity', 6), ('lost', 30)],
           [('opportunity', 12), ('converted', 20)], [('opportunity', 5), ('converted', 14), ('won', 21)]]


def opportunities():
    rows = []
    for n in range(15):
        day = dt.date(2025, 2, 3) + dt.timedelta(days=11 * n)
        at, state, moves = dt.datetime.combine(day, dt.time(1, 30)), 'lead', []
        for to, days in STORIES[n % 5]:
            at += dt.timedelta(days=days, hours=n % 7)
            moves.append({'from': state, 'to': to, 'at': at.isoformat(' ')})
            state = to
        rows.append({'n': n, 'name': '产线改造项目%02d' % (n + 1), 'customer': 3 + n, 'day': day, 'amount': D(20 + 35 * n) * 1000,
                     'owner': EMPLOYEES[1 + n % 3][0], 'state': state, 'moves': moves, 'quantity': D(10 + n), 'product': n % 8,
                     'reason': '价格' if n % 2 else '交期'})
    return rows


def expected():
    """The figures, in CNY with tax. A customer's `ledger` is what its receivable account must show."""
    made, goods = orders(), products()
    rows, code = receipts(made), lambda customer: 'C%03d' % customer
    documents, ledger, open_items = [], defaultdict(D), defaultdict(D)
    by_order = defaultdict(D)
    for row in rows:
        for n in row['orders']:                 # a receipt for several invoices pays each in full
            by_order[n] += row['amount'] if len(row['orders']) == 1 else made[n]['total']
    for order in made:
        n = order['n']
        if not order['is_invoiced'] or n in VOIDED:
            continue
        total = cents(order['total'] * order['rate'])
        settled = total if n in CREDITED | IN_DOLLARS | set(SHORT) | set(WITH_RETURN) | set(WITH_RETURN.values()) else by_order[n]
        documents.append({'reference': order['reference'], 'customer': code(order['customer']), 'date': order['invoice_day'],
                          'amount': total, 'open': total - settled, 'is_credit_note': total < 0})
        if n in CREDITED:
            documents.append({'reference': order['reference'], 'customer': code(order['customer']), 'date': CREDIT_DATE,
                              'amount': -total, 'open': cents(D(0)), 'is_credit_note': True})
    documents.append({'reference': 'OPENING', 'customer': code(OPENING['customer']), 'date': OPENING['date'],
                      'amount': OPENING['amount'], 'open': OPENING['amount'], 'is_credit_note': False})
    for document in documents:
        ledger[document['customer']] += document['amount']
        open_items[document['customer'], document['is_credit_note']] += document['open']
    for row in rows:
        ledger[code(row['customer'])] -= row['amount']
    losses = {n: cents(made[n]['total'] * made[n]['rate']) - cents(made[n]['total'] * NEW_RATE[1]) for n in IN_DOLLARS}
    for n, amount in (SHORT | losses).items():
        ledger[code(made[n]['customer'])] -= amount
    counted = [dict(o, code=code(o['customer']), cny=cents(o['total'] * o['rate'])) for o in made]
    for o in opportunities():
        if o['state'] in ('converted', 'won'):
            untaxed = cents(o['quantity'] * goods[o['product']]['price'])
            counted.append({'reference': o['name'], 'code': code(o['customer']), 'state': 'quotation' if o['state'] == 'converted'
                            else 'processing', 'cny': untaxed + cents(untaxed * TAX), 'day': sale_day(o), 'owner': o['owner']})
    return {
        'orders': [{'reference': o['reference'], 'customer': o['code'], 'amount_cny': o['cny'], 'date': o['day'],
                    'owner': o['owner'], 'is_counted': o['state'] == 'processing'} for o in counted],
        'order_intake_cny': sum(o['cny'] for o in counted if o['state'] == 'processing'),
        'delivered_cny': shipped(made, False), 'returned_cny': shipped(made, True),
        'documents': documents,
        'billed_cny': sum(d['amount'] for d in documents),
        'receipts': [{'number': r['number'], 'customer': code(r['customer']), 'date': r['date'], 'amount_cny': r['amount']} for r in rows],
        'received_cny': sum(r['amount'] for r in rows),
        'fx_diff_cny': sum(losses.values()), 'write_off_cny': sum(SHORT.values()),
        'receivable_cny': {k: v for k, v in sorted(ledger.items()) if v},
        'gross_cny': {k: v for (k, is_credit), v in sorted(open_items.items()) if v and not is_credit},
        'credit_note_cny': {k: -v for (k, is_credit), v in sorted(open_items.items()) if v and is_credit},
        'opportunities': [{k: o[k] for k in ('name', 'owner', 'state', 'amount', 'moves')} | {'customer': code(o['customer'])}
                          for o in opportunities()],
    }


def sale_day(opportunity):
    return opportunity['day'] + dt.timedelta(days=40)


def shipped(made, is_return):
    return sum(cents(abs(o['total']) * o['rate']) for o in made if o['is_shipped'] and o['is_return'] == is_return)
