import express from 'express';
import { type EmbeddedCube, startCube } from '../../hub/cube';
import { type BuiltCase, type Case, given, type OpenEngine } from '../models/given';

/** A case's models and Cube over them. */
export interface OverCube {
  readonly built: BuiltCase;
  readonly cube: EmbeddedCube;
}

/** Built before the tests of the `describe` it stands in, closed after them. */
export function overCube(once: Case, open: OpenEngine): OverCube {
  let opened: OverCube | undefined;
  const mustBeOpen = (): OverCube => {
    if (!opened) throw new Error('the case is built before the first test, not while tests are collected');
    return opened;
  };
  beforeAll(async () => {
    const built = await given(once, open);
    const cube = await startCube({
      app: express(),
      warehouse: built.warehouse,
      apiSecret: 'test',
      authenticate: async () => null,
    });
    await cube.warmUp();
    opened = { built, cube };
  }, 180_000);
  afterAll(async () => {
    await opened?.cube.close();
    await opened?.built.close();
  });
  return {
    get built() {
      return mustBeOpen().built;
    },
    get cube() {
      return mustBeOpen().cube;
    },
  };
}
