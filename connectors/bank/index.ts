export { bank, bankFilesOf } from './connector';
export { addFile } from './addFile';
export type { BankFiles } from './parsedFiles';
export { type FilePreview, previewFile } from './preview';
