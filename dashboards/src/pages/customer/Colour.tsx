import { useFilters } from '../../filters';
import { tenth } from '../../format';
import { useWords } from '../../words';
import { wordFor } from '../../words/values';

const shapes: Record<string, string> = { red: '◆', yellow: '▲', green: '●', grey: '○' };

/** A colour is a shape and a word; the hue comes on top. */
export function Colour({
  colour,
  score,
}: {
  colour: string | null | undefined;
  score?: string | null | undefined;
}) {
  const words = useWords('values');
  const { lang } = useFilters().filters;
  if (!colour) return <span className="muted">—</span>;
  return (
    <span className="mark">
      <i aria-hidden style={{ color: `var(--health-${colour})` }}>
        {shapes[colour]}
      </i>
      {wordFor(words.colourShort, colour)} {score && <span className="num">{tenth(score, lang)}</span>}
    </span>
  );
}
