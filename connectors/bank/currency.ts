import { headerText } from './cells';
import { words } from './layouts';

/** ISO 4217 of what a bank writes (`人民币元`, `美元现汇`, `USD`, `001`); undefined when it is no currency that we know. */
export function currencyOf(cell: string): string | undefined {
  const text = headerText(cell).toUpperCase();
  const known = words.currencies.find(({ names }) =>
    names.some((name) => (/^(\d+|元|¥)$/.test(name) ? text === name : text.startsWith(name.toUpperCase()))),
  );
  if (known) return known.code;
  return /^[A-Z]{3}$/.test(text) ? text : undefined;
}
