import { splitLines, splitRecords } from './split';

const split = (text: string, path: string[] = [], keys?: string[]) =>
  splitRecords(Buffer.from(text), keys ? { path, keys } : { path });
const textOf = (text: string, path?: string[], keys?: string[]) =>
  split(text, path, keys).lines.toString('utf8');

describe('splitting the record array out of a body', () => {
  test('one record per line, white space dropped, numbers quoted, the rest is the envelope', () => {
    const body =
      '{"errorCode":0,"data":{"total":2, "dataList":[ {"a":1.10, "b":"x, [y]"} ,\n{"a":-2e3,"c":[1,{"d":null}]}],"x":"}"},"z":[1]}';
    const result = split(body, ['data', 'dataList']);
    expect(result.lines.toString()).toBe('{"a":"1.10","b":"x, [y]"}\n{"a":"-2e3","c":["1",{"d":null}]}\n');
    expect(result.count).toBe(2);
    expect(result.envelope).toEqual({ errorCode: 0, data: { total: 2, dataList: [], x: '}' }, z: [1] });
  });

  test('digits that a double cannot hold stay as they are', () => {
    expect(textOf('[{"n":9007199254740993.13}]')).toBe('{"n":"9007199254740993.13"}\n');
  });

  test('arrays of values become objects under the keys that were asked for', () => {
    expect(textOf('[["A,\\"]",1,null],[" ",2.50,true]]', [], ['n', 'FCustId.FNumber', 'ok'])).toBe(
      '{"n":"A,\\"]","FCustId.FNumber":"1","ok":null}\n{"n":" ","FCustId.FNumber":"2.50","ok":true}\n',
    );
  });

  test('an empty array gives no line', () => {
    expect(split('{"a":[ ]}', ['a'])).toMatchObject({ count: 0, envelope: { a: [] } });
  });

  test.each(['[{"a":1}', '[{"a":"x', '{"data":{"list":[{"a":1},', '{"da'])(
    'a body cut in the middle is named: %s',
    (body) => {
      expect(() => split(body, body.startsWith('[') ? [] : ['data', 'list'])).toThrow(/truncated_answer/);
    },
  );

  test('a missing array is named', () => {
    expect(() => split('{"data":{}}', ['data', 'list'])).toThrow(/no member "list"/);
    expect(() => split('{"data":null}', ['data'])).toThrow(/no record array at data/);
  });

  test('what comes out is what JSON.parse would have seen, for many shapes', () => {
    const records = Array.from({ length: 500 }, (_, i) => ({
      id: `k${i}`,
      t: `\u4e2d\\"${i}\n[{`,
      deep: { list: ['a', { b: ['}'] }] },
    }));
    const lines = textOf(JSON.stringify({ rows: records }, null, 3), ['rows'])
      .trimEnd()
      .split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(records);
  });

  test('names at the top of the records are told once each, whatever their order and spelling', () => {
    const body =
      '[{"a":1,"b":{"deep":1}},{"b":"a","a":[{"x":1}]},{"a":"b","\\u0063":null,"d\\"":1},{},{"c":2,"中":"{"}]';
    expect(split(body).fields).toEqual(['a', 'b', 'c', 'd"', '中']);
    expect(split('[[1,{"x":2}]]', [], ['n', 'o']).fields).toEqual(['n', 'o']);
  });

  test('lines of objects are records too, with or without an end of the last line', () => {
    const { lines, count, fields } = splitLines(Buffer.from('{"a": 1.10, "b": [\r\n2]}\r\n\n{"a":"x"}'));
    expect(lines.toString()).toBe('{"a":"1.10","b":["2"]}\n{"a":"x"}\n');
    expect({ count, fields }).toEqual({ count: 2, fields: ['a', 'b'] });
    expect(splitLines(Buffer.alloc(0))).toMatchObject({ count: 0, fields: [] });
    expect(() => splitLines(Buffer.from('{"a":1'))).toThrow(/truncated_answer/);
    expect(() => splitLines(Buffer.from('{"a":1}]'))).toThrow(/a bracket where a record was expected/);
    expect(() => splitLines(Buffer.from('id,amount\n'))).toThrow(/a bare value/);
  });

  test('a body larger than any before does not disturb the lines of an earlier one', () => {
    const first = split('[{"a":"first"}]');
    split(JSON.stringify(Array.from({ length: 60_000 }, (_, n) => ({ a: n, long: 'x'.repeat(30) }))));
    expect(first.lines.toString()).toBe('{"a":"first"}\n');
  });
});
