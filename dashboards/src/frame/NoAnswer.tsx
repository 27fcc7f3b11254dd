import { Title } from '@mantine/core';
import { useWords } from '../words';
import { Failed } from './PanelState';

/** The hub itself does not answer: said once, not in every panel; asked again by itself. */
export function NoAnswer({ error, retry }: { error: Error; retry: () => void }) {
  const words = useWords('frame');
  return (
    <main className="alone">
      <Title order={1} fz={20}>
        {words.noAnswer}
      </Title>
      <Failed error={error} retry={retry} height={0} />
    </main>
  );
}
