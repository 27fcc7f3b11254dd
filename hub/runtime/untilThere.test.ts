import { untilThere } from './untilThere';

describe('waiting for a service', () => {
  const options = { what: 'Postgres at db:5432', todo: 'Start it', limitMs: 60_000 };
  const told: string[] = [];
  const tell = (line: string) => void told.push(line);
  beforeEach(() => told.splice(0));

  test('it is tried again until it is there, and one line says so', async () => {
    let tries = 0;
    const attempt = async () => {
      if (++tries < 3) throw new Error('connect ECONNREFUSED');
      return 'there';
    };
    expect(await untilThere({ ...options, tell }, attempt)).toBe('there');
    expect(told).toEqual(['  waiting for Postgres at db:5432: connect ECONNREFUSED']);
  });

  test('the wait has an end, which says what was missing and what to do', async () => {
    const never = () => Promise.reject(new Error('connect ECONNREFUSED'));
    await expect(untilThere({ ...options, tell, limitMs: 100 }, never)).rejects.toMatchObject({
      code: 'network',
      what: 'Postgres at db:5432 did not answer within 0 s: connect ECONNREFUSED',
      todo: 'Start it',
    });
  });

  test('what no waiting helps is told at once', async () => {
    let tries = 0;
    const attempt = () => {
      tries++;
      return Promise.reject(new Error('wrong password'));
    };
    const isPassing = () => false;
    await expect(untilThere({ ...options, tell, isPassing }, attempt)).rejects.toThrow('wrong password');
    expect(tries).toBe(1);
  });
});
