import {
  addFile,
  type BankFiles,
  bank,
  bankFilesOf,
  type FilePreview,
  previewFile,
} from '../../connectors/bank';
import { MillraceError } from '../../connectors/kit';
import type { Setup } from '../setup/setup';
import type { BankFileAdded, BankFilePreview, BankWork, HandedFile } from './bankWork';

type Connections = Pick<Setup, 'connections' | 'folder'>;

/** Bank files over the connections of a config. */
export function bankOver(setup: Connections): BankWork {
  return {
    async preview(file) {
      const target = await targetOf(setup, file);
      return { connection: target.connection, ...(await previewIn(target.files, file)) };
    },
    add: async (file) => add(await targetOf(setup, file), file),
  };
}

/** The same without any connection: a file can be looked at before there is a config. */
export const bankWithoutConfig: Pick<BankWork, 'preview'> = {
  preview: async ({ name, content, account }): Promise<BankFilePreview> => ({
    connection: null,
    ...(await previewFile({ name, bytes: content }, { account: account ?? '(unknown)' })),
  }),
};

/** The same over a config that is read when it is first asked for. */
export const laterBank = (open: () => BankWork): BankWork => ({
  preview: async (file) => open().preview(file),
  add: async (file) => open().add(file),
});

interface Target {
  connection: string;
  files: BankFiles;
}

async function add({ connection, files }: Target, file: HandedFile): Promise<BankFileAdded> {
  const preview = await previewIn(files, file);
  const isAccountNamed = file.account === undefined || (await namesAccount(files, file));
  const name = isAccountNamed ? file.name : `${file.account}账号 ${file.name}`;
  const savedAs = await addFile(files.folder, { name, bytes: file.content, format: preview.format });
  return { connection, ...preview, savedAs, isSyncing: false };
}

const previewIn = (files: BankFiles, { name, content, account }: HandedFile): Promise<FilePreview> =>
  previewFile({ name, bytes: content }, { ...files, account: account ?? files.account });

/** Whether a sync, which is not told the account, will find it: it is in the file or in the name that the file gets. */
async function namesAccount(files: BankFiles, { name, content, account }: HandedFile): Promise<boolean> {
  const alone = await previewFile({ name, bytes: content }, { ...files, account: undefined }).catch(
    () => undefined,
  );
  return alone?.statements.some((statement) => statement.account !== account) ?? false;
}

async function targetOf(
  { connections, folder }: Connections,
  { connection: wanted }: HandedFile,
): Promise<Target> {
  const ours = connections.filter(({ connector }) => connector.name === bank.name);
  const names = ours.map(({ name }) => name);
  const chosen =
    wanted === undefined && ours.length === 1 ? ours[0] : ours.find(({ name }) => name === wanted);
  if (!chosen)
    throw new MillraceError(ours.length === 0 ? 'config_invalid' : 'bad_request', {
      what:
        ours.length === 0
          ? 'No connection reads bank files'
          : wanted === undefined
            ? `Several connections read bank files: ${names.join(', ')}`
            : `No connection of bank files is called ${wanted}; there are ${names.join(', ')}`,
      todo:
        ours.length === 0
          ? 'Add a connection with `connector: bank` to the config'
          : 'Name one with --connection',
    });
  return { connection: chosen.name, files: bankFilesOf(await chosen.settings(), folder, () => new Date()) };
}
