import type { FilePreview } from '../../connectors/bank';

/** A bank file as somebody hands it over; its name is not trusted. */
export interface HandedFile {
  name: string;
  content: Buffer;
  /** Which connection; may be left out where there is one for bank files only. */
  connection?: string | undefined;
  /** Of a file that names no account. */
  account?: string | undefined;
}

export interface BankFilePreview extends FilePreview {
  /** Whose folder it was compared with; null: none. */
  connection: string | null;
}

export interface BankFileAdded extends BankFilePreview {
  connection: string;
  /** Under which name it lies in the connection's folder now. */
  savedAs: string;
  /** The hub has begun to load it. */
  isSyncing: boolean;
}

/** Bank files that people hand over (A5). */
export interface BankWork {
  /** What loading the file would do; nothing is kept. Error: `file_unreadable`. */
  preview(file: HandedFile): Promise<BankFilePreview>;
  /** Puts the file into the connection's folder. Errors: `file_unreadable`, `folder_unwritable`. */
  add(file: HandedFile): Promise<BankFileAdded>;
}
