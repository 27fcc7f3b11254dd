import { rawTable, type Session } from './warehouse';

export interface TableHash {
  rows: number;
  /** Hex of the XOR over all row hashes: equal for equal sets of rows, whatever their order and sync. */
  hash: string;
}

/** A fingerprint of a raw table's live and deleted rows, without the columns that say when and by which sync they came (A10). */
export async function tableHash(session: Session, connection: string, stream: string): Promise<TableHash> {
  const [row] = await session.rows(
    `select count(*) as n, coalesce(bit_xor(cast('0x' || substr(_row_hash, 1, 15) as bigint)), 0) as high,
       coalesce(bit_xor(cast('0x' || substr(_row_hash, 17, 15) as bigint)), 0) as low
     from ${rawTable(connection, stream)}`,
  );
  const hex = (value: unknown) => BigInt(String(value)).toString(16).padStart(15, '0');
  return { rows: Number(row?.n ?? 0), hash: `${hex(row?.high)}${hex(row?.low)}` };
}
