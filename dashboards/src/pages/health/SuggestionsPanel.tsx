import { Alert, Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { postJson } from '../../api/act';
import { together } from '../../api/cube';
import { useSuggestions, type Suggestion } from '../../api/health';
import { cutMiddle } from '../../format';
import { Checkbox } from '../../frame/Checkbox';
import { Go } from '../../frame/Go';
import { Panel } from '../../frame/Panel';
import { useFocus } from '../../frame/useFocus';
import { useNarrow } from '../../frame/useNarrow';
import { useHealthWords } from '../../words/health';

const NARROW_NAME = 9;

/** What the hub suggests about customers, to whom; each is closed with a reason. */
export function SuggestionsPanel() {
  const words = useHealthWords();
  const queries = useQueryClient();
  const [isAll, setAll] = useState(false);
  const [closing, setClosing] = useState<string>();
  const [error, setError] = useState<string>();
  const suggestions = useSuggestions(isAll);
  const answer = { ...together(suggestions), isEmpty: suggestions.data?.length === 0 };

  async function close(suggestion: string, why: string) {
    setError(undefined);
    try {
      await postJson('/api/suggestions/close', { suggestion, why });
      setClosing(undefined);
      await queries.invalidateQueries({ queryKey: ['suggestions'] });
    } catch (failure) {
      setError(failure instanceof Error ? failure.message : String(failure));
    }
  }
  return (
    <Panel
      title={words.suggestions}
      definition="HEA-7"
      answer={answer}
      height={120}
      whenEmpty={<p className="muted">{words.noSuggestions}</p>}
      extra={<Checkbox label={words.allSuggestions} isChecked={isAll} onChange={setAll} />}
    >
      {error && (
        <Alert className="failed" title={words.notClosed} role="alert">
          {error}
        </Alert>
      )}
      <div
        className="grid-box"
        role="region"
        aria-label={words.suggestions}
        tabIndex={0}
        style={{ maxHeight: 320, overflow: 'auto' }}
      >
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{words.customer}</th>
              <th scope="col">{words.suggestion}</th>
              <th scope="col" className="wide">
                {words.month}
              </th>
              <th scope="col" className="wide">
                {words.suggestedTo}
              </th>
              <th scope="col" className="wide">
                {words.raised}
              </th>
              <th scope="col">{words.state}</th>
            </tr>
          </thead>
          <tbody>
            {suggestions.data?.map((one) => (
              <Line
                key={one.suggestion_id}
                suggestion={one}
                isClosing={closing === one.suggestion_id}
                start={() => setClosing(one.suggestion_id)}
                cancel={() => setClosing(undefined)}
                close={(why) => void close(one.suggestion_id, why)}
              />
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

type LineProps = {
  suggestion: Suggestion;
  isClosing: boolean;
  start: () => void;
  cancel: () => void;
  close: (why: string) => void;
};

function Line({ suggestion, isClosing, start, cancel, close }: LineProps) {
  const words = useHealthWords();
  const narrow = useNarrow();
  const { kind, state, month, detail } = suggestion;
  const name = suggestion.customer_name ?? suggestion.customer_id;
  const label = words.closeIt(name);
  return (
    <>
      <tr>
        <td title={name}>
          <Go patch={{ customer: suggestion.customer_id, ...(month !== null && { month }) }}>
            {narrow ? cutMiddle(name, NARROW_NAME) : name}
          </Go>
        </td>
        <td title={detail ?? ''}>{words.suggestionKinds[kind] ?? kind}</td>
        <td className="wide">{month ?? '—'}</td>
        <td className="wide">{suggestion.to_name ?? words.nobody}</td>
        <td className="wide nowrap">{suggestion.raised_date}</td>
        <td className="row-actions" title={suggestion.closing_reason ?? ''}>
          {state === 'closed' ? (
            <span className="tag">{words.states[state]}</span>
          ) : (
            <>
              {state === 'over' && <span className="tag">{words.states[state]}</span>}
              <Button variant="subtle" size="compact-xs" className="touch" onClick={start} aria-label={label}>
                {words.close}
              </Button>
            </>
          )}
        </td>
      </tr>
      {isClosing && (
        <tr>
          <td colSpan={6}>
            <CloseForm name={label} close={close} cancel={cancel} />
          </td>
        </tr>
      )}
    </>
  );
}

function CloseForm({
  name,
  close,
  cancel,
}: {
  name: string;
  close: (why: string) => void;
  cancel: () => void;
}) {
  const words = useHealthWords();
  const field = useFocus<HTMLInputElement>();
  const [why, setWhy] = useState('');
  return (
    <form
      className="inline-form"
      aria-label={name}
      onKeyDown={(event) => event.key === 'Escape' && cancel()}
      onSubmit={(event) => {
        event.preventDefault();
        if (why.trim() !== '') close(why.trim());
      }}
    >
      <label>
        {words.whyClosed}
        <input
          ref={field}
          required
          maxLength={500}
          value={why}
          onChange={(event) => setWhy(event.target.value)}
        />
      </label>
      <Button variant="default" type="submit" size="compact-sm" className="touch">
        {words.close}
      </Button>
      <Button variant="default" size="compact-sm" className="touch" onClick={cancel}>
        {words.clear}
      </Button>
    </form>
  );
}
