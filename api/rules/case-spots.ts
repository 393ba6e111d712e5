import { SURNAMES } from './mask-text.ts';
import { COMPOUND_SURNAMES } from './masking.ts';

/** What in a case may tell who somebody is. Numbers and names of lists are found by the leak gate's own rules. */

type SpotRow = {
  label: string;
  /** Nobody can hand it in or approve it as it stands. */ refused: boolean;
};

export const SPOT_KINDS = {
  'id-number': { label: '身份证号', refused: true },
  'mobile-number': { label: '手机号码', refused: true },
  'long-number': { label: '银行账号或其他长号码', refused: true },
  'full-name': { label: '救助名单上的姓名', refused: true },
  'possible-name': { label: '与救助名单上的姓名相同的两个字', refused: false },
  name: { label: '可能是姓名', refused: false },
  address: { label: '可能是住址', refused: false },
  health: { label: '健康状况', refused: false },
  age: { label: '未成年人或年龄', refused: false },
} as const satisfies Record<string, SpotRow>;
export type SpotKind = keyof typeof SPOT_KINDS;

/** Where in a text, in UTF-16 units, the end exclusive. */
export type Spot = { kind: SpotKind; start: number; end: number };

/** Words after which a name is written. */
const BEFORE = `书记 主任 会计 文书 出纳 组长 村民 居民 党员 干部 助理 镇长 乡长 县长 区长 局长 科长 股长 所长 站长 院长 委员
  经办人 人员 负责人 职工 户主 低保户 五保户 对象 申请人 举报人 反映人 亲属 妻子 丈夫 父亲 母亲 儿子 女儿 哥哥 弟弟 姐姐 妹妹
  岳父 岳母 之子 之妻 其父 其母 其妻 其夫 其子 其女 其弟 其兄 名叫 叫 为 给 给予 将 由 与 和 及 对 向 被 替 帮`;
/** Words that stand after a name. */
const AFTER = `同志 等 的 在 于 从 利用 违规 违反 违纪 隐瞒 虚报 冒领 骗取 收受 收取 索要 侵占 挪用 截留 私自 擅自 为 以 将 把 受到 受 被
  因 身为 担任 作为 多次 明知 未 不 没有 及 和 与 一家 家 户 夫妇 夫妻 父子 母子 之 给予 办理 申请 享受 去世 死亡 党内 政务 警告 开除
  立案 诫勉 批评 行政 记过 撤职 一 二 两 三 四 五 六 七 八 九 十 共`;
/** Words that begin like a name and are none. */
const NO_NAMES = new RegExp(
  `^(?:${anyOf(`高度 任何 任务 任职 任期 方面 方案 方式 安排 安置 严重 严肃 严格 成立 成员 曾经 曾任 程序 金额 余元 万元 万余 段时 常委 常务
    常年 明确 马上 于是 田地 白条 石料 文件 计划 计入 强迫 解除 解决 包括 包庇 单位 单人 管理 关系 关于 查处 查实 查询 查明 席位 向组 向村 向民
    向群 车辆 钱款 钱物 全部 江苏 黄金 齐全 路费 温饱 牛羊 尤其 牢记 顾问 汤药 石桥 万民 何时 何人 祝愿 单独 成功 申请 申报 申诉 申领 柳树
    符合 康复 应当 连续 党委 时`)})`,
);
const SURNAME = [...COMPOUND_SURNAMES, ...SURNAMES].join('|');
const HAN = '\\p{Script=Han}';
/** A surname and one or two more characters, none of them 某, between words that stand around names. */
const CANDIDATE = new RegExp(
  `(?<=^|[^${HAN}]|${anyOf(BEFORE)})(?:${SURNAME})(?:(?!某)${HAN}){1,2}(?=$|[^${HAN}*×○]|${anyOf(AFTER)})`,
  'yu',
);

function anyOf(words: string): string {
  return words.trim().split(/\s+/).join('|');
}

const PLAIN: readonly (readonly [SpotKind, RegExp])[] = [
  [
    'address',
    /[\d一二三四五六七八九十]+(?:组|单元|号楼|号院|室|栋)(?!织)|(?:门牌|住址|家住)[^，。；\s]{0,20}/gu,
  ],
  [
    'health',
    /艾滋|HIV|精神病|精神障碍|精神残疾|智力残疾|肢体残疾|癌|肿瘤|尿毒症|白血病|肝炎|结核|残疾|重病|患有?[^，。；\s]{0,6}[病症]/gu,
  ],
  ['age', /未成年|(?<!\d)\d{1,3}(?:周)?岁/gu],
];

/** Spots that words alone give away: they warn, for a place may be called like a person. */
export function locateWords(text: string): Spot[] {
  const names: Spot[] = [];
  for (let at = 0; at < text.length; at += 1) {
    CANDIDATE.lastIndex = at;
    const [name] = CANDIDATE.exec(text) ?? [];
    if (name === undefined || NO_NAMES.test(name)) continue;
    names.push({ kind: 'name', start: at, end: at + name.length });
    at += name.length - 1;
  }
  const plain = PLAIN.flatMap(([kind, pattern]) =>
    [...text.matchAll(pattern)].map(({ 0: found, index }) => ({
      kind,
      start: index,
      end: index + found.length,
    })),
  );
  return [...names, ...plain];
}

export type Segment = { text: string; kind: SpotKind | null };

/** A text cut at its spots, in order; where two overlap the more serious one (the first of the table) marks them. */
export function cutAtSpots(text: string, spots: readonly Spot[]): Segment[] {
  const order = Object.keys(SPOT_KINDS);
  const ranked = spots.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  const marks: (SpotKind | null)[] = Array.from({ length: text.length }, () => null);
  for (const { kind, start, end } of ranked) {
    for (let at = start; at < end; at += 1) marks[at] ??= kind;
  }
  const segments: Segment[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const kind = marks[at] ?? null;
    const last = segments.at(-1);
    if (last && last.kind === kind) last.text += text[at] ?? '';
    else segments.push({ text: text[at] ?? '', kind });
  }
  return segments;
}
