import type { ReactNode } from 'react';
import { useWords } from '../../words';
import { wordFor } from '../../words/values';
import { isColour } from './indicators';

const shapes = { red: '◆', yellow: '▲', green: '●', grey: '○' };

/** A colour is a shape and a word; the hue comes on top. */
export function ColourMark({
  colour,
  children,
}: {
  colour: string | null | undefined;
  children?: ReactNode;
}) {
  const { colour: words } = useWords('values');
  return (
    <span className="mark">
      <Shape colour={colour} />
      {children ?? wordFor(words, colour ?? 'none')}
    </span>
  );
}

export function Shape({ colour }: { colour: string | null | undefined }) {
  if (!isColour(colour)) return null;
  return (
    <i aria-hidden style={{ color: `var(--health-${colour})` }}>
      {shapes[colour]}
    </i>
  );
}
