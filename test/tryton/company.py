"""The company around the plan: chart of accounts, a fiscal year, tax, terms, journals, people, goods, users."""
import datetime as dt
from decimal import Decimal as D

from plan import CENT, EMPLOYEES, NEW_RATE, TAX, USD_RATE, products
from proteus import Model

# A reader needs no more than these groups; `limited` has none and is refused sales and accounting.
# The group "Accounting" was called "Account" in 7.0.
READER_GROUPS = ['Sales', 'Accounting', 'Account', 'Stock', 'Sale Opportunity', 'Statement']
PASSWORDS = {'reader': 'reader-secret-1', 'limited': 'limited-secret-1'}


def set_up():
    """Gives the ids that the plan's steps need."""
    # proteus reads the company from its context; these helpers are what Tryton tests its own modules with
    from trytond.modules.account.tests.tools import create_chart, create_fiscalyear, create_tax, get_accounts
    from trytond.modules.account_invoice.tests.tools import set_fiscalyear_invoice_sequences
    from trytond.modules.company.tests.tools import create_company, get_company

    cny, usd = currency('人民币', '¥', 'CNY', '156', D(1)), currency('US Dollar', '$', 'USD', '840', 1 / USD_RATE)
    usd.rates.new(date=NEW_RATE[0], rate=1 / NEW_RATE[1])
    usd.save()
    own = Model.get('party.party')(name='东海精密机械有限公司', code='OWN')
    own.save()
    create_company(own, cny)
    company = get_company()
    company.timezone = 'Asia/Shanghai'
    company.cancel_invoice_out = True
    company.save()
    create_chart(company)
    year = create_fiscalyear(company, (dt.date(2025, 1, 1), dt.date(2025, 12, 31)))
    year.start_date, year.end_date, year.name = dt.date(2025, 1, 1), dt.date(2025, 12, 31), '2025'
    set_fiscalyear_invoice_sequences(year)
    credit_numbers = Model.get('ir.sequence.strict')(
        name='2025 credit notes', company=company, sequence_type=year.invoice_sequences[0].out_invoice_sequence.sequence_type)
    credit_numbers.save()  # two sequences, as most companies have: an invoice and a credit note can both be number 1
    year.invoice_sequences[0].out_credit_note_sequence = credit_numbers
    year.click('create_period')
    accounts = get_accounts(company)
    settings = Model.get('account.configuration')(1)
    settings.currency_exchange_debit_account, settings.currency_exchange_credit_account = accounts['expense'], accounts['revenue']
    settings.save()
    tax = create_tax(TAX, company)
    tax.save()
    ids = {'company': company.id, 'tax': tax.id, 'usd': usd.id, 'accounts': {kind: account.id for kind, account in accounts.items()}}
    ids['goods'] = goods(accounts, tax)
    ids['employees'] = employees(company)
    ids['terms'] = terms()
    ids.update(journals(accounts))
    users(company)
    return ids


def currency(name, symbol, code, number, rate):
    made = Model.get('currency.currency')(name=name, symbol=symbol, code=code, numeric_code=number, rounding=CENT)
    made.rates.new(date=dt.date(2020, 1, 1), rate=rate.quantize(D('0.000001')))
    made.save()
    return made


def goods(accounts, tax):
    unit, = Model.get('product.uom').find([('symbol', '=', 'u')])
    categories, made = {}, []
    for item in products():
        if item['group'] not in categories:
            category = Model.get('product.category')(name=item['group'], accounting=True, account_expense=accounts['expense'],
                                                     account_revenue=accounts['revenue'])
            category.customer_taxes.append(Model.get('account.tax')(tax.id))
            category.save()
            categories[item['group']] = category
        template = Model.get('product.template')(
            name=item['name'], default_uom=unit, type='goods', salable=True, code=item['code'], list_price=item['price'],
            account_category=categories[item['group']])
        template.save()
        made.append({'id': template.products[0].id, 'unit': unit.id})
    return made


def employees(company):
    made = {}
    for code, name, supervisor in EMPLOYEES:
        person = Model.get('party.party')(name=name, code=code)
        person.save()
        employee = Model.get('company.employee')(party=person, company=company)
        if supervisor:
            employee.supervisor = Model.get('company.employee')(made[supervisor])
        employee.save()
        made[code] = employee.id
    return made


def terms():
    Term = Model.get('account.invoice.payment_term')
    whole, parts = Term(name='30 天'), Term(name='30% 预付，余款 60 天')
    whole.lines.new(type='remainder').relativedeltas.new(days=30)
    parts.lines.new(type='percent_on_total', ratio=D('0.3')).relativedeltas.new(days=0)
    parts.lines.new(type='remainder').relativedeltas.new(days=60)
    whole.save()
    parts.save()
    return {'whole': whole.id, 'parts': parts.id}


def journals(accounts):
    Journal = Model.get('account.journal')
    statement, = Journal.find([('type', '=', 'statement')], limit=1)
    cash, = Journal.find([('type', '=', 'cash')], limit=1)
    general, = Journal.find([('code', '=', 'MISC')], limit=1)
    bank = Model.get('account.statement.journal')(name='工商银行基本户', journal=statement, account=accounts['cash'], validation='amount')
    bank.save()
    counter = Model.get('account.invoice.payment.method')(name='现金', journal=cash, credit_account=accounts['cash'],
                                                          debit_account=accounts['cash'])
    counter.save()
    written_off = Journal(name='尾差', code='WO', type='write-off')
    written_off.save()
    rounding = Model.get('account.move.reconcile.write_off')(name='尾差', journal=written_off, debit_account=accounts['expense'],
                                                             credit_account=accounts['revenue'])
    rounding.save()
    return {'bank': bank.id, 'counter': counter.id, 'general': general.id, 'rounding': rounding.id}


def users(company):
    admin, = Model.get('res.user').find([('login', '=', 'admin')])
    admin.employees.extend(Model.get('company.employee').find([]))
    admin.save()
    User, Group, Company = Model.get('res.user'), Model.get('res.group'), Model.get('company.company')
    for login, password in PASSWORDS.items():
        user = User(name=login, login=login, password=password)
        user.companies.append(Company(company.id))
        user.company = Company(company.id)
        if login == 'reader':
            user.groups.extend(Group.find([('name', 'in', READER_GROUPS)]))
        user.save()
