import type { ReactNode } from 'react';
import type { Account } from '../../api/finance';
import { useFilters } from '../../filters';
import { count, isNegative, money, type Value } from '../../format';
import { useNarrow } from '../../frame/useNarrow';
import { useFinanceWords } from '../../words/finance';

type Props = { account: Account };

/** Opening balance, each entry with the balance after it, closing balance: all as the hub gave them. */
export function Entries({ account }: Props) {
  const words = useFinanceWords();
  const narrow = useNarrow();
  const { lang } = useFilters().filters;
  const figure = (value: Value) => (value == null ? '' : money(value, lang));
  return (
    <Box label={words.entries} isTall>
      <thead>
        <tr>
          <th scope="col">{words.date}</th>
          <th scope="col">{words.entry}</th>
          {!narrow && <th scope="col">{words.document}</th>}
          {!narrow && <th scope="col">{words.dueDate}</th>}
          <th scope="col" className="num">
            {narrow ? words.amount : words.debit}
          </th>
          {!narrow && (
            <th scope="col" className="num">
              {words.credit}
            </th>
          )}
          <th scope="col" className="num">
            {words.balance}
          </th>
        </tr>
      </thead>
      <tbody>
        <Ends
          name={words.opening}
          day={account.opening.day}
          balance={figure(account.opening.account)}
          narrow={narrow}
        />
        {account.lines.map((line, at) => (
          <tr key={at}>
            <td className="nowrap">{narrow ? line.date.slice(5) : line.date}</td>
            <td>{words.entryKinds[line.kind] ?? line.kind}</td>
            {!narrow && <td>{line.number ?? ''}</td>}
            {!narrow && <td className="nowrap">{line.dueDate ?? ''}</td>}
            <td className="num">
              {narrow && line.credit !== null ? `−${figure(line.credit)}` : figure(line.debit)}
            </td>
            {!narrow && <td className="num">{figure(line.credit)}</td>}
            <td className="num">{figure(line.balance)}</td>
          </tr>
        ))}
        <Ends
          name={words.closing}
          day={account.closing.day}
          balance={figure(account.closing.account)}
          narrow={narrow}
          debit={figure(account.totals.debit)}
          credit={figure(account.totals.credit)}
        />
      </tbody>
    </Box>
  );
}

type EndsProps = {
  name: string;
  day: string;
  balance: string;
  narrow: boolean;
  debit?: string;
  credit?: string;
};

function Ends({ name, day, balance, narrow, debit = '', credit = '' }: EndsProps) {
  return (
    <tr className="strong">
      <td className="nowrap">{narrow ? day.slice(5) : day}</td>
      <td>{name}</td>
      {!narrow && <td />}
      {!narrow && <td />}
      <td className="num">{narrow ? '' : debit}</td>
      {!narrow && <td className="num">{credit}</td>}
      <td className="num">{balance}</td>
    </tr>
  );
}

export function Items({ account }: Props) {
  const words = useFinanceWords();
  const narrow = useNarrow();
  const { lang } = useFilters().filters;
  return (
    <Box label={words.openItems}>
      <thead>
        <tr>
          <th scope="col">{words.document}</th>
          {!narrow && <th scope="col">{words.dueDate}</th>}
          <th scope="col" className="num">
            {words.overdueDays}
          </th>
          <th scope="col" className="num">
            {words.openAmount}
          </th>
          {!narrow && (
            <th scope="col" className="num">
              {words.inDispute}
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {account.items.map((item, at) => (
          <tr key={at}>
            <td>{item.documentNumber ?? '—'}</td>
            {!narrow && <td className="nowrap">{item.dueDate}</td>}
            <td className={item.daysOverdue > 0 ? 'num bad' : 'num'}>
              {item.daysOverdue > 0 ? count(String(item.daysOverdue), lang) : ''}
            </td>
            <td className="num">{money(item.open, lang)}</td>
            {!narrow && <td className="num">{item.disputed === '0.00' ? '' : money(item.disputed, lang)}</td>}
          </tr>
        ))}
      </tbody>
    </Box>
  );
}

/** Account = net receivables + undue retention − prepayments, on both days. */
export function Proof({ account: { opening, closing } }: Props) {
  const words = useFinanceWords();
  const { lang } = useFilters().filters;
  const names = Object.keys(words.proof) as (keyof typeof words.proof)[];
  return (
    <Box label={words.madeOf}>
      <thead>
        <tr>
          <th scope="col">{words.balance}</th>
          <th scope="col" className="num">
            {opening.day}
          </th>
          <th scope="col" className="num">
            {closing.day}
          </th>
        </tr>
      </thead>
      <tbody>
        {names.map((name) => (
          <tr key={name} className={name === 'net' || name === 'account' ? 'strong' : undefined}>
            <td>{words.proof[name]}</td>
            {[opening, closing].map((balance) => (
              <td key={balance.day} className={isNegative(balance[name]) ? 'num bad' : 'num'}>
                {money(balance[name], lang)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </Box>
  );
}

function Box({ label, children, isTall = false }: { label: string; children: ReactNode; isTall?: boolean }) {
  return (
    <div
      className="grid-box"
      role="region"
      aria-label={label}
      tabIndex={0}
      style={{ maxHeight: isTall ? 520 : 320 }}
    >
      <table className="plain-table">{children}</table>
    </div>
  );
}
