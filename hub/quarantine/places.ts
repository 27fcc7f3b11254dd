import { MillraceError } from '../../connectors/kit';

/** `erp` or `erp.invoices`; nothing for all. */
export function placeOf(text: string | undefined): { connection?: string; stream?: string } {
  if (text === undefined) return {};
  const [connection = '', ...rest] = text.split('.');
  const stream = rest.join('.');
  if (connection === '' || text.endsWith('.')) throw wrong(text, '<connection> or <connection>.<stream>');
  return { connection, ...(stream !== '' && { stream }) };
}

/** `erp.invoices` */
export function streamPlaceOf(text: string): { connection: string; stream: string } {
  const { connection, stream } = placeOf(text);
  if (connection === undefined || stream === undefined) throw wrong(text, '<connection>.<stream>');
  return { connection, stream };
}

/** `erp.invoices.FNew`; a vendor's field may hold points itself. */
export function fieldPlaceOf(text: string): { connection: string; stream: string; field: string } {
  const [connection, stream, ...rest] = text.split('.');
  const field = rest.join('.');
  if (!connection || !stream || field === '') throw wrong(text, '<connection>.<stream>.<field>');
  return { connection, stream, field };
}

function wrong(text: string, form: string): MillraceError {
  return new MillraceError('bad_request', { what: `"${text}" is not ${form}` });
}
