import { type Fault, type Row, Sandbox, type SandboxAnswer, type SandboxRequest } from '../../kit';
import { arraysOf, objectsOf } from './answer';
import { type Arguments, argument, argumentsOf, objectOf } from './body';
import { MSG, Refused, SESSION_LOST, statusOf, unknownField } from './errors';
import { type FieldType, type Form, forms } from './forms';
import { billQueryOf, runQuery } from './query';
import { type KingdeeAccount, Logins } from './logins';
import { FormTable } from './table';
import { text } from './text';

const SERVER_CAP = 2_000; // rows in one answer, whatever Limit says; no flag tells
const AUTH = 'Kingdee.BOS.WebApi.ServicesStub.AuthService.';
const FORM_SERVICE = 'Kingdee.BOS.WebApi.ServicesStub.DynamicFormService.';

/**
 * A K3Cloud server (reference sections 1 to 5): logins by password, secret and signature, cookies, the four body styles,
 * ExecuteBillQuery, BillQuery, View, QueryBusinessInfo; errors inside HTTP 200, the silent cap, rights per form.
 *
 * How to fill it. `seed(kind, records)` inserts or replaces records by their primary key; keys are the vendor's field keys
 * as forms.ts lists them (`FCustId`, `FCustId.FNumber`), amounts and quantities decimal text (`'1250.00'`), ids numbers,
 * dates `yyyy-MM-dd`, times `yyyy-MM-ddTHH:mm:ss` in Beijing time. A key that is left out reads as the vendor's blank.
 *
 *   sandbox.seed('SAL_SaleOrder', [{ FID: 100001, FBillNo: 'XSDD000001', FDocumentStatus: 'C', FCancelStatus: 'A',
 *     FCreateDate: '2026-01-05T09:00:00', FModifyDate: '2026-01-05T10:30:00', FApproveDate: '2026-01-05T10:30:00',
 *     FDate: '2026-01-05', FCustId: 1001, 'FSalerId.FNumber': 'S001', FBillAllAmount: '1130.00', ... }]);
 *   sandbox.seed('SAL_SaleOrder.FSaleOrderEntry', [{ FSaleOrderEntry_FEntryID: 200001, FID: 100001, FQty: '10', ... }]);
 *
 * Entries are kinds of their own, `<form>.<entity>`: each has its entry id (unique in the form) and the FID of its head,
 * which alone carries FModifyDate. To change a document, seed its head again with a later FModifyDate, and what changed of
 * its entries. `remove(form, ids)` deletes a document with its entries, `remove('<form>.<entity>', entryIds)` entries.
 *
 * A match (核销) is one AR_RECMacthLog head (FID, FCREATEDATE) with entries from the paying side to what is paid:
 * FSOURCEFROMID/FSRCBILLID/FSRCROWID/FSRCDATE = form, bill, entry and date of the receipt (AR_RECEIVEBILL; FSRCROWID is its
 * FRECEIVEBILLENTRY_FEntryID) or of the credit note (AR_receivable), FTARGETFROMID 'AR_receivable' and FTARGETBILLNO the
 * document, FCURWRITTENOFFAMOUNTFOR the amount (negative when a credit note pays). The vendor also writes the mirror entry;
 * the connector's staging ignores it, so a feed may leave it out.
 */
export class KingdeeSandbox extends Sandbox {
  readonly account: KingdeeAccount = {
    accountId: '20260101080000001',
    user: 'millrace',
    password: 'sandbox-password',
    appId: '300001_sandbox',
    appSecret: 'sandbox-app-secret',
  };
  /** Rows in one answer at most; tests make it small. */
  cap = SERVER_CAP;
  private readonly auth = new Logins(this.account);
  private readonly tables = new Map(forms.map((form) => [form.id.toLowerCase(), new FormTable(form)]));
  private readonly hiddenFields = new Set<string>();
  private readonly refusals = new Map<string, 'refused' | 'hidden'>();

  /** Logins that were tried. */
  get logins(): number {
    return this.auth.tried;
  }

  seed(kind: string, records: readonly Row[]): void {
    const [formId = '', entity] = kind.split('.');
    this.table(formId).put(entity, records);
  }

  remove(kind: string, keys: readonly string[]): void {
    const [formId = '', entity] = kind.split('.');
    this.table(formId).remove(entity, keys);
  }

  /** Ids that exist of a kind. */
  ids(kind: string): string[] {
    const [formId = '', entity] = kind.split('.');
    return this.table(formId).ids(entity);
  }

  record(kind: string, id: string): Row | undefined {
    const [formId = '', entity] = kind.split('.');
    return this.table(formId).record(entity, id);
  }

  /** A custom field of this tenant, on the head of a form. */
  addField(formId: string, name: string, type: FieldType): void {
    this.table(formId).addField(name, type);
  }

  /** A tenant that does not have this field in any form; the answer brings it back. */
  hideField(name: string): () => void {
    this.hiddenFields.add(name);
    return () => void this.hiddenFields.delete(name);
  }

  /** Takes the right to view a form: an error (`refused`), or an empty list as newer versions give it (`hidden`). */
  forbid(formId: string, how: 'refused' | 'hidden' = 'refused'): void {
    this.refusals.set(formId.toLowerCase(), how);
  }

  protected override callName({ path }: SandboxRequest): string {
    return serviceOf(path)?.split('.').at(-1) ?? path;
  }

  protected override isSpared({ path }: SandboxRequest): boolean {
    return (serviceOf(path) ?? '').startsWith(AUTH);
  }

  protected override faultAnswer(fault: Fault): SandboxAnswer | undefined {
    if (fault === 'session_lost') {
      this.auth.forgetSessions();
      return { body: [[statusOf(SESSION_LOST)]] };
    }
    if (fault === 'business_error') {
      return { body: [[statusOf({ message: '单据体过滤条件不合法', msgCode: MSG.parameter })]] };
    }
    if (fault !== 'throttled') return undefined;
    const refusal = { message: '接口调用次数已达上限，请稍后再试', msgCode: MSG.callLimit };
    return { headers: { 'retry-after': '1' }, body: [[statusOf(refusal)]] };
  }

  protected answer(request: SandboxRequest): SandboxAnswer {
    const service = serviceOf(request.path);
    if (!service || request.method !== 'POST')
      return { status: 404, body: '<html><body>404 Not Found</body></html>' };
    try {
      return this.served(service, request, argumentsOf(request));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const status = statusOf(error);
      return { body: service.endsWith('ExecuteBillQuery') ? [[status]] : status };
    }
  }

  private served(service: string, request: SandboxRequest, args: Arguments): SandboxAnswer {
    if (service.endsWith('AccountService.GetDataCenterList')) {
      return { body: [{ Id: this.account.accountId, Number: 'demo', Name: '演示账套' }] };
    }
    if (service.startsWith(AUTH)) return this.auth.serve(service.slice(AUTH.length), request, args);
    if (!service.startsWith(FORM_SERVICE))
      throw new Refused({ message: '服务不存在', msgCode: MSG.exception });
    this.auth.mustBeLoggedIn(request);
    const operation = service.slice(FORM_SERVICE.length);
    if (operation === 'ExecuteBillQuery' || operation === 'BillQuery') return this.query(operation, args);
    if (operation === 'View') return this.view(args);
    if (operation === 'QueryBusinessInfo') return this.businessInfo(args);
    throw new Refused({ message: `${operation}：操作不存在`, msgCode: MSG.exception });
  }

  private query(operation: string, args: Arguments): SandboxAnswer {
    const data = objectOf(argument(args, 'data', 0));
    const formId = text(data.FormId ?? data.formid ?? argument(args, 'formid', 1));
    if (formId === '') throw new Refused({ message: 'FormId不能为空', msgCode: MSG.emptyFormId });
    const table = this.table(formId);
    const query = billQueryOf(data);
    const refusal = this.refusals.get(formId.toLowerCase());
    if (refusal === 'refused') throw noPermission(table.form);
    const unknown = query.fieldKeys.find((key) => this.hiddenFields.has(key));
    if (unknown !== undefined) throw unknownField(unknown);
    const { columns, lines } = runQuery(table, query, this.cap);
    const seen = refusal === 'hidden' ? [] : lines;
    return operation === 'BillQuery' ? objectsOf(columns, seen) : arraysOf(columns, seen);
  }

  private view(args: Arguments): SandboxAnswer {
    const table = this.table(text(argument(args, 'formid', 0)));
    if (this.refusals.has(table.form.id.toLowerCase())) throw noPermission(table.form);
    const data = objectOf(argument(args, 'data', 1));
    const { primaryKey } = table.form;
    const head = table.head((row) =>
      data.Id ? text(row[primaryKey]) === text(data.Id) : row.FBillNo === data.Number,
    );
    if (!head) throw new Refused({ message: '没有找到数据', msgCode: MSG.noData });
    const entries = table.form.entities.map((entity) => [
      entity.key,
      table.entriesOf(entity, head[primaryKey]),
    ]);
    const status = { IsSuccess: true, Errors: [], MsgCode: 0 };
    return {
      body: {
        Result: {
          ResponseStatus: status,
          Result: { Id: head[primaryKey], ...head, ...Object.fromEntries(entries) },
        },
      },
    };
  }

  private businessInfo(args: Arguments): SandboxAnswer {
    const { form } = this.table(text(objectOf(argument(args, 'data', 0)).FormId));
    if (this.refusals.has(form.id.toLowerCase())) throw noPermission(form);
    const fieldsOf = (fields: Readonly<Record<string, FieldType>>) =>
      [...new Set(Object.keys(fields).map((key) => key.split('.')[0] ?? key))].map((Key) => ({
        Key,
        Name: Key,
      }));
    const heads = {
      Key: 'FBillHead',
      EntryName: form.id,
      Name: '单据头',
      ParentKey: null,
      Fields: fieldsOf(form.fields),
    };
    const entries = form.entities.map(({ key, name, fields }) => ({
      Key: key,
      EntryName: key,
      Name: name,
      ParentKey: 'FBillHead',
      Fields: fieldsOf(fields),
    }));
    const data = { Id: form.id, Name: form.name, Entrys: [heads, ...entries] };
    return {
      body: { Result: { ResponseStatus: { IsSuccess: true, Errors: [], MsgCode: 0 }, NeedReturnData: data } },
    };
  }

  private table(formId: string): FormTable {
    const table = this.tables.get(formId.toLowerCase());
    if (!table) throw new Refused({ message: '业务对象不存在', msgCode: MSG.exception });
    return table;
  }
}

const noPermission = ({ name }: Form) =>
  new Refused({ message: `您没有“${name}”的“查看”权限，请联系系统管理员授权`, msgCode: MSG.noPermission });

/** `/K3Cloud/Kingdee...AuthService.LoginBySign.common.kdsvc` → the part between; the folder's case does not matter. */
function serviceOf(path: string): string | undefined {
  return /^\/k3cloud\/([\w.]+)\.common\.kdsvc$/i.exec(path)?.[1];
}
