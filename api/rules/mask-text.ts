import { unifyHan } from './han-forms.ts';
import { maskName } from './masking.ts';

/** What a ledger prints of a narrative. */
const LONGEST = 200;

/** Words that those who speak of themselves write before a name. */
const SPEAKER =
  /(我叫|我是|本人叫?|举报人|反映人|投诉人|信访人|申请人|联系人|姓名)([:：是为叫]?\s*)(\p{Script=Han}{2,3})/gu;
/** 王, 李 … */
export const SURNAMES: ReadonlySet<string> = new Set(
  `王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜
  范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛
  伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包
  司柏宁柯阮桂闵解强丛褚娄滕纪`.replaceAll(/\s/g, ''),
);

/** Digits, and what people write between groups of them. */
const NUMBER = /\d(?:[\d\s-]*[\dXx])?/g;
const FULL_WIDTH_DIGITS = /[０-９Ｘｘ]/g;

/**
 * A narrative as a printed ledger shows it. Masked are the names it is told (those of the accused), a name
 * that follows words such as 我叫 or 联系人, and every run of seven digits or more, of which nothing stays
 * (ID numbers, telephones, accounts). Other names cannot be known: whoever hands a ledger on reads it first.
 * Line breaks become blanks; more than 200 characters are cut.
 */
export function maskNarrative(text: string, names: readonly string[]): string {
  const line = unifyHan(text).replaceAll(/\s+/g, ' ').trim();
  const spelled = line.replaceAll(FULL_WIDTH_DIGITS, (sign) => sign.normalize('NFKC'));
  const numbers = spelled.replaceAll(NUMBER, maskNumber);
  const known = names
    .map(unifyHan)
    .flatMap(splitNames)
    .toSorted((one, other) => other.length - one.length);
  const named = known.reduce(
    (masked, name) => masked.replaceAll(spellingsOf(name), maskName(name)),
    numbers,
  );
  return cut(named.replaceAll(SPEAKER, maskSpeaker));
}

/** 张三、李四（村主任） are two; a part as long as a sentence is no name. */
function splitNames(typed: string): string[] {
  const names = typed.replaceAll(/[（(][^）)]*[）)]/g, '、');
  const spellings = [names, names.replaceAll(/\s/g, '')];
  const parts = spellings.flatMap((each) => each.split(/[^\p{Script=Han}\p{Script=Latin}·〇]+/u));
  return parts.filter((part) => {
    const { length } = [...part];
    return length > 1 && (length <= 5 || part.includes('·'));
  });
}

/** The name with blanks between its characters, too. */
function spellingsOf(name: string): RegExp {
  return new RegExp([...name].join('\\s*'), 'gu');
}

function maskNumber(run: string): string {
  const digits = run.replaceAll(/[^\dXx]/g, '');
  if (digits.length < 7 || isDate(run)) return run;
  return digits.length >= 15 ? '（证件或账号略）' : '（号码略）';
}

/** 2026-11-20 and 20261120 are no secrets. */
function isDate(run: string): boolean {
  return /^(19|20)\d\d-?(0?[1-9]|1[0-2])-?(0?[1-9]|[12]\d|3[01])\s*$/.test(run);
}

function maskSpeaker(whole: string, intro: string, link: string, name: string): string {
  const [surname = ''] = name;
  return SURNAMES.has(surname) ? `${intro}${link}${surname}**` : whole;
}

function cut(text: string): string {
  const characters = [...text];
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST).join('')}…` : text;
}
