import { Title } from '@mantine/core';
import { KeyRound } from 'lucide-react';
import { useWords } from '../words';
import { Looks } from './Shell';

/** 401: nobody is signed in, and nothing of the data may be guessed from the page. */
export function LoginNeeded() {
  const words = useWords('frame');
  return (
    <main className="alone">
      <KeyRound size={32} aria-hidden className="muted" />
      <Title order={1} fz={20}>
        {words.loginTitle}
      </Title>
      <p>{words.loginWhat}</p>
      <p>{words.loginTodo}</p>
      <Looks />
    </main>
  );
}
