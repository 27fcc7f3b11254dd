import { together } from '../../api/cube';
import { useFilters } from '../../filters';
import { count } from '../../format';
import { Go } from '../../frame/Go';
import { Panel } from '../../frame/Panel';
import { useNarrow } from '../../frame/useNarrow';
import { useWords } from '../../words';
import { useHealthWords } from '../../words/health';
import { wordFor } from '../../words/values';
import { ColourMark } from './ColourMark';
import { colours } from './indicators';
import { useMoves } from './useMoves';

const before = [...colours, 'none'] as const;

/** From which colour to which: who turned red, and who got better. */
export function MovesPanel() {
  const words = useHealthWords();
  const values = useWords('values');
  const { lang, month } = useFilters().filters;
  const narrow = useNarrow();
  const moves = useMoves();
  const of = (was: string, is: string) =>
    moves.data?.find((row) => (row.previous_colour ?? 'none') === was && row.colour === is)?.customers;
  return (
    <Panel
      title={`${words.moves} · ${month}`}
      definition="HEA-6"
      note={words.movesNote}
      answer={together(moves)}
    >
      <table className="matrix">
        <thead>
          <tr>
            {narrow ? <td /> : <th scope="col">{`${words.lastMonth} \\ ${words.thisMonth}`}</th>}
            {colours.map((colour) => (
              <th key={colour} scope="col">
                <ColourMark colour={colour}>{values.colourShort[colour]}</ColourMark>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {before.map((was) => (
            <tr key={was}>
              <th scope="row">
                <ColourMark colour={was}>
                  {wordFor(was === 'none' ? values.colour : values.colourShort, was)}
                </ColourMark>
              </th>
              {colours.map((colour) => (
                <td key={colour} className={was === colour ? 'same' : ''}>
                  {of(was, colour) === undefined ? (
                    <span className="muted">0</span>
                  ) : (
                    <Go
                      patch={{ colour, was }}
                      to="list"
                      label={`${words.moved(wordFor(values.colour, was), wordFor(values.colour, colour))}: ${of(was, colour)}`}
                    >
                      {count(of(was, colour), lang)}
                    </Go>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
