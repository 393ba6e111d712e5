/** One message per field, in the words shown beside the field and in the summary. */
export type FieldMessages = Record<string, string>;

/**
 * Every expected failure: its HTTP status and a sentence a person can act on.
 * A new failure is a row here, never an ad-hoc answer in a route.
 */
export const ERRORS = {
  'invalid-input': { status: 422, message: '有内容需要更正。' },
  'proof-missing': { status: 422, message: '没有收到安全验证的结果。重新验证后再提交一次。' },
  'proof-invalid': { status: 422, message: '安全验证没有通过。重新验证后再提交一次。' },
  'proof-expired': { status: 422, message: '安全验证已过期。重新验证后再提交一次。' },
  'proof-used': { status: 422, message: '这次安全验证已经用过。重新验证后再提交一次。' },
  'already-received': {
    status: 409,
    message: '这个查询码已经收到过另一份内容。如要补充，用查询码进入“查询进度”后补充。',
  },
  'code-replaced': {
    status: 409,
    message: '这件事已经收到，查询码后来换过。请用新的查询码查看进度、补充情况。',
  },
  'nobody-to-receive': {
    status: 422,
    message: '反映的单位涉及本系统内所有可以接收的机关。拨打 12388，或到上级纪检监察机关反映。',
  },
  'draft-expired': {
    status: 422,
    message: '填写的内容放置超过两小时，已经失效。重新填写后再提交。',
  },
  'code-mistyped': { status: 404, message: '查询码有误，核对后再输入一次。' },
  'code-unknown': { status: 404, message: '没有找到与这个查询码对应的事项。' },
  'not-found': { status: 404, message: '没有找到，或者您无权查看。' },
  'not-signed-in': { status: 401, message: '登录已失效，重新登录后继续。' },
  'sign-in-failed': { status: 401, message: '账号、口令或动态码不对。' },
  'sign-in-paced': { status: 429, message: '尝试过于频繁，稍等片刻再试。' },
  'invitation-refused': {
    status: 404,
    message:
      '链接或口头告知的验证码不对，或者已经失效。核对后再输入，仍不行就请安全管理员重新发送。',
  },
  'not-allowed': { status: 403, message: '您的岗位没有这项权限。' },
  'cross-site': { status: 403, message: '请求来自别的网站，已拒绝。' },
  'state-changed': { status: 409, message: '这件事项刚被别人处理过，看过最新情况后再操作。' },
  'not-now': { status: 409, message: '现在还不能这样办理。' },
  'personal-data': {
    status: 422,
    message: '文字里有不能公开的个人信息（号码或救助名单上的姓名），删去后再提交。',
  },
  'exits-without-reason': {
    status: 422,
    message: '有退出的家庭没有注明原因，注明后才能通过。',
  },
  'own-approval': { status: 403, message: '需要另一位人员审核，不能由本人审核。' },
  'own-hotline': {
    status: 403,
    message: '本单位的电话不能由本单位的人拨测，请上级单位或者第三方拨测。',
  },
  'evidence-gone': {
    status: 422,
    message: '有附件上传后放置太久，已经失效，或者已经提交过。去掉后重新上传。',
  },
  'already-uploaded': {
    status: 409,
    message: '同一份名单您已经上传过，正在等待审查，不用再传。在“名单”里可以看到。',
  },
  'already-taken': { status: 409, message: '这个文件已经录入过，不能再录入一次。' },
  'evidence-lost': {
    status: 404,
    message: '这个附件的文件不见了或者坏了，打不开。请系统管理员核对备份。',
  },
  'upload-gone': { status: 404, message: '上传的原始文件已经销毁，不能再打开。' },
  'file-refused': { status: 422, message: '文件无法读取。' },
  'unsupported-type': { status: 415, message: '请求的格式不对，按接口说明的格式（JSON）提交。' },
  'range-outside': { status: 416, message: '文件没有这么长，重新打开后再试。' },
  'too-large': { status: 413, message: '文件太大。' },
  'publication-running': { status: 409, message: '正在发布，完成后再试。' },
  'board-behind': { status: 409, message: '名单刚有变动，网站更新后再打印。' },
  'screening-closed': {
    status: 503,
    message:
      '没有完成安全验证，暂时不能接收。填写的内容还在这一页：稍后再按一次提交，或拨打监督电话：政务服务便民热线12345，纪检监察举报电话12388。',
  },
  'storage-full': {
    status: 503,
    message:
      '系统暂时不能保存，这次提交没有收下。稍后再试，或拨打监督电话：政务服务便民热线12345，纪检监察举报电话12388。',
  },
  internal: { status: 500, message: '系统出错，稍后再试，或拨打监督电话。' },
} as const;
export type ErrorCode = keyof typeof ERRORS;

export class CodedError extends Error {
  override name = 'CodedError';
  readonly code: ErrorCode;
  readonly fields: FieldMessages;

  /** `message` replaces the table's sentence where a more exact one is known. */
  constructor(code: ErrorCode, fields: FieldMessages = {}, message?: string) {
    super(message ?? ERRORS[code].message);
    this.code = code;
    this.fields = fields;
  }
}

/** The one JSON shape of a failure. */
export function serialiseError(error: CodedError) {
  return { error: { code: error.code, message: error.message, fields: error.fields } };
}
