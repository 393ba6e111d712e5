/** What stops a publication, or wants a second look: it names files, pages and rows, never a person. */
export type Finding = {
  kind:
    | 'not-exportable'
    | 'render-failed'
    | 'id-number'
    | 'mobile-number'
    | 'long-number'
    | 'full-name'
    | 'possible-name'
    | 'canary-missed'
    | 'interrupted'
    | 'failed';
  severity: 'refused' | 'warning';
  /** A path of the site (`/places/…/`) or of the public data (`villages/….json`). */
  where: string;
  /** Serial number of the row, where the finding is in one. */
  row?: number;
  /** The field, the status of a failed page, or the step that failed. */
  detail?: string;
  /** Of a warning: a short hash of the published words it is about, so that it returns when they change. */
  value?: string;
};

/** Thrown by a step; what is live stays as it is. */
export class PublicationRefused extends Error {
  override name = 'PublicationRefused';
  readonly findings: Finding[];
  constructor(findings: Finding[]) {
    super('publication refused');
    this.findings = findings;
  }
}

const SENTENCES: Record<Finding['kind'], string> = {
  'not-exportable': '有不允许公开的内容或格式不对，没有导出',
  'render-failed': '页面没有生成',
  'id-number': '发现身份证号',
  'mobile-number': '发现手机号码，而且不是已公布的监督电话',
  'long-number': '发现 12 位以上的长号码，可能是银行账号或身份证号',
  'full-name': '发现未脱敏的姓名',
  'possible-name': '有两个字与名单上的姓名相同，请核对',
  'canary-missed': '泄露检查的自测没有通过',
  interrupted: '上一次发布中途停止，网站内容没有变化',
  failed: '系统出错，发布没有完成',
};

/** What the person who sees it can do. */
const ADVICE: Record<Finding['kind'], string> = {
  'not-exportable': '到名单或目录里改正这一项，再发布。',
  'render-failed': '再发布一次；还不行，把这一行告诉系统管理员。',
  'id-number': '到对应的名单或文字里删去号码；名单里的，撤下这一户或退回名单。',
  'mobile-number': '删去号码，或先把它登记为监督电话，再发布。',
  'long-number': '到对应的名单或文字里删去号码，再发布。',
  'full-name': '改成脱敏的姓名；文字里的，删去姓名，再发布。',
  'possible-name': '由另一位人员核对是不是姓名。',
  'canary-missed': '先不要发布，告诉系统管理员。',
  interrupted: '再发布一次。',
  failed: '再发布一次；还不行，告诉系统管理员。',
};

export function adviseOn({ kind }: Finding): string {
  return ADVICE[kind];
}

/** One line for a person: what was found and where. */
export function describeFinding(finding: Finding): string {
  const row = finding.row === undefined ? '' : `，序号 ${finding.row}`;
  const detail = finding.detail === undefined ? '' : `（${finding.detail}）`;
  return `${SENTENCES[finding.kind]}：${finding.where}${row}${detail}`;
}
