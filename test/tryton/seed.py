#!/usr/bin/env python3
"""Makes two databases of a real Tryton from the plan, and the truth that a reader of them must find.

usage: seed.py FOLDER          with TRYTOND_CONFIG set; needs an empty file FOLDER/millrace.sqlite

Leaves base.sqlite, truth-base.json (the first sync) and late.sqlite, truth-late.json (the same some changes later).
The truth holds `expected` (worked out in plan.py from the numbers put in) and `server` (what Tryton itself says);
where both know a figure they must agree, or this ends with an error.
"""
import json
import os
import sqlite3
import sys
import time

from late import late
from plan import AS_OF
from proteus import config
from steps import invoices, money, opportunities, parties, post, sales, shipments
from truth import base_truth, late_truth
from trytond.pool import Pool
from trytond.transaction import Transaction, TransactionError
from trytond.worker import run_task

DB = 'millrace'
BEGUN = time.process_time()
LOCKS = {}


def main(folder):
    activate(folder)
    step('modules')
    config.set_trytond(DB, config_file=os.environ['TRYTOND_CONFIG'])
    # "this date is in the past" and the like: a person would press OK, here nobody is asked
    Pool(DB).get('res.user.warning').check = classmethod(lambda cls, name: False)
    Pool(DB).get('ir.date').today = classmethod(lambda cls, timezone=None: AS_OF)  # or some documents would bear the day of seeding
    from company import set_up
    ids = set_up()
    step('company')
    partners = commit(ids, parties)
    made = commit(ids, sales, partners)
    step('customers, orders')
    commit(ids, shipments, made)
    step('shipments')
    drafts = commit(ids, invoices, made)
    commit(ids, post, drafts[:1])  # what it locks is known after one
    commit(ids, post, drafts[1:])
    step('invoices')
    commit(ids, money, partners, made)
    step('money')
    chances = commit(ids, opportunities, partners)
    step('opportunities')
    keep(folder, 'base', chances)
    write(folder, 'base', commit(ids, base_truth))
    step('truth')
    changes = commit(ids, late)
    write(folder, 'late', commit(ids, late_truth, changes))
    keep(folder, 'late')
    step('later changes')


def activate(folder):
    from trytond.admin import run
    from trytond.commandline import get_parser_admin
    password = os.path.join(folder, 'password')
    with open(password, 'w', encoding='utf-8') as file:
        file.write('admin-secret-1')
    os.environ['TRYTONPASSFILE'] = password
    run(get_parser_admin().parse_args([
        '-c', os.environ['TRYTOND_CONFIG'], '-d', DB, '--email', 'admin@example.com', '--activate-dependencies',
        '-u', 'account_statement', 'sale_opportunity']))


def commit(ids, work, *arguments):
    """One step by the administrator of the company in one transaction; then what it put in Tryton's queue."""
    while True:
        with Transaction().start(DB, 1, context={'company': ids['company']}, **LOCKS) as transaction:
            try:
                result = work(Pool(DB), ids, *arguments)
            except TransactionError as error:  # 8.0 wants to know before what a transaction will lock
                transaction.rollback()
                error.fix(LOCKS)
                continue
            transaction.commit()
            tasks = list(transaction.tasks)
        for task in tasks:
            run_task(DB, task)
        return result


def keep(folder, phase, chances=None):
    """A consistent copy of the database, whatever still sits in its write-ahead log."""
    path = os.path.join(folder, phase + '.sqlite')
    if os.path.exists(path):
        os.remove(path)
    source = os.path.join(folder, DB + '.sqlite')
    if chances is not None:
        backdate(source, chances)
    with sqlite3.connect(source) as connection:
        connection.execute('VACUUM INTO ?', [path])


def backdate(path, chances):
    """Everything was written some days ago, the first five records of each kind a month before, and each opportunity moved
    when the plan says: so an incremental read has something to skip, and stage times are the same in every run.
    """
    with sqlite3.connect(path) as connection:
        tables = [name for name, in connection.execute("select name from sqlite_master where type = 'table'")]
        for table in tables:
            columns = {row[1] for row in connection.execute('pragma table_info("%s")' % table)}
            for column in columns & {'create_date', 'write_date'}:
                connection.execute("""update "%s" set %s = strftime('%%Y-%%m-%%d %%H:%%M:%%S', %s,
                    case when id <= 5 then '-50 days' else '-20 days' end) || substr(%s, 20)
                    where %s is not null""" % (table, column, column, column, column))
        for chance in chances:
            logs = logged(connection, 'sale.opportunity', chance['id'], "event = 'transition' or target = 'lost'")
            for sale in chance['sales'] if chance['state'] == 'won' else []:  # a won opportunity leaves no trace of its own
                logs += logged(connection, 'sale.sale', sale, "target = 'state:confirmed'")
            assert len(logs) == len(chance['moves']), (chance, logs)
            for log, move in zip(logs, chance['moves']):
                connection.execute('update ir_model_log set create_date = ? where id = ?', [move['at'], log])
            closed = chance['moves'][-1]['at'][:10] if chance['state'] in ('won', 'lost') else None
            created = '%s 01:30:00' % chance['day']
            connection.execute('update sale_opportunity set create_date = ?, end_date = ? where id = ?', [created, closed, chance['id']])


def logged(connection, model, record, which):
    return [row for row, in connection.execute(
        'select id from ir_model_log where resource = ? and (%s) order by id' % which, ['%s,%d' % (model, record)])]


def write(folder, phase, truth):
    with open(os.path.join(folder, 'truth-%s.json' % phase), 'w', encoding='utf-8') as file:
        json.dump(truth, file, ensure_ascii=False, indent=1, default=str)


def step(text):
    print('%6.1f s CPU  %s' % (time.process_time() - BEGUN, text), flush=True)


if __name__ == '__main__':
    main(sys.argv[1])
