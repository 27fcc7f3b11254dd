import { Skeleton } from '@mantine/core';
import { Fragment, type ReactNode } from 'react';
import type { Answer } from '../api/cube';

type Props = { answer: Answer; parts: readonly ReactNode[] | null };

/** The page in one sentence made of figures; each figure is a link to its rows. */
export function Sentence({ answer, parts }: Props) {
  if (answer.isPending) return <Skeleton h={24} maw={720} />;
  if (answer.error || !parts) return null;
  return (
    <p className="sentence" style={{ opacity: answer.isPlaceholderData ? 0.5 : 1 }}>
      {parts.map((part, at) => (
        <Fragment key={at}>{part}</Fragment>
      ))}
    </p>
  );
}
