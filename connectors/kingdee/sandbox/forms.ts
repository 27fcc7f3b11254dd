/** What a field holds: it decides how the server writes the value and what stands for a missing one. */
export type FieldType = 'text' | 'number' | 'time' | 'flag';

export interface FormEntity {
  /** Key of the entity, for example FSaleOrderEntry. */
  key: string;
  /** Field that gives the internal id of an entry; unique within the form. */
  entryId: string;
  name: string;
  fields: Readonly<Record<string, FieldType>>;
}

/** A business object (业务对象) as the server knows it. */
export interface Form {
  id: string;
  name: string;
  primaryKey: string;
  /** Time of the last change; match logs are never changed and have only the time they were made. */
  modified: string;
  fields: Readonly<Record<string, FieldType>>;
  entities: readonly FormEntity[];
}

const TYPES = { n: 'number', d: 'time', f: 'flag' } as const satisfies Record<string, FieldType>;

const BILL = `FID:n FBillNo FDocumentStatus FCancelStatus FCreateDate:d FModifyDate:d FApproveDate:d FBillTypeID.FNumber`;
const LINE = `FMaterialId FMaterialId.FNumber FMaterialId.FName FMaterialId.FMaterialGroup.FName FQty:n FAllAmount:n FAllAmount_LC:n`;

/**
 * The forms that sales and receivables live in (reference: exported field lists of real tenants, see README.md).
 * A field that is not here is unknown to the server, as custom fields of another tenant are; `addField` adds one.
 */
export const forms: readonly Form[] = [
  form('BD_Customer', '客户', 'FCUSTID', [
    `FCUSTID:n FNumber FName FShortName FSOCIALCRECODE FDocumentStatus FForbidStatus FCreateDate:d FModifyDate:d FApproveDate:d`,
    `FCreateOrgId:n FUseOrgId:n FGroup.FNumber FGroup.FName FCustTypeId.FNumber FCustTypeId.FName FSELLER.FNumber FCorrespondOrgId.FNumber FRECCONDITIONID.FNumber FRECCONDITIONID.FName`,
    `FCompanyScale.FDataValue FCompanyNature.FDataValue`,
  ]),
  form(
    'SAL_SaleOrder',
    '销售订单',
    'FID',
    [
      BILL,
      `FDate:d FSaleOrgId.FNumber FCustId:n FCustId.FNumber FCustId.FName FSalerId.FNumber FSalerId.FName FSaleDeptId.FNumber`,
      `FCloseStatus FCloseDate:d FNote FSettleCurrId.FNumber FExchangeRate:n FBillAllAmount:n FBillAllAmount_LC:n FBillAmount:n`,
    ],
    [
      entity('FSaleOrderEntry', 'FSaleOrderEntry_FEntryID', '订单明细', [
        LINE,
        `FSaleOrderEntry_FSEQ:n FTaxPrice:n FAmount:n FEntryTaxAmount:n FDeliveryDate:d FStockOutQty:n FRemainOutQty:n FMrpCloseStatus FIsFree:f`,
      ]),
    ],
  ),
  form(
    'SAL_OUTSTOCK',
    '销售出库单',
    'FID',
    [
      BILL,
      `FDate:d FStockOrgId.FNumber FCustomerID:n FCustomerID.FNumber FSalesManID.FNumber FSettleCurrID.FNumber FExchangeRate:n FBillAllAmount:n FBillAllAmount_LC:n FCarriageNO FARStatus`,
    ],
    [
      entity('FEntity', 'FEntity_FENTRYID', '出库明细', [
        LINE,
        `FRealQty:n FSoorDerno FSrcType FSrcBillNo FIsFree:f`,
      ]),
    ],
  ),
  form(
    'SAL_RETURNSTOCK',
    '销售退货单',
    'FID',
    [
      BILL,
      `FDate:d FStockOrgId.FNumber FRetcustId:n FRetcustId.FNumber FSalesManId.FNumber FReturnReason.FDataValue FHeadNote FSettleCurrId.FNumber FExchangeRate:n FBillAllAmount:n FBillAllAmount_LC:n`,
    ],
    [entity('FEntity', 'FEntity_FENTRYID', '退货明细', [LINE, `FRealQty:n FMustqty:n FOrderNo FReturnType`])],
  ),
  form(
    'AR_receivable',
    '应收单',
    'FID',
    [
      BILL,
      `FDATE:d FENDDATE_H:d FCUSTOMERID:n FCUSTOMERID.FNumber FSETTLEORGID.FNumber FCURRENCYID.FNumber FEXCHANGERATE:n FALLAMOUNTFOR:n FALLAMOUNT:n`,
      `FWRITTENOFFSTATUS FOPENSTATUS FRedBlue FSetAccountType FSALEERID.FNumber FAR_Remark`,
    ],
    [
      entity('FEntityDetail', 'FEntityDetail_FEntryID', '明细', [
        `FEntityDetail_FSEQ:n FMATERIALID.FNumber FORDERNUMBER FSOURCEBILLNO FPriceQty:n FALLAMOUNTFOR_D:n FALLAMOUNT_D:n`,
      ]),
      entity('FEntityPlan', 'FEntityPlan_FEntryID', '收款计划', [
        `FEntityPlan_FSEQ:n FENDDATE:d FPAYRATE:n FPAYAMOUNTFOR:n FPAYAMOUNT:n FWRITTENOFFAMOUNTFOR_P:n FNOTVERIFICATEAMOUNT:n FREMARK`,
      ]),
    ],
  ),
  form(
    'AR_RECEIVEBILL',
    '收款单',
    'FID',
    [
      BILL,
      `FDATE:d FCONTACTUNITTYPE FCONTACTUNIT:n FCONTACTUNIT.FNumber FCONTACTUNIT.FName FPAYUNIT:n FCURRENCYID.FNumber FEXCHANGERATE:n`,
      `FRECAMOUNTFOR:n FREALRECAMOUNTFOR:n FREALRECAMOUNT:n FWRITTENOFFSTATUS FSALEERID.FNumber FREMARK`,
    ],
    [
      entity('FRECEIVEBILLENTRY', 'FRECEIVEBILLENTRY_FEntryID', '收款单明细', [
        `FSETTLETYPEID.FNumber FSETTLETYPEID.FName FPURPOSEID.FNumber FRECTOTALAMOUNTFOR:n FREALRECAMOUNTFOR_D:n FSETTLEDISTAMOUNTFOR:n FHANDLINGCHARGEFOR:n FOVERSHORTAGEFOR:n`,
        `FWRITTENOFFAMOUNTFOR_D:n FACCOUNTID.FNumber FOPPOSITEBANKACCOUNT FOPPOSITECCOUNTNAME FSETTLENO FPOSTDATE:d FSALEORDERNO FCOMMENT`,
      ]),
    ],
  ),
  form('AR_REFUNDBILL', '收款退款单', 'FID', [
    BILL,
    `FDATE:d FCONTACTUNITTYPE FCONTACTUNIT:n FCONTACTUNIT.FNumber FCURRENCYID.FNumber FEXCHANGERATE:n FREFUNDTOTALAMOUNTFOR:n FREALREFUNDAMOUNTFOR:n FREALREFUNDAMOUNT:n FREMARK`,
  ]),
  form(
    'AR_RECMacthLog', // the vendor's own spelling
    '应收收款核销记录',
    'FID',
    [`FID:n FBillNo FDocumentStatus FCREATEDATE:d FREPORTDATE:d FMATCHMETHODID FISACTIVATION:f`],
    [
      entity('FRECMACTHLOGENTRY', 'FRECMACTHLOGENTRY_FEntryID', '核销明细', [
        `FSOURCEFROMID FSRCBILLID:n FSRCBILLNO FSRCROWID:n FSRCDATE:d FTARGETFROMID FTARGETBILLID:n FTARGETBILLNO FTARGETENTRYID:n`,
        `FCONTACTUNITTYPE FCONTACTUNIT:n FPLANAMOUNT:n FCURWRITTENOFFAMOUNTFOR:n FCURWRITTENOFFAMOUNT:n`,
      ]),
    ],
    'FCREATEDATE',
  ),
  form('CN_BILLRECEIVABLE', '应收票据', 'FID', [
    BILL,
    `FBILLNUMBER FDATE:d FISSUEDATE:d FDUEDATE:d FCONTACTUNITTYPE FCONTACTUNIT:n FDRAWER FACCEPTOR FCURRENCYID.FNumber FEXCHANGERATE:n`,
    `FPARAMOUNTFOR:n FSETTLESTATUS FDISDATE:d FDISCOUNTRATE:n FDISINTERESTAMOUNT:n FEXPENSESAMOUNT:n`,
  ]),
  form('CN_BILLRECSETTLE', '应收票据结算单', 'FID', [BILL, `FDATE:d FBILLRECID:n FSETTLESTATUS`]),
];

function form(
  id: string,
  name: string,
  primaryKey: string,
  fields: string[],
  entities: FormEntity[] = [],
  modified = 'FModifyDate',
): Form {
  return { id, name, primaryKey, modified, fields: fieldsOf(fields), entities };
}

function entity(key: string, entryId: string, name: string, fields: string[]): FormEntity {
  return { key, entryId, name, fields: { [entryId]: 'number', ...fieldsOf(fields) } };
}

/** `FID:n FBillNo` → { FID: 'number', FBillNo: 'text' }. */
function fieldsOf(lists: string[]): Record<string, FieldType> {
  const pairs = lists
    .join(' ')
    .split(/\s+/)
    .map((entry): [string, FieldType] => {
      const [name = '', type] = entry.split(':');
      return [name, type === undefined ? 'text' : (TYPES[type as keyof typeof TYPES] ?? 'text')];
    });
  return Object.fromEntries(pairs);
}
