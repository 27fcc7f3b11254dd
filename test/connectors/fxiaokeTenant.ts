import type { FxiaokeSandbox } from '../../connectors/fxiaoke/sandbox';

/** An instant of 2026 in China. */
const at = (text: string) => Date.parse(`2026-${text}+08:00`);
const day = (text: string) => at(`${text}T00:00:00`);

/** Seeded by hand; what staging must make of it stands beside it in the tests. */
export function seedTenant(sandbox: FxiaokeSandbox): void {
  const created = { create_time: at('01-05T09:00:00'), last_modified_time: at('01-06T09:00:00') };
  sandbox.setOptions('NewOpportunityObj', 'sales_stage', [
    { value: 's1', label: '技术评审' },
    { value: 's2', label: '商务谈判' },
    { value: 's3', label: '赢单' },
    { value: 's4', label: '输单' },
  ]);
  sandbox.seed('DepartmentObj', [
    { _id: '1001', name: '华东一区', ...created },
    { _id: '1002', name: '总经办', ...created },
  ]);
  sandbox.seed('PersonnelObj', [
    { ...person('1000', 'M001', '王经理', '销售总监', '1002'), ...created },
    { ...person('1001', 'S001', '李工', '销售工程师', '1001'), leader: ['1000'], ...created },
    { ...person('1002', 'R001', '张区', '区域经理', '1001'), leader: ['1000'], ...created },
    { ...person('1003', 'F001', '钱会计', '财务主管', '1002'), ...created },
  ]);
  sandbox.seed('AccountObj', [
    {
      _id: 'a1',
      name: '苏州甲机械有限公司',
      owner: ['1001'],
      account_level: '2',
      data_own_department: ['1001'],
      uniform_social_credit_code: '91320500MA1XXXXX0A',
      short_name__c: '苏州甲',
      yearly_purchase__c: '500000.00',
      ...created,
    },
    { _id: 'a2', name: '内部公司', owner: [], is_internal__c: true, ...created },
  ]);
  const deal = {
    account_id: 'a1',
    owner: ['1001'],
    amount: '100000.50',
    close_date: day('03-31'),
    ...created,
  };
  sandbox.seed('NewOpportunityObj', [
    { _id: 'o1', name: '开', ...deal, sales_stage: 's1', sales_status: '1', business_line__c: '轴承' },
    {
      _id: 'o2',
      name: '赢',
      ...deal,
      sales_stage: 's3',
      sales_status: '2',
      stg_changed_time: at('02-10T23:30:00'),
    },
    {
      _id: 'o3',
      name: '输',
      ...deal,
      sales_stage: 's4',
      lost_reason: '2',
      stg_changed_time: at('02-11T00:30:00'),
    },
    { _id: 'o4', name: '废', ...deal, sales_stage: 's1', sales_status: '4' },
  ]);
  sandbox.seed('StageChange__c', [
    { _id: 'c1', opportunity__c: 'o2', to_stage__c: 's1', changed_time__c: at('01-05T09:00:00'), ...created },
    {
      _id: 'c2',
      opportunity__c: 'o2',
      from_stage__c: 's1',
      to_stage__c: 's3',
      changed_time__c: at('02-10T23:30:00'),
      ...created,
    },
  ]);
  sandbox.seed('OpportunityChange__c', [
    {
      _id: 'g1',
      opportunity__c: 'o2',
      from_close_date__c: day('03-01'),
      to_close_date__c: day('03-31'),
      changed_time__c: at('02-01T09:00:00'),
      ...created,
    },
    {
      _id: 'g2',
      opportunity__c: 'o2',
      from_amount__c: '80000',
      to_amount__c: '100000.50',
      changed_time__c: at('02-03T09:00:00'),
      ...created,
    },
  ]);
  const about = [
    { describe_api_name: 'NewOpportunityObj', id: 'o1', name: '开' },
    { id: 'a1', describe_api_name: 'AccountObj', name: '苏州甲' }, // members in another order
  ];
  sandbox.seed('ActiveRecordObj', [
    {
      _id: 'v1',
      active_record_type: '1',
      active_record_content: '看样',
      related_object_data: about,
      owner: ['1001'],
      ...created,
    },
    {
      _id: 'v2',
      active_record_type: '4',
      account_id: 'a1',
      owner: ['1001'],
      ...created,
      occurred_time__c: at('01-04T20:00:00'),
    },
    {
      _id: 'v3',
      active_record_type: '9',
      related_object_data: about.slice(0, 1),
      owner: ['1001'],
      ...created,
    },
    { _id: 'v4', active_record_type: '10', owner: ['1001'], ...created },
  ]);
  const said = {
    account__c: 'a1',
    expected_date__c: day('07-24'),
    stated_time__c: at('06-30T17:00:00'),
    ...created,
  };
  sandbox.seed('CollectionForecast__c', [
    {
      _id: 'f1',
      ...said,
      amount__c: '180000.00',
      certainty__c: 'confirmed',
      subject_kind__c: 'document',
      subject_number__c: 'AR20',
      stated_by__c: ['1001'],
      method__c: '电汇',
      evidence__c: '客户口头',
      thread__c: 't1',
    },
    {
      _id: 'f2',
      ...said,
      amount__c: '50000',
      certainty__c: 'promised',
      created_by: ['1002'],
      is_withdrawn__c: true,
    },
  ]);
  sandbox.seed('TerritoryAssignment__c', [
    {
      _id: 't1',
      account__c: 'a1',
      assigned_to__c: ['1001'],
      region__c: '华东一区',
      valid_from__c: day('01-01'),
      valid_to__c: day('07-01'),
      ...created,
    },
    {
      _id: 't2',
      account__c: 'a1',
      assigned_to__c: ['1002'],
      region__c: '华东二区',
      valid_from__c: day('07-01'),
      ...created,
    },
  ]);
}

const person = (
  id: string,
  employee_number: string,
  full_name: string,
  position: string,
  department: string,
) => {
  const main_department = [department];
  return {
    _id: id,
    user_id: id,
    employee_number,
    full_name,
    name: full_name,
    position,
    main_department,
    status: '0',
  };
};
