import { MillraceError } from '../../connectors/kit';
import { examineFolder } from '../doctor/doctor';
import type { Finding, Level } from '../doctor/finding';
import type { SetupOptions } from '../setup/setup';
import { readHubNote } from '../work/hubNote';
import { remoteWork } from '../work/remoteWork';

const SIGNS: Record<Level, string> = { ok: '✓', warn: '!', bad: '✗' };

/** `millrace doctor`: asks the hub that runs, else looks itself. Exit code 1 when something is bad. */
export async function doctor(options: SetupOptions & { json?: boolean }): Promise<void> {
  const findings = await findingsOf(options);
  if (options.json) console.log(JSON.stringify(findings, null, 2));
  else for (const finding of findings) console.log(textOf(finding));
  if (findings.some(({ level }) => level === 'bad')) process.exitCode = 1;
}

/** A hub whose process is there but which does not answer is itself what is wrong. */
async function findingsOf(options: SetupOptions): Promise<Finding[]> {
  const note = readHubNote(options.data);
  if (!note) return examineFolder(options);
  try {
    return await remoteWork(note).doctor();
  } catch (error) {
    if (error instanceof MillraceError) throw error;
    return [
      {
        check: 'hub',
        level: 'bad',
        what: 'The hub does not answer',
        where: `process ${note.pid}, ${note.url}`,
        todo: 'End this process and start the hub again; it goes on where it was',
      },
    ];
  }
}

function textOf({ check, level, what, where, todo }: Finding): string {
  const lines = [`${SIGNS[level]} ${check.padEnd(12)} ${what}`];
  if (level !== 'ok') {
    if (where) lines.push(`    where  ${where}`);
    if (todo) lines.push(`    do     ${todo}`);
  }
  return lines.join('\n');
}
