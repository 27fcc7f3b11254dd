import { randomUUID } from 'node:crypto';

/** `thirdTraceId` for the address, new for every try: the getter is read each time a request is sent. */
export const trace = (): Record<string, string> => ({
  get thirdTraceId() {
    return randomUUID();
  },
});
