import { readInvoices } from './readInvoices';

const read = (text: string, columns?: Record<string, string>) =>
  readInvoices(text, { name: 'invoices.csv', ...(columns && { columns }) });

test.each([
  ['ISO', 'customer,amount,issued,due,paid\nA,"1,234.50",2025-01-02,2025-02-01,2025-02-03\n'],
  [
    'month first',
    'CustomerID,InvoiceAmount,InvoiceDate,DueDate,SettledDate\r\nA,1234.5,1/2/2025,2/1/2025,2/3/2025\r\nB,1,1/31/2025,2/1/2025,\r\n',
  ],
  [
    'day first',
    'client;total;invoice date;due date;payment date\nA;1234.50;2/1/2025;1/2/2025;3/2/2025\nB;1;31/1/2025;1/2/2025;\n',
  ],
  [
    'compact and estimated',
    'cust_number,total_open_amount,issue_date_est,due_in_date,clear_date\nA,1234.5,20250102,20250201.0,2025-02-03 00:00:00\n',
  ],
])('%s dates and usual headers are understood', (_, text) => {
  expect(read(text).bad).toEqual([]);
  expect(read(text).invoices[0]).toMatchObject({
    customer: 'A',
    amountCents: 123_450n,
    issued: '2025-01-02',
    due: '2025-02-01',
    paid: '2025-02-03',
  });
});

test('every bad row is named with its line and reason, the rest is read', () => {
  const { rows, invoices, bad } = read(
    [
      'id,customer,amount,issued,due,paid',
      '1,A,10.00,2025-01-01,2025-01-31,',
      '2,,10.00,2025-01-01,2025-01-31,',
      '3,A,10.001,2025-01-01,2025-01-31,',
      '4,A,ten,2025-01-01,2025-01-31,',
      '5,A,10,2025-02-30,2025-01-31,',
      '6,A,10,2025-01-01,soon,',
      '7,A,10,2025-01-01,2025-01-31,13/13/2025',
      '1,A,10.00,2025-01-01,2025-01-31,',
    ].join('\n'),
  );
  expect(rows).toBe(8);
  expect(invoices.map(({ id }) => id)).toEqual(['1']);
  expect(bad).toEqual([
    { line: 3, reason: 'customer: empty' },
    { line: 4, reason: 'amount: "10.001" is no amount with at most two decimals' },
    { line: 5, reason: 'amount: "ten" is no amount with at most two decimals' },
    { line: 6, reason: 'issued: "2025-02-30" is no date' },
    { line: 7, reason: 'due: "soon" is no date' },
    { line: 8, reason: 'paid: "13/13/2025" is no date' },
    { line: 9, reason: 'the same invoice stands on line 2' },
  ]);
});

test('dates of both orders in one file are not guessed', () => {
  const { bad, notes } = read(
    'customer,amount,issued,due,paid\nA,1,1/31/2025,2/1/2025,\nB,1,31/1/2025,1/2/2025,\n',
  );
  expect(bad.map(({ line }) => line)).toEqual([2, 3]);
  expect(notes[0]).toMatch('both month first and day first');
});

test('a mapping goes before the headers; a wrong one says which columns there are', () => {
  const text = 'who,customer,amount,issued,due,cash in\nA,x,5,2025-01-01,2025-01-31,2025-02-01\n';
  expect(read(text, { customer: 'who', paid: 'cash in' }).invoices[0]).toMatchObject({
    customer: 'A',
    paid: '2025-02-01',
  });
  expect(() => read(text)).toThrow('No column is known as paid');
  expect(() => read(text, { paid: 'cash' })).toThrow('There is no column "cash"');
  expect(() => read(text, { payed: 'cash in' })).toThrow('There is no field "payed"');
});

test('disputes that only paid invoices have are not used', () => {
  const text = (open: string) =>
    `customer,amount,issued,due,paid,disputed\nA,1,2025-01-01,2025-01-31,2025-02-01,Yes\nA,1,2025-01-02,2025-01-31,,${open}\n`;
  expect(read(text('No')).invoices.map(({ isDisputed }) => isDisputed)).toEqual([true, false]);
  expect(read(text('')).invoices.map(({ isDisputed }) => isDisputed)).toEqual([undefined, undefined]);
  expect(read(text('')).notes[0]).toMatch('disputes are not used');
});
