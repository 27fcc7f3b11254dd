import {
  byOffset,
  clockInState,
  finalState,
  firstOf,
  firstPages,
  fromCursorOnly,
  fullOnly,
  listWithoutTie,
  loggingInTwice,
  mustHaveRows,
  nothing,
  pages,
  plusMinute,
  refuse,
  rememberedKeys,
  sessionLostOnceOnly,
  stateTooEarly,
  telling,
  tried,
  untilShort,
} from './badReads';
import { type Habits, PAGE_ROWS } from './tiny';

/** For every check the habits it must catch: each is a mistake that connectors really make. */
export const badHabits: Record<string, [what: string, complaint: RegExp, habits: Habits][]> = {
  'check passes for the login and for every stream': [
    [
      'asks for an address that does not exist',
      /bad_answer/,
      { check: (http) => http.get('/nothing/../me2').then(refuse) },
    ],
  ],
  'a wrong password is login_refused and is tried once only': [
    [
      'takes a refused login for a lost session and tries again',
      /the code is session_lost/,
      {
        options: { explain: ({ status }) => (status === 401 || status === 440 ? 'session_lost' : undefined) },
      },
    ],
    [
      'tries the login three times',
      /tried 3 times/,
      { open: async (_config, http) => (await tried(3, () => http.get('/me')), http) },
    ],
    ['does not log in at all', /no error was thrown/, { check: () => Promise.resolve() }],
  ],
  'a stream that may not be read is named by its check': [
    ['checks the login only', /no error was thrown/, { check: async (http) => void (await http.get('/me')) }],
    [
      'has another word for it',
      /the code is bad_request/,
      {
        options: {
          explain: ({ status }) =>
            status === 403 ? 'bad_request' : status === 440 ? 'session_lost' : undefined,
        },
      },
    ],
  ],
  'no secret stands in an error': [
    [
      'puts its config into an error',
      /a secret stands/,
      { open: (config, http) => telling(config.password, http) },
    ],
    [
      'keeps the request as the cause',
      /a secret stands/,
      { open: (config, http) => telling('', http, { headers: { password: config.password } }) },
    ],
  ],
  'an empty account gives no record and a state to go on from': [
    [
      'takes an empty answer for a failure',
      /bad_answer/,
      { list: async (http, query, good) => mustHaveRows(await good(http, query)) },
    ],
  ],
  'one record less than a page is read whole and once': [
    [
      'drops a page that is not full',
      /4 of 4 records are lost/,
      { list: async (http, query, good) => fullOnly(await good(http, query)) },
    ],
  ],
  'exactly one page is read whole and once': [
    [
      'asks for one more than it keeps',
      /1 of 5 records are lost/,
      {
        list: async (http, query, good) => (await good(http, query)).slice(0, PAGE_ROWS - 1),
        read: untilShort(PAGE_ROWS),
      },
    ],
  ],
  'one record more than a page is read whole and once': [
    ['reads one page', /1 of 6 records are lost/, { read: firstPages(1) }],
  ],
  'ten times the page limit is read whole and once': [
    ['gives up after nine pages', /5 of 50 records are lost/, { read: firstPages(9) }],
  ],
  'more records than a page holds may share one cursor value': [
    [
      'goes on behind the cursor value, without the tie',
      /records are lost/,
      { list: (http, query) => listWithoutTie(http, query) },
    ],
    ['goes on at the cursor value', /records are lost|come to an end/, { read: fromCursorOnly }],
  ],
  'the state after every page is enough to go on from': [
    ['gives the state of the next page with this one', /records are lost/, { read: stateTooEarly }],
    ['gives the final state with every page', /records are lost/, { read: finalState }],
  ],
  'a second read of unchanged data comes to the same state': [
    ['puts the clock into its state', /the state moved/, { read: clockInState }],
  ],
  'a bad row comes through, and so do its neighbours': [
    [
      'leaves out what does not fit',
      /never reached the quarantine/,
      {
        list: async (http, query, good) => (await good(http, query)).filter(({ amount }) => amount !== 'one'),
      },
    ],
    [
      'fails the page',
      /bad_answer/,
      {
        list: async (http, query, good) =>
          (await good(http, query)).map((row) => (row.amount === 'one' ? refuse() : row)),
      },
    ],
  ],
  'keys are all keys, on more than one page': [
    ['has no keys', /has no keys/, { keys: null }],
    ['gives one page of keys', /8 of 13 records are lost/, { keys: (http, good) => firstOf(good(http)) }],
  ],
  'a change is seen by the next read, without reading all again': [
    [
      'reads everything every time',
      /gave every record again/,
      { read: (http, _stream, _state) => pages(http, undefined) },
    ],
    [
      'reads once',
      /did not come/,
      { read: (http, _stream, state) => (state === undefined ? pages(http, undefined) : nothing(state)) },
    ],
  ],
  'a change that committed late is seen by the next read': [
    [
      'has no overlap',
      /did not come/,
      {
        list: (http, { from, ...query }, good) =>
          good(http, { ...query, ...(from && { from: plusMinute(from) }) }),
      },
    ],
  ],
  'a record changed while we read hides neither itself nor its neighbour': [
    ['pages by offset', /1 of 15 records are lost/, { read: byOffset }],
  ],
  'deleted records are missing from the keys': [
    ['remembers keys', /still among the keys/, { keys: rememberedKeys() }],
  ],
  'throttling is waited for as long as the vendor asks, and loses nothing': [
    [
      'takes it for a refusal',
      /quota_exhausted/,
      {
        options: {
          explain: ({ status }) =>
            status === 429 ? 'quota_exhausted' : status === 440 ? 'session_lost' : undefined,
        },
      },
    ],
    [
      'tries again at once',
      /waited \d+ ms where the vendor asked for 1000/,
      { options: { retries: 0 }, list: (http, query, good) => tried(3, () => good(http, query)) },
    ],
  ],
  'a session lost in mid-run is renewed once, and nothing is lost': [
    ['logs in at the start only', /440 \(bad_request/, { options: { explain: sessionLostOnceOnly() } }],
    ['logs in twice', /logged in \d times after one/, { options: { retries: 5 }, list: loggingInTwice }],
  ],
  'a business error inside a good answer is an error in the words of the vendor': [
    [
      'takes it for an empty page',
      /no error was thrown/,
      {
        options: { explain: ({ status }) => (status === 440 ? 'session_lost' : undefined) },
        list: (http, query, good) => good(http, query).catch(() => []),
      },
    ],
    [
      'has its own words',
      /the vendor's words are missing/,
      {
        options: {
          explain: ({ status, head }) =>
            status === 440 ? 'session_lost' : head.includes('"error"') ? 'bad_request' : undefined,
        },
      },
    ],
  ],
  'a truncated body is asked for again: no record lost, none twice': [
    [
      'takes it for the end',
      /records are lost/,
      {
        list: (http, query, good) => (query.after ? good(http, query).catch(() => []) : good(http, query)),
        options: { retries: 0 },
      },
    ],
  ],
  'a connection that breaks is tried again: no record lost, none twice': [
    ['never tries again', /ECONNRESET/, { options: { retries: 0 } }],
  ],
  'a page of HTML with status 503 is waited out: no record lost, none twice': [
    [
      'takes it for a refusal',
      /not_found/,
      {
        options: {
          explain: ({ status }) =>
            status === 503 ? 'not_found' : status === 440 ? 'session_lost' : undefined,
        },
      },
    ],
  ],
};
