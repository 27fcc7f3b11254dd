"""What happens after the first sync: a renamed and a new customer, one switched off; orders changed, cancelled, deleted;
an opportunity that moves; a payment that arrives."""
import time
from decimal import Decimal as D

from plan import AS_OF


def late(pool, ids):
    time.sleep(1.1)
    Party, Sale, Opportunity = pool.get('party.party'), pool.get('sale.sale'), pool.get('sale.opportunity')
    by_reference = lambda reference: Sale.search([('reference', '=', reference)])[0]
    by_code = lambda code: Party.search([('code', '=', code)])[0]

    renamed = by_code('C003')
    renamed.name = renamed.name.replace('有限公司', '集团有限公司')
    renamed.save()
    off = by_code('C029')
    off.active = False
    off.save()
    fresh, = Party.create([{'name': '杭州新开户机械有限公司', 'code': 'C901'}])

    changed, cancelled, deleted = by_reference('PO-0008'), by_reference('PO-0016'), by_reference('PO-0024')
    line = changed.lines[0]
    line.quantity += 7
    line.save()
    changed.save()
    Sale.cancel([cancelled])
    gone = {'id': deleted.id, 'lines': [line.id for line in deleted.lines], 'reference': deleted.reference}
    Sale.delete([deleted])

    moved = Opportunity.search([('description', '=', '产线改造项目01')])[0]
    Opportunity.opportunity([moved])

    invoice, = by_reference('PO-0036').invoices
    invoice.pay_invoice(D('1000.00'), pool.get('account.invoice.payment.method')(ids['counter']), AS_OF)
    return {
        'as_of': AS_OF,
        'party_renamed': {'id': renamed.id, 'code': renamed.code, 'name': renamed.name},
        'party_deactivated': {'id': off.id, 'code': off.code},
        'party_created': {'id': fresh.id, 'code': fresh.code, 'name': fresh.name},
        'sale_changed': {'id': changed.id, 'reference': changed.reference, 'untaxed_amount': changed.untaxed_amount},
        'sale_cancelled': {'id': cancelled.id, 'reference': cancelled.reference},
        'sale_deleted': gone,
        'opportunity_moved': {'id': moved.id, 'name': moved.description, 'to': 'opportunity'},
        'receipt_arrived': {'customer': invoice.party.code, 'amount': D('1000.00')},
    }
