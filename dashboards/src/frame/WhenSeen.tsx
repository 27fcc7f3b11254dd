import { Card, Skeleton } from '@mantine/core';
import { useEffect, useRef, useState, type ReactNode } from 'react';

/** What lies below the screen asks its questions when the reader comes near: the first figures wait for fewer queries. */
export function WhenSeen({ height, children }: { height: number; children: ReactNode }) {
  const [isSeen, setSeen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isSeen || !box.current) return undefined;
    const watch = new IntersectionObserver(([entry]) => entry?.isIntersecting && setSeen(true), {
      rootMargin: '300px',
    });
    watch.observe(box.current);
    return () => watch.disconnect();
  }, [isSeen]);
  if (isSeen) return children;
  return (
    <div ref={box}>
      <Card withBorder p={12} bg="var(--surface)">
        <Skeleton h={height} className="after-a-moment" />
      </Card>
    </div>
  );
}
