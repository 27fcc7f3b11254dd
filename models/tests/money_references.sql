-- what     Money rows point to rows that exist. Customers are left out: a document whose customer was not read yet must not stop a build.
-- sources  core.bank_transaction, core.collection, core.open_item, core.receipt, core.receivable_document, core.sales_order,
--          core.sales_order_line, core.settlement, core.thread_match, core.forecast_statement
select 'open_item.document_id' as reference, open_item.item_id as id
from core.open_item
left join core.receivable_document on receivable_document.document_id = open_item.document_id
where receivable_document.document_id is null
union all
select 'settlement.item_id', settlement.settlement_id
from core.settlement
left join core.open_item on open_item.item_id = settlement.item_id
where open_item.item_id is null
union all
select 'settlement.receipt_id', settlement.settlement_id
from core.settlement
left join core.receipt on receipt.receipt_id = settlement.receipt_id
where settlement.receipt_id is not null and receipt.receipt_id is null
union all
select 'receipt.bank_transaction_id', receipt.receipt_id
from core.receipt
left join core.bank_transaction on bank_transaction.bank_transaction_id = receipt.bank_transaction_id
where receipt.bank_transaction_id is not null and bank_transaction.bank_transaction_id is null
union all
select 'collection.bank_transaction_id', collection.collection_id
from core.collection
left join core.bank_transaction on bank_transaction.bank_transaction_id = collection.bank_transaction_id
where collection.bank_transaction_id is not null and bank_transaction.bank_transaction_id is null
union all
select 'sales_order_line.sales_order_id', sales_order_line.sales_order_line_id
from core.sales_order_line
left join core.sales_order on sales_order.sales_order_id = sales_order_line.sales_order_id
where sales_order.sales_order_id is null
union all
select 'thread_match.statement_id', thread_match.statement_id
from core.thread_match
left join core.forecast_statement on forecast_statement.statement_id = thread_match.statement_id
where forecast_statement.statement_id is null
