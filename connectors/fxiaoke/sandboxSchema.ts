/** What the sandbox's tenant has: objects, their fields, the options of select fields. `object/describe` answers from it. */
export interface FieldSchema {
  label: string;
  type: string;
  options?: readonly Option[];
}

export interface Option {
  value: string;
  label: string;
}

export interface ObjectSchema {
  label: string;
  fields: Record<string, FieldSchema>;
}

const text = (label: string): FieldSchema => ({ label, type: 'text' });
const money = (label: string): FieldSchema => ({ label, type: 'currency' });
const time = (label: string): FieldSchema => ({ label, type: 'date_time' });
const day = (label: string): FieldSchema => ({ label, type: 'date' });
const flag = (label: string): FieldSchema => ({ label, type: 'true_or_false' });
const person = (label: string): FieldSchema => ({ label, type: 'employee' });
const department = (label: string): FieldSchema => ({ label, type: 'department' });
const lookup = (label: string): FieldSchema => ({ label, type: 'object_reference' });
/** Options with values '1', '2', … as preset objects have them, unless values are given. */
const select = (label: string, labels: readonly string[], values?: readonly string[]): FieldSchema => ({
  label,
  type: 'select_one',
  options: labels.map((each, index) => ({ label: each, value: values?.[index] ?? String(index + 1) })),
});

const system = {
  _id: text('唯一性ID'),
  name: text('名称'),
  owner: person('负责人'),
  data_own_department: department('归属部门'),
  life_status: select(
    '生命状态',
    ['未生效', '审核中', '正常', '变更中', '作废'],
    ['ineffective', 'under_review', 'normal', 'in_change', 'invalid'],
  ),
  lock_status: select('锁定状态', ['未锁定', '锁定'], ['0', '1']),
  record_type: text('业务类型'),
  created_by: person('创建人'),
  create_time: time('创建时间'),
  last_modified_by: person('最后修改人'),
  last_modified_time: time('最后修改时间'),
  is_deleted: flag('是否删除'),
} satisfies Record<string, FieldSchema>;

const object = (label: string, fields: Record<string, FieldSchema>): ObjectSchema => ({
  label,
  fields: { ...system, ...fields },
});

/** A tenant made anew for every sandbox, since tests and the demo company change it. */
export const tenantSchema = (): Record<string, ObjectSchema> => ({
  AccountObj: object('客户', {
    account_no: text('客户编号'),
    account_level: select('客户级别', ['A类客户', 'B类客户', 'C类客户']),
    uniform_social_credit_code: text('统一社会信用代码'),
    tel: { label: '电话', type: 'phone_number' },
    short_name__c: text('客户简称'),
    yearly_purchase__c: money('年采购额'),
    credit_limit__c: money('信用额度'),
    is_internal__c: flag('内部客户'),
  }),
  PersonnelObj: object('人员', {
    user_id: text('员工ID'),
    full_name: text('姓名'),
    employee_number: text('工号'),
    phone: { label: '手机', type: 'phone_number' },
    position: text('职位'),
    main_department: department('主属部门'),
    leader: person('汇报对象'),
    status: select('状态', ['启用', '停用'], ['0', '1']),
  }),
  DepartmentObj: object('部门', {
    parent_id: department('上级部门'),
    status: select('状态', ['启用', '停用', '删除'], ['0', '1', '2']),
  }),
  ContactObj: object('联系人', {
    account_id: lookup('客户'),
    job_title: text('职务'),
    department: text('部门'),
    mobile1: { label: '手机', type: 'phone_number' },
    email: { label: '邮件', type: 'email' },
    is_key_person__c: flag('关键人'),
    is_left__c: flag('已离职'),
    left_date__c: day('离职日期'),
  }),
  NewOpportunityObj: object('商机2.0', {
    account_id: lookup('客户'),
    amount: money('商机金额'),
    sales_process_id: lookup('销售流程'),
    sales_stage: select('商机阶段', [
      '验证客户',
      '需求确定',
      '方案/报价',
      '谈判审核',
      '赢单',
      '输单',
      '无效',
    ]),
    sales_status: select('阶段状态', ['进行中', '赢单', '输单', '无效']),
    close_date: day('预计成交日期'),
    stg_changed_time: time('阶段变更时间'),
    probability: { label: '赢率', type: 'percentile' },
    lost_reason: select('输单原因', ['价格', '交期', '技术不满足', '客户取消', '竞争对手', '其他']),
    business_line__c: text('业务线'),
    lead_source__c: text('线索来源'),
  }),
  ActiveRecordObj: object('销售记录', {
    active_record_type: select('跟进类型', [
      '拜访',
      '电话',
      '会议',
      '客户来信',
      '发送消息',
      '报价',
      '送样',
      '图纸',
      '内部备注',
      '计划',
    ]),
    active_record_content: { label: '跟进内容', type: 'html_rich_text' },
    related_object_data: { label: '关联业务数据', type: 'related_object' },
    account_id: lookup('客户'),
    new_opportunity_id: lookup('商机2.0'),
    occurred_time__c: time('发生时间'),
  }),
  StageChange__c: object('商机阶段变更', {
    opportunity__c: lookup('商机'),
    from_stage__c: text('原阶段'),
    to_stage__c: text('新阶段'),
    changed_time__c: time('变更时间'),
  }),
  OpportunityChange__c: object('商机变更', {
    opportunity__c: lookup('商机'),
    from_amount__c: money('原金额'),
    to_amount__c: money('新金额'),
    from_close_date__c: day('原预计成交日期'),
    to_close_date__c: day('新预计成交日期'),
    changed_time__c: time('变更时间'),
  }),
  CollectionForecast__c: object('回款预测', {
    account__c: lookup('客户'),
    thread__c: text('预测线程'),
    subject_kind__c: select('对应单据', ['应收单', '订单', '无'], ['document', 'order', 'none']),
    subject_number__c: text('单据编号'),
    stated_time__c: time('填报时间'),
    stated_by__c: person('填报人'),
    amount__c: money('金额'),
    expected_date__c: day('预计回款日期'),
    certainty__c: select('确定性', ['预计', '承诺', '已确认'], ['expected', 'promised', 'confirmed']),
    method__c: text('回款方式'),
    evidence__c: text('依据'),
    is_withdrawn__c: flag('已撤回'),
  }),
  TerritoryAssignment__c: object('客户归属', {
    account__c: lookup('客户'),
    assigned_to__c: person('负责人'),
    region__c: text('区域'),
    valid_from__c: day('生效日期'),
    valid_to__c: day('失效日期'),
  }),
});
