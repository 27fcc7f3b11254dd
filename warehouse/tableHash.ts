import { rawTable, type Session } from './warehouse';

export interface TableHash {
  rows: number;
  /** Hex of the XOR over all row hashes: equal for equal sets of rows, whatever their order, their sync and the engine. */
  hash: string;
}

/** A fingerprint of a raw table's live and deleted rows, without the columns that say when and by which sync they came (A10). */
export async function tableHash(session: Session, connection: string, stream: string): Promise<TableHash> {
  const [row] = await session.rows(
    `select count(*) as n, coalesce(bit_xor(hex_number(substr(_row_hash, 1, 8))), 0) as high,
       coalesce(bit_xor(hex_number(substr(_row_hash, 9, 8))), 0) as low
     from ${rawTable(connection, stream)}`,
  );
  const hex = (value: unknown) => BigInt(String(value)).toString(16).padStart(8, '0');
  return { rows: Number(row?.n ?? 0), hash: `${hex(row?.high)}${hex(row?.low)}` };
}
