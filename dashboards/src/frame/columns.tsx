import type { Row } from '../api/cube';
import type { Address } from '../filters';
import { count, cutMiddle, day, money, type Lang } from '../format';
import { Go } from './Go';
import type { Column } from './Grid';

const NARROW_NAME = 9; // signs of a company's name that fit a phone's first column

export const moneyColumn = (key: string, title: string, lang: Lang): Column => ({
  key,
  title,
  isNumber: true,
  text: (row) => money(row[key], lang),
});

export const countColumn = (key: string, title: string, lang: Lang): Column => ({
  key,
  title,
  isNumber: true,
  text: (row) => count(row[key], lang),
});

export const dayColumn = (key: string, title: string): Column => ({
  key,
  title,
  className: 'nowrap',
  text: (row) => day(row[key]),
});

export const textColumn = (key: string, title: string, text?: (row: Row) => string): Column => ({
  key,
  title,
  ...(text && { text }),
});

/** The first column: the row's name, which opens the row. */
export function nameColumn(
  key: string,
  title: string,
  name: (row: Row) => string,
  open: (row: Row) => Partial<Address> | null,
  narrow: boolean,
): Column {
  return {
    key,
    title,
    text: name,
    cell: (row) => {
      const patch = open(row);
      const shown = narrow ? cutMiddle(name(row), NARROW_NAME) : name(row);
      if (!patch) return <span className="cut">{shown}</span>;
      return (
        <Go patch={patch} className="cut" title={name(row)} isRow>
          {shown}
        </Go>
      );
    },
  };
}
