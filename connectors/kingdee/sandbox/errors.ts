/** MsgCode of a ResponseStatus (reference: the vendor's open platform, see README.md). */
export const MSG = {
  contextLost: 1,
  noPermission: 2,
  exception: 4,
  emptyFormId: 5,
  parameter: 8,
  fieldNotFound: 9,
  noData: 10,
  callLimit: 14,
} as const;

export interface Refusal {
  message: string;
  msgCode: number;
}

/** Thrown inside the sandbox; answered with HTTP 200, as the vendor does it. */
export class Refused extends Error {
  readonly msgCode: number;

  constructor({ message, msgCode }: Refusal) {
    super(message);
    this.msgCode = msgCode;
  }
}

export const SESSION_LOST: Refusal = { message: '会话信息已丢失，请重新登录', msgCode: MSG.contextLost };

export const unknownField = (key: string): Refused =>
  new Refused({ message: `元数据中标识为${key}的字段不存在`, msgCode: MSG.fieldNotFound });

export function statusOf({ message, msgCode }: Refusal): object {
  const errors = [{ FieldName: null, Message: message, DIndex: 0 }];
  return {
    Result: {
      ResponseStatus: {
        ErrorCode: 500,
        IsSuccess: false,
        Errors: errors,
        SuccessEntitys: [],
        SuccessMessages: [],
        MsgCode: msgCode,
      },
    },
  };
}
