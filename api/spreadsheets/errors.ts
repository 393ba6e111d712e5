/** Why a file cannot be read, in one sentence that says what to do. */
export const SPREADSHEET_ERRORS = {
  'file-empty': '文件是空的，请核对后重新选择文件。',
  'file-too-large': '文件太大（上限20MB，解压后24MB、10万行、500列），请按乡镇拆成几个文件再上传。',
  'file-unreadable': '文件已损坏或者不是表格，请用 WPS 或 Excel 打开后另存为 .xlsx 再上传。',
  'file-encrypted': '文件设有打开密码，请取消密码后另存为 .xlsx 再上传。',
  'file-old-format':
    '这是旧格式的表格（.xls 或 .et），请用 WPS 或 Excel 打开后另存为 .xlsx 再上传。',
  'file-other-format': '文件不是 .xlsx 或 .csv 表格，请用 WPS 或 Excel 打开后另存为 .xlsx 再上传。',
  'file-macros': '文件里带有宏，请另存为不带宏的 .xlsx 再上传。',
  'file-too-slow': '文件太复杂，读取超过10秒，请只保留名单、另存为 .xlsx 再上传。',
  'header-missing':
    '没有找到表头，名单要有一行写明户主姓名、身份证号、村（社区）、保障金额等栏目。',
  'name-column-missing': '找到了表头，但没有认出姓名一栏，请把这一栏的名称改成“户主姓名”再上传。',
  'id-column-missing': '找到了表头，但没有认出身份证号一栏，请把这一栏的名称改成“身份证号”再上传。',
  'persons-header-missing':
    '人员表里没有找到表头，要有一行写明姓名、身份证号、户主身份证号、与户主关系等栏目。',
  'ledger-header-missing':
    '没有找到台账的表头，要有一行写明收到日期、来源、乡镇、问题类别、主要内容等栏目。',
  'ledger-too-long': '台账太长，一次最多录入1000件，请按年份拆成几个文件。',
  'relatives-header-missing':
    '没有找到表头，备案表要有一行写明工作人员姓名、单位、亲属姓名、与工作人员关系、亲属身份证号等栏目。',
  'aid-type-missing':
    '看不出是哪一类救助，请指明救助类型（例如农村低保），或者写在表名、工作表名或文件名里。',
} as const;
export type SpreadsheetErrorCode = keyof typeof SPREADSHEET_ERRORS;

export class SpreadsheetError extends Error {
  override name = 'SpreadsheetError';
  readonly code: SpreadsheetErrorCode;

  constructor(code: SpreadsheetErrorCode) {
    super(SPREADSHEET_ERRORS[code]);
    this.code = code;
  }
}
