import { existsSync, writeFileSync } from 'node:fs';
import { MillraceError } from '../../connectors/kit';
import { connectors } from '../connectors';
import { DEFAULT_CONFIG } from '../setup/setup';
import { configText } from './configText';

/** Writes a commented config; never over one that is there. */
export function init(file = DEFAULT_CONFIG): string {
  if (existsSync(file)) {
    throw new MillraceError('not_allowed', {
      what: 'A config is there already',
      where: `file ${file}`,
      todo: 'Edit it, or name another file: millrace init --config FILE',
    });
  }
  writeFileSync(file, configText([...connectors.values()]), { mode: 0o600 });
  return file;
}
