import { KingdeeSandbox } from './index';

/** The vendor's wire format, spoken by a client that is not ours: whatever a sandbox gets wrong, a connector learns wrong. */
describe('the K3Cloud sandbox', () => {
  const sandbox = new KingdeeSandbox();
  let cookie = '';

  beforeAll(async () => {
    await sandbox.start();
    sandbox.seed(
      'SAL_SaleOrder',
      ['01', '02', '03'].map((day, index) => ({
        FID: index + 1,
        FBillNo: `O'${day}`,
        FDocumentStatus: 'C',
        FModifyDate: `2026-01-${day} 08:00:00`,
        FBillAllAmount: `${index}.50`,
      })),
    );
    sandbox.seed('SAL_SaleOrder.FSaleOrderEntry', [
      { FSaleOrderEntry_FEntryID: 11, FID: 1, FQty: '2' },
      { FSaleOrderEntry_FEntryID: 12, FID: 1, FQty: '3' },
    ]);
  });
  afterAll(() => sandbox.stop());
  beforeEach(async () => {
    cookie = await login();
  });

  const call = async (service: string, body: string, type = 'application/json', folder = 'K3Cloud') => {
    const url = `${sandbox.baseUrl}/${folder}/Kingdee.BOS.WebApi.ServicesStub.${service}.common.kdsvc`;
    const answer = await fetch(url, { method: 'POST', body, headers: { 'content-type': type, cookie } });
    expect(answer.status).toBe(200);
    return { body: (await answer.json()) as unknown, cookies: answer.headers.get('set-cookie') ?? '' };
  };
  const rows = async (query: Record<string, unknown>) => {
    const data = { FormId: 'SAL_SaleOrder', FieldKeys: 'FID', ...query };
    const body = JSON.stringify({ parameters: [JSON.stringify(data)] });
    return (await call('DynamicFormService.ExecuteBillQuery', body)).body;
  };
  const login = async () => {
    const { accountId, user, password } = sandbox.account;
    const body = JSON.stringify({ parameters: [accountId, user, password, 2052] });
    const { cookies } = await call('AuthService.ValidateUser', body);
    return /kdservice-sessionid=[^;]+/.exec(cookies)?.[0] ?? '';
  };
  const refusal = (message: string, MsgCode: number) => [
    [
      {
        Result: {
          ResponseStatus: expect.objectContaining({
            IsSuccess: false,
            MsgCode,
            Errors: [expect.objectContaining({ Message: message })],
          }),
        },
      },
    ],
  ];

  test('four styles of arguments give the same rows', async () => {
    const data = JSON.stringify({ FormId: 'SAL_SaleOrder', FieldKeys: 'FID,FBillNo', FilterString: 'FID=2' });
    const service = 'DynamicFormService.ExecuteBillQuery';
    const expected = [[2, "O'02"]];
    expect((await call(service, JSON.stringify({ formid: 'SAL_SaleOrder', data }))).body).toEqual(expected);
    expect((await call(service, JSON.stringify({ parameters: [data] }))).body).toEqual(expected);
    const form = new URLSearchParams({ data }).toString();
    expect((await call(service, form, 'application/x-www-form-urlencoded', 'k3cloud')).body).toEqual(
      expected,
    );
    const envelope = { format: 1, useragent: 'ApiClient', parameters: JSON.stringify([data]), v: '1.0' };
    expect((await call(service, JSON.stringify(envelope))).body).toEqual(expected);
  });

  test('columns come in the order of FieldKeys; blanks are a space, dates have a time, numbers are bare', async () => {
    const FieldKeys = 'FNote,FBillAllAmount,FModifyDate,FDate,FCloseDate';
    expect(await rows({ FieldKeys, FilterString: "FBillNo='O''01'" })).toEqual([
      [' ', 0.5, '2026-01-01T08:00:00', null, null],
    ]);
  });

  test('an entry field repeats the head on every line', async () => {
    expect(
      await rows({ FieldKeys: 'FBillNo,FSaleOrderEntry_FEntryID,FQty', OrderString: 'FQty DESC' }),
    ).toEqual([
      ["O'01", 12, 3],
      ["O'01", 11, 2],
    ]);
  });

  test.each([
    ["FModifyDate>='2026-01-02 08:00:00'", [2, 3]],
    ["FModifyDate>'2026-01-01T08:00:00' and (FModifyDate>'2026-01-02T08:00:00' or FID>2)", [3]],
    ["FID in (1,3) and FBillNo like '%01'", [1]],
    ["FDocumentStatus<>'C' or not_a_field=1", 'refused'],
    ['FApproveDate is null and FID<=1', [1]],
  ])('the filter %s', async (FilterString, expected) => {
    const answer = await rows({ FilterString, OrderString: 'FModifyDate ASC,FID ASC' });
    if (expected === 'refused') expect(answer).toEqual(refusal('元数据中标识为not_a_field的字段不存在', 9));
    else expect(answer).toEqual((expected as number[]).map((id) => [id]));
  });

  test('a filter may be a list of conditions', async () => {
    const FilterString = [
      { Left: '(', FieldName: 'FBillNo', Compare: '=', Value: "O'01", Right: '', Logic: 'OR' },
      { Left: '', FieldName: 'FBillNo', Compare: '=', Value: "O'03", Right: ')', Logic: 0 },
    ];
    expect(await rows({ FilterString, OrderString: 'FID DESC' })).toEqual([[3], [1]]);
  });

  test('Limit is capped in silence, StartRow is an offset, TopRowCount an end row', async () => {
    sandbox.cap = 2;
    const order = { OrderString: 'FID ASC' };
    expect(await rows({ ...order, Limit: 2_000 })).toEqual([[1], [2]]);
    expect(await rows({ ...order, StartRow: 2, Limit: 2 })).toEqual([[3]]);
    expect(await rows({ ...order, StartRow: 2, Limit: 2, TopRowCount: 2 })).toEqual([]);
    sandbox.cap = 2_000;
  });

  test('what is wrong is said among the rows, with status 200', async () => {
    expect(await rows({ FormId: 'NO_SuchForm' })).toEqual(refusal('业务对象不存在', 4));
    expect(await rows({ FieldKeys: 'FID,F_CustomOfOthers' })).toEqual(
      refusal('元数据中标识为F_CustomOfOthers的字段不存在', 9),
    );
    expect(await rows({ FilterString: "FID = 'open" })).toEqual(
      refusal("过滤条件语法错误，在“ 'open”附近", 4),
    );
    cookie = 'kdservice-sessionid=of-yesterday';
    expect(await rows({})).toEqual(refusal('会话信息已丢失，请重新登录', 1));
  });

  test('BillQuery gives objects, View one document with its entries, QueryBusinessInfo the fields', async () => {
    const query = JSON.stringify({ FormId: 'SAL_SaleOrder', FieldKeys: 'FBillNo', FilterString: 'FID=1' });
    expect(
      (await call('DynamicFormService.BillQuery', JSON.stringify({ parameters: [query] }))).body,
    ).toEqual([{ FBillNo: "O'01" }]);
    const view = { parameters: ['SAL_SaleOrder', JSON.stringify({ Number: "O'01" })] };
    expect((await call('DynamicFormService.View', JSON.stringify(view))).body).toMatchObject({
      Result: {
        ResponseStatus: { IsSuccess: true },
        Result: { Id: 1, FSaleOrderEntry: [{ FQty: '2' }, { FQty: '3' }] },
      },
    });
    const info = { parameters: [JSON.stringify({ FormId: 'SAL_SaleOrder' })] };
    expect(
      JSON.stringify((await call('DynamicFormService.QueryBusinessInfo', JSON.stringify(info))).body),
    ).toContain('"FSalerId"');
  });

  test('five wrong passwords lock the user, even for the right one', async () => {
    const { accountId, user, password } = sandbox.account;
    const tried = async (word: string) => {
      const body = JSON.stringify({ acctID: accountId, username: user, password: word, lcid: 2052 });
      return (await call('AuthService.ValidateUser', body)).body as {
        LoginResultType: number;
        Message: string;
      };
    };
    for (let i = 0; i < 5; i++)
      expect(await tried('wrong')).toMatchObject({ LoginResultType: -1, Message: '用户名或密码错误' });
    expect(await tried(password)).toMatchObject({
      LoginResultType: -2,
      Message: '用户已被锁定，请联系管理员',
    });
  });
});
