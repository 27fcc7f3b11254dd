import { Title } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import { useWords } from '../words';

type Props = { title: string; tools?: ReactNode; children: ReactNode };

/** One h1, one document title: in WeCom the title bar is drawn from it. */
export function Page({ title, tools, children }: Props) {
  const { brand } = useWords('frame');
  useEffect(() => {
    document.title = `${title} · ${brand}`;
  }, [title, brand]);
  return (
    <div className="page">
      <div className="page-head">
        <Title order={1} fz={20}>
          {title}
        </Title>
        {tools}
      </div>
      {children}
    </div>
  );
}
