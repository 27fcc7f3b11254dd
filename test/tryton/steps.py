"""The plan, played into Tryton with the server's own models and workflow steps, as a person's clicks would do it."""
import datetime as dt
from collections import defaultdict
from decimal import Decimal as D

import plan
from trytond.transaction import Transaction, check_access


def parties(pool, ids):
    rows = [{'name': row['name'], 'code': row['code'], 'addresses': [('create', [{'street': '工业路 %d 号' % n}])],
             'identifiers': [('create', [{'type': 'cn_vat', 'code': row['credit_code']}])] if row['credit_code'] else []}
            for n, row in enumerate(plan.customers(), 1)]
    return [party.id for party in pool.get('party.party').create(rows)]


def sales(pool, ids, partners):
    """The orders, each brought to its state by the employee who owns it. Gives order number -> sale id."""
    Sale, Party = pool.get('sale.sale'), pool.get('party.party')
    made, values = plan.orders(), []
    for order in made:
        party = Party(partners[order['customer'] - 1])
        values.append({
            'party': party.id, 'invoice_address': party.addresses[0].id, 'shipment_address': party.addresses[0].id,
            'payment_term': ids['terms']['parts' if order['n'] in plan.IN_TWO else 'whole'],
            'sale_date': order['day'], 'reference': order['reference'], 'invoice_method': 'order', 'shipment_method': 'order',
            'lines': [('create', [{
                'product': ids['goods'][line['product']]['id'], 'unit': ids['goods'][line['product']]['unit'],
                'quantity': float(line['quantity']), 'unit_price': line['price'], 'taxes': [('add', [ids['tax']])],
                'sequence': k} for k, line in enumerate(order['lines'], 1)])],
            **({'currency': ids['usd']} if order['n'] in plan.IN_DOLLARS else {})})
    sale_ids = {order['n']: sale.id for order, sale in zip(made, Sale.create(values))}
    for code, employee in ids['employees'].items():
        act_as(pool, employee)
        own = [order for order in made if order['owner'] == code and order['state'] != 'draft']
        records = {order['n']: Sale(sale_ids[order['n']]) for order in own}
        Sale.cancel([records[order['n']] for order in own if order['state'] == 'cancelled'])
        Sale.quote([records[order['n']] for order in own if order['state'] in ('quotation', 'processing')])
        Sale.confirm([records[order['n']] for order in own if order['state'] == 'processing'])
    return sale_ids


def act_as(pool, employee):
    """Whose name stands on what the user quotes, confirms and converts."""
    User = pool.get('res.user')
    User.write([User(Transaction().user)], {'employee': employee})


def shipments(pool, ids, made):
    Out, Back, Sale = pool.get('stock.shipment.out'), pool.get('stock.shipment.out.return'), pool.get('sale.sale')
    out, back = [], []
    for order in plan.orders():
        if not order['is_shipped']:
            continue
        sale = Sale(made[order['n']])
        shipment, = sale.shipment_returns if order['is_return'] else sale.shipments
        shipment.effective_date = order['ship_day']
        shipment.save()
        (back if order['is_return'] else out).append(shipment)
    Out.assign_force(out)
    Out.pick(out)
    Out.pack(out)
    finish(Out, out)
    Back.receive(back)
    finish(Back, back)


def finish(model, records):
    (model.do if hasattr(model, 'do') else model.done)(records)  # 8.0 and 7.0


def invoices(pool, ids, made):
    """Draft invoices with their dates, in the order of those dates."""
    Sale, todo = pool.get('sale.sale'), []
    for order in plan.orders():
        if order['is_invoiced']:
            invoice, = Sale(made[order['n']]).invoices
            invoice.invoice_date = order['invoice_day']
            invoice.save()
            todo.append(invoice.id)
    return todo


def post(pool, ids, todo):
    """In the order of their dates, or Tryton refuses the numbers."""
    Invoice = pool.get('account.invoice')
    Invoice.post(Invoice.browse(todo))


def money(pool, ids, partners, made):
    """Statements month by month, then what Tryton does not do by itself."""
    Invoice, Line, Sale = pool.get('account.invoice'), pool.get('account.move.line'), pool.get('sale.sale')
    invoice_of = {n: Sale(sale).invoices[0] for n, sale in made.items() if plan.orders()[n]['is_invoiced']}
    orders, rows = plan.orders(), plan.receipts(plan.orders())
    opening(pool, ids, partners)
    with Transaction().set_context(_skip_warnings=True):
        Invoice.cancel([invoice_of[n] for n in plan.VOIDED])
        reschedule(pool, invoice_of)
    months = defaultdict(list)
    for row in rows:
        if row['is_cash']:
            invoice = invoice_of[row['orders'][0]]
            lines = invoice.pay_invoice(row['paid'], pool.get('account.invoice.payment.method')(ids['counter']), row['date'])
            if row['paid'] == invoice.total_amount:
                Line.reconcile(lines + list(invoice.lines_to_pay))
        else:
            months[row['date'].strftime('%Y-%m')].append(row)
    receipt_lines = statements(pool, ids, partners, invoice_of, months)
    open_lines = lambda n: [line for line in invoice_of[n].lines_to_pay if not line.reconciliation]
    number = 'R-%04d'
    for n, orders_paid in plan.TOGETHER.items():
        Line.reconcile([receipt_lines[number % (n + 1)]] + [line for m in orders_paid for line in open_lines(m)])
    for n, credit in plan.WITH_RETURN.items():
        Line.reconcile([receipt_lines[number % (n + 1)]] + open_lines(n) + open_lines(credit))
    for n in plan.SHORT:
        Line.reconcile([receipt_lines[number % (n + 1)]] + open_lines(n), date=orders[n]['invoice_day'] + dt.timedelta(days=60),
                       writeoff=pool.get('account.move.reconcile.write_off')(ids['rounding']))
    Invoice.credit([invoice_of[n] for n in sorted(plan.CREDITED)], refund=True, invoice_date=plan.CREDIT_DATE)


def opening(pool, ids, partners):
    """A balance brought forward by hand: a receivable without an invoice."""
    Move, Period = pool.get('account.move'), pool.get('account.period')
    amount, accounts = plan.OPENING['amount'], ids['accounts']
    move, = Move.create([{
        'journal': ids['general'], 'date': plan.OPENING['date'], 'description': '期初',
        'period': Period.find(pool.get('company.company')(ids['company']), date=plan.OPENING['date']).id,
        'lines': [('create', [
            {'account': accounts['receivable'], 'party': partners[plan.OPENING['customer'] - 1], 'debit': amount, 'credit': D(0),
             'maturity_date': plan.OPENING['due']},
            {'account': accounts['revenue'], 'debit': D(0), 'credit': amount}])]}])
    Move.post([move])


def reschedule(pool, invoice_of):
    Reschedule = pool.get('account.move.line.reschedule', type='wizard')
    Term = pool.get('account.move.line.reschedule.term')
    for n in plan.RESCHEDULED:
        line = max(invoice_of[n].lines_to_pay, key=lambda line: line.maturity_date)
        half = plan.cents(line.debit / 2)
        terms = [Term(date=dt.date(2026, 1, 15), amount=half), Term(date=dt.date(2026, 2, 15), amount=line.debit - half)]
        move, _ = Reschedule.reschedule_lines([line], line.move.journal, terms)
        move.origin = invoice_of[n]
        move.save()
        pool.get('account.move').post([move])


def statements(pool, ids, partners, invoice_of, months):
    """One statement a month. Gives the receivable move line of each statement line, by its number."""
    Statement, Line = pool.get('account.statement'), pool.get('account.move.line')
    values = []
    for month, rows in sorted(months.items()):
        lines = []
        for row in rows:
            is_direct = len(row['orders']) == 1 and row['orders'][0] not in set(plan.SHORT) | set(plan.WITH_RETURN)
            lines.append({
                'number': row['number'], 'date': row['date'], 'amount': row['amount'], 'party': partners[row['customer'] - 1],
                'account': ids['accounts']['receivable'], 'description': row['text'],
                **({'related_to': 'account.invoice,%d' % invoice_of[row['orders'][0]].id} if is_direct else {})})
        values.append({'name': 'ICBC-' + month, 'journal': ids['bank'], 'date': rows[-1]['date'],
                       'total_amount': sum(row['amount'] for row in rows), 'lines': [('create', lines)]})
    made = Statement.create(values)
    for statement in made:
        Statement.validate_statement([statement])
        Statement.post([statement])
    found = Line.search([('origin.statement', 'in', [statement.id for statement in made], 'account.statement.line')])
    return {line.origin.number: line for line in found}


def opportunities(pool, ids, partners):
    """Opportunities and the orders that come of them. Gives the plan's rows with their ids."""
    Opportunity, Sale, Party = pool.get('sale.opportunity'), pool.get('sale.sale'), pool.get('party.party')
    rows = plan.opportunities()
    for row in rows:
        party = Party(partners[row['customer'] - 1])
        goods = ids['goods'][row['product']]
        chance, = Opportunity.create([{
            'party': party.id, 'address': party.addresses[0].id, 'description': row['name'], 'amount': row['amount'],
            'employee': ids['employees'][row['owner']], 'start_date': row['day'], 'conversion_probability': 0.5,
            'lines': [('create', [{'product': goods['id'], 'unit': goods['unit'], 'quantity': float(row['quantity'])}])]}])
        row['id'] = chance.id
        act_as(pool, ids['employees'][row['owner']])
        for move in row['moves']:
            if move['to'] == 'won':
                Sale.confirm(chance.sales)
            elif move['to'] == 'lost':
                chance.lost_reason = row['reason']
                chance.save()
                with check_access():  # as a person's click: only so does Tryton log the button
                    Opportunity.lost([chance])
            else:
                getattr(Opportunity, {'converted': 'convert'}.get(move['to'], move['to']))([chance])
            if move['to'] == 'converted':
                for sale in chance.sales:
                    sale.sale_date, sale.reference = plan.sale_day(row), row['name']
                    sale.save()
                Sale.quote(chance.sales)
        row['sales'] = [sale.id for sale in chance.sales]
    return rows
