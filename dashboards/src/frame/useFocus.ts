import { useEffect, useRef } from 'react';

/** The field that a person who opened a form writes in first. */
export function useFocus<E extends HTMLElement>() {
  const field = useRef<E>(null);
  useEffect(() => field.current?.focus(), []);
  return field;
}
