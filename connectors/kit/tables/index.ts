export { type CsvRow, rowsOf } from './csv';
export { decode } from './decode';
export { encodeGb18030 } from './gb18030';
export { isWorkbook, type Sheet, sheetsOf } from './workbook';
export { contentHash, type SettledFile, settledFile } from './settledFile';
