const STUB = 'Kingdee.BOS.WebApi.ServicesStub';

const SERVICES = {
  loginBySign: `${STUB}.AuthService.LoginBySign`,
  loginBySecret: `${STUB}.AuthService.LoginByAppSecret`,
  rows: `${STUB}.DynamicFormService.ExecuteBillQuery`,
  form: `${STUB}.DynamicFormService.QueryBusinessInfo`,
} as const;

/** Path of a WebAPI service, relative to the address that ends in /K3Cloud. */
export const servicePath = (service: keyof typeof SERVICES): string => `/${SERVICES[service]}.common.kdsvc`;
