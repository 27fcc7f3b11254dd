import { Alert, Button, Card, Title } from '@mantine/core';
import { useState } from 'react';
import * as z from 'zod/mini';
import { postFile } from '../../api/act';
import { useFilters } from '../../filters';
import { count } from '../../format';
import { useFinanceWords } from '../../words/finance';

const report = z.object({
  figures: z.number(),
  added: z.number(),
  problems: z.array(z.object({ row: z.number(), problem: z.string() })),
});
type Report = z.infer<typeof report>;
const PROBLEMS_SHOWN = 20;

/** First a look at what the file holds, then it is kept: nothing is written before somebody has seen the rows that are not understood. */
export function ImportPanel() {
  const words = useFinanceWords();
  const { lang } = useFilters().filters;
  const [file, setFile] = useState<File>();
  const [looked, setLooked] = useState<Report>();
  const [said, setSaid] = useState('');
  const [error, setError] = useState<string>();
  const [isBusy, setBusy] = useState(false);

  async function send(chosen: File, apply: boolean): Promise<void> {
    setBusy(true);
    setError(undefined);
    setSaid('');
    try {
      const query = new URLSearchParams({ name: chosen.name, apply: String(apply) });
      const found = report.parse(await postFile(`/api/finance/control?${query}`, chosen));
      setLooked(apply ? undefined : found);
      if (apply) setSaid(found.added > 0 ? words.kept(count(String(found.added), lang)) : words.alreadyKept);
    } catch (failure) {
      setLooked(undefined);
      setError(failure instanceof Error ? failure.message : String(failure));
    } finally {
      setBusy(false);
    }
  }
  return (
    <Card withBorder p={12} bg="var(--surface)">
      <Title order={2} fz={15}>
        {words.importTitle}
      </Title>
      <p className="muted panel-note">{words.importHint}</p>
      <form
        className="inline-form"
        aria-label={words.importTitle}
        onSubmit={(event) => {
          event.preventDefault();
          if (file) void send(file, false);
        }}
      >
        <label>
          {words.importFile}
          <input
            type="file"
            accept=".csv,.xlsx,.xls"
            onChange={(event) => {
              setFile(event.target.files?.[0]);
              setLooked(undefined);
            }}
          />
        </label>
        <Button
          variant="default"
          type="submit"
          size="compact-sm"
          className="touch"
          disabled={!file || isBusy}
        >
          {words.check}
        </Button>
        {looked && file && looked.figures > 0 && looked.problems.length === 0 && (
          <Button
            variant="default"
            size="compact-sm"
            className="touch"
            disabled={isBusy}
            onClick={() => void send(file, true)}
          >
            {words.keep(count(String(looked.figures), lang))}
          </Button>
        )}
        <span role="status" className="good">
          {said}
        </span>
      </form>
      {looked && looked.problems.length > 0 && (
        <ul className="plain-list bad">
          {looked.problems.slice(0, PROBLEMS_SHOWN).map(({ row, problem }) => (
            <li key={row}>{words.badRow(String(row), problem)}</li>
          ))}
        </ul>
      )}
      {error && (
        <Alert className="failed" title={words.failedAct} role="alert">
          {error}
        </Alert>
      )}
    </Card>
  );
}
