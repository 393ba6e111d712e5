/**
 * How offices spell the columns of their lists. Compared after NFKC, without spaces and line breaks,
 * 帐 read as 账, and once more without what stands in brackets.
 */

const FIELDS = {
  seq: '序号 户序号 顺序号',
  district: '所属区 所属区县 区县 县区 县(市、区) 县(区)',
  upper: '所属省 所属省级 所属市 所属市级 省 市',
  town: `乡镇(街道) 乡(镇、街道) 乡(镇)街道 乡(镇) 乡、镇(街道) 乡镇街 乡镇街道 乡镇 街道 镇街 镇(街道) 镇(街) 乡(镇) 街道(乡镇) 乡镇/街道 乡镇、街道 乡镇名称
    所属街 所属街道 所属乡镇 所属乡镇街道 所属镇街 所在乡镇 所在街道 街镇 街道办 街道办事处 街道名称 乡镇名 镇乡 镇 乡 乡镇办 镇(办) 镇办
    街乡镇 街乡 所属街乡 所属街镇 所在镇街 所属乡`,
  village: `村(社区) 村社区 村/社区 村、社区 村居 村(居) 村(居)委会 村(居)民委员会 村委会 居委会 村名 行政村 行政村(社区) 行政村/社区 行政村、社区 社区(村)
    村 社区 所属社 所属社区 所属村 所属村社区 所属村居 所在村 所在社区 村(社区)名称 村(居)名称 村居名称 村居委会 村居委 村(居)委 村民委员会
    居民委员会 社区名称 行政村名称 村社区名称 所在村居 所在村社区 所属行政村 所在行政村 居住村 居住村居 居住的村(居)委会 居住村(居)委会 村别 社居 社区居委会
    村级 村庄 村屯 村名称 村组 所在村组 村(组) 村/组 屯`,
  place: '地区 所属地区 所在地区 行政区划 行政区划名称 所属行政区划',
  headName:
    '户主姓名 户主 户主名称 申请人 申请人姓名 低保户主姓名 低保对象姓名 保障对象姓名 救助对象姓名 特困人员姓名 对象姓名 户主名 低保户姓名 低保户主 救助家庭户主姓名 家庭户主姓名 户主(申请人) 申请人(户主) 享受人 享受人姓名 享受对象 享受对象姓名 受助人 受助人姓名 受助对象 受助对象姓名 供养对象 供养对象姓名 特困对象姓名 持证人 持证人姓名',
  name: '姓名 家庭成员 成员 保障对象 低保对象 救助对象 特困人员 特困对象',
  headId:
    '户主身份证号 户主身份证号码 户主身份证 户主证件号码 户主公民身份号码 户主证件号 申请人身份证号 申请人身份证号码 户主身份证件号码 户主身份证件号 户主居民身份证号 户主身份号码',
  idNumber:
    '身份证号 身份证号码 身份证 公民身份号码 公民身份证号码 居民身份证号 居民身份证号码 证件号码 证件号 公民身份号 公民身份证号 身份号码 身份证件号码 身份证件号 有效身份证号 有效证件号 有效证件号码',
  sex: '性别',
  age: '年龄 周岁 年龄(周岁)',
  family:
    '家庭人口 家庭人口数 家庭总人口 家庭总人口数 家庭人数 家庭成员数 家庭成员人数 家庭成员人口数 共同生活成员数 共同生活家庭成员数 共同生活家庭成员人数 共同生活人口 家庭户口人数 户籍人口 总人口 人口 人口数 家庭人员数',
  insured:
    '保障人口 保障人口数 保障人数 享受人口 享受人数 低保人口 低保人数 救助人口 救助人数 实际保障人口 纳入保障人口 享受人口数 享受低保人数 享受低保人口 享受保障人数 享受保障人口 低保人口数 救助人口数 纳入人数 纳入人口 供养人数 保障对象人数 在保人数 在保人口 在保人口数 户内享受人数 享受救助人数 享受待遇人数 人数',
  amount: `户月保障金额 月保障金额 保障金额 户月保障金 月保障金 保障金 月救助金额 月救助金 救助金额 月低保金额 月低保金 低保金额 低保金
    月补助金额 补助金额 月发放金额 家庭月保障金额 每月保障金额 户月救助金额 户月低保金 户月低保金额 家庭月低保金 家庭月低保金额 每月低保金额
    月补差金额 户月补差金额 户补差金额 补差金额 月补差 户月补差 享受低保金额 享受低保金数额 享受金额 月享受金额 救助金 户月救助金 月发放额 发放金额 本月发放金额
    当月发放金额 应发金额 实发金额 月供养金额 供养金额 月供养金 月享受低保金 月享受低保金额 享受低保金 低保金数额 享受低保金数
    低保补助金额 低保补差金额 低保补助金 月补助金 补助金 月发放金 每月发放金额 每月补助金额 每月救助金额 当月发放额 本月发放额 本月发放 当月发放 月领取金额 领取金额
    核定金额 核定月保障金额 核定月补助金额 月核定金额 核定保障金额 审批金额 批准金额 确认金额 拟保障金额 拟救助金额 户补助金额 户发放金额 实发低保金 应发低保金 实际发放金额
    月金额 户月金额 户金额 每户每月金额 低保补助 月低保补助金额 应补金额 月应补金额 实补金额 月实补金额 补贴金额 月补贴金额 低保补贴金额 户月补助金额 户月补助金 户月补贴金额 户月发放金额 金额`,
  since: `批准时间 最初享受月 最初享受月份 起始保障年月 批准日期 批准年月 批准月份 审批时间 享受时间 享受起始时间 享受起始月 起始享受月
    起始享受月份 开始享受时间 起始时间 起始月份 保障起始时间 保障起始月 保障起始年月 开始保障年月 纳入时间 享受低保时间 最初享受时间 最初享受年月 最初享受日期 首次享受时间 首次享受年月
    起保时间 起保年月 起保月份 开始时间 开始享受年月 享受月份 享受年月 享受日期 享保时间 进保时间 入保时间 纳入低保时间 纳入日期 纳入年月 纳入月份 保障开始时间 保障起始日期
    确认时间 确认日期 确认年月 认定时间 认定日期 审批日期 审批年月 审批月份 批准享受时间 批准享受年月 批准低保时间 低保批准时间 低保起始时间 起始年月 起始日期 起始月
    救助开始时间 救助起始时间 开始保障时间 开始保障月份 开始救助时间 享受起始年月 享受起始日期 享受开始时间 享受待遇时间 起始享受时间 起始享受年月 起始保障时间 起始保障月份
    起始保障日期 列入时间 列入低保时间 进入时间 进入低保时间 初次享受时间 初次享受年月 享受救助时间 享受救助起始时间 纳保时间 纳保年月 纳入保障时间`,
  category: '保障类别 分档类型 类型 供养方式 类别 档次 保障类型 救助类别 低保类别',
  aidType: '救助类型 救助种类 低保类型 救助项目 业务类型 对象类型',
  cause: '致贫原因 主要致贫原因 申请原因 致困原因 主要致困原因 困难原因',
  illness: '患病病种 病种 疾病名称 患病情况',
  bank: '开户行 开户银行 银行名称 发放银行',
  account: '银行账号 账号 银行卡号 卡号 银行账户 社保卡号 存折账号 一卡通号',
  holder:
    '银行账户名称 账户名称 户名 开户人 开户名 账户名 开户姓名 持卡人 持卡人姓名 领款人 领取人 领款人姓名 领取人姓名',
  relation: '与户主关系 与户主的关系 和户主关系 与申请人关系 家庭关系 关系',
  certificate: '低保证号 低保(特困)证号 低保证编号 证号 特困证号 救助证号',
  address: '家庭住址 地址 住址 详细地址 居住地址 户籍地址',
  /** Whether the household may be public, and whether it must not. */
  mayPublish: `是否公开 可否公开 是否公示 可否公示 是否同意公开 同意公开 是否上网公开 是否网上公开
    公开 公示 网上公开 上网公开 公开情况 公示情况 是否对外公开 是否可公开 能否公开`,
  mustProtect: `是否保密 保密 保密标识 保密标志 是否保护 保护对象 保护标识 是否保护对象 特殊保护 是否特殊保护 是否涉密 是否需要保密 需保密 隐私保护 protected
    不予公开 不公开 不予公示 不公示 不上网 是否不公开 是否不予公开 是否艾滋病 是否艾滋病人 是否艾滋病家庭 艾滋病家庭 是否感染者家庭 是否特殊保护对象`,
  phone: '联系电话 电话 手机 手机号 手机号码 联系方式',
  group: '组别 组 村民小组 小组',
  change: `增减 增减情况 增减变动 增减变化 变动 变动情况 变动类型 变动类别 动态 动态管理 动态管理情况 变化 变化情况 本月变化 本月变动 本月增减
    本月变动情况 增减标识 增/减 人员变动 异动 异动情况 进退情况 变更情况 状态 保障状态`,
  exitReason:
    '增减原因 退出原因 减少原因 变动原因 停发原因 停保原因 变化原因 取消原因 清退原因 注销原因 异动原因 原因',
  remark: '备注 说明 其他说明 备注说明 情况说明 备考',
  memberNames: '家庭成员姓名 成员姓名 共同生活家庭成员姓名',
  memberIds:
    '家庭成员身份证号 成员身份证号 家庭成员身份证号码 成员身份证号码 共同生活家庭成员身份证号',
  other: `家庭年总收入 家庭年均收入 家庭分类施保总额 人员分类施保总额 合计 救助金计算方式 一卡通账号 出生日期 出生年月 民族 是否残疾 残疾类别 残疾等级
    劳动能力 文化程度 婚姻状况 健康状况 户数`,
} as const;
export type Field = keyof typeof FIELDS;

const FIELD_BY_SPELLING = new Map<string, Field>();
for (const field of Object.keys(FIELDS) as Field[]) {
  for (const spelling of FIELDS[field].split(/\s+/)) FIELD_BY_SPELLING.set(spelling, field);
}

/** Of several amount columns the one for the household's month wins. */
const AMOUNT_ORDER = FIELDS.amount.split(/\s+/);

/** An amount per person, or of a quarter or a year: never the household's month. */
const OTHER_AMOUNT = /^.*金额?.*\(.*(每人|人均|\/人|季|\/年|全年|年度).*\)$/;
const MEMBER_PREFIX =
  /^((共同生活)?(家庭)?成员[\d一二三四五六七八九十]+|配偶|子女|妻子|丈夫|父亲|母亲|父母|长子|次子|长女|次女|儿子|女儿)[\d一二三四五六七八九十]*(?=.)/;

/** Whose name or ID number a column holds: 低保对象身份证号. */
const HEAD_PREFIX =
  /^(家庭)?(低保|保障|救助|特困|享受|供养|受助)?(户主|申请人|对象|人员|持证人|享受人|受助人|户)(?=.)/;

/** No column is called more than this. */
const MAX_HEADER = 60;

/** Yuan that one unit of an amount column is; null where its header says none. */
export function unitInText(text: string): number | null {
  const unit = /[百千万]?元/.exec(normaliseHeader(text))?.[0];
  return unit === undefined ? null : (YUAN[unit] ?? null);
}

const YUAN: Record<string, number> = { 元: 1, 百元: 100, 千元: 1000, 万元: 10_000 };

/** A header cell as it is compared. */
function normaliseHeader(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s\p{Cc}\p{Cf}*]+/gu, '')
    .replaceAll('帐', '账')
    .replace(/[【〔[{]/g, '(')
    .replace(/[】〕\]}]/g, ')')
    .replace(/^[★☆●◆(]?\d{1,2}[.、)]/, '')
    .replace(/[:：]$/, '');
}

/** The field a header cell names, or null. */
export function fieldOfHeader(text: string): Field | null {
  if (text.length > MAX_HEADER) return null;
  const header = normaliseHeader(text);
  const bare = header.replace(/\([^)]*\)/g, '');
  if (OTHER_AMOUNT.test(header)) return null;
  const unitless = bare.replace(/[/、,_-]?([百千万]?元|人|户|岁)$/, '');
  // 成员1姓名, 家庭成员2身份证号, 姓名3, 配偶姓名: one pair of columns for each member.
  const unnumbered = bare.replace(MEMBER_PREFIX, '').replace(/[\d一二三四五六七八九十]+$/, '');
  for (const spelling of [header, bare, unitless, inFull(unitless), unnumbered]) {
    const field = FIELD_BY_SPELLING.get(spelling);
    if (field !== undefined) return field;
  }
  const unowned = bare.replace(HEAD_PREFIX, '');
  const ofHead = unowned === bare ? undefined : FIELD_BY_SPELLING.get(unowned);
  return ofHead === 'idNumber' ? 'headId' : ofHead === 'name' ? 'headName' : null;
}

/** 月补助额 and 月补助数额 as 月补助金额. */
function inFull(header: string): string {
  return header.replace(/(?<!金)额$/, '金额').replace('数金额', '金额');
}

/** Rank among amount columns; lower wins. */
export function amountRank(text: string): number {
  const bare = normaliseHeader(text).replace(/\([^)]*\)/g, '');
  const ranks = [bare, inFull(bare)].map((spelling) => AMOUNT_ORDER.indexOf(spelling));
  return ranks.find((rank) => rank >= 0) ?? AMOUNT_ORDER.length;
}
