/**
 * Masked names for the web. They are de-identified, not anonymous: the mask keeps what a neighbour needs
 * to recognise the household and no more.
 */

/** `keep-length` shows how long the name is; `surname-stars` is the surname and always two stars. */
export const MASK_STYLES = {
  'keep-length': '保留姓名字数',
  'surname-stars': '姓氏加两个星号',
} as const;
export type MaskStyle = keyof typeof MASK_STYLES;

/** 欧阳, 司马 … */
export const COMPOUND_SURNAMES: ReadonlySet<string> = new Set(
  `欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 宇文 长孙 司徒 司空 司寇 夏侯 轩辕 端木 独孤 南宫 万俟
  闻人 赫连 澹台 公冶 宗政 濮阳 淳于 单于 太叔 申屠 仲孙 钟离 鲜于 闾丘 呼延 羊舌 微生 亓官 子车 颛孙 巫马
  公西 漆雕 乐正 壤驷 公良 公羊 拓跋 夹谷 宰父 谷梁 段干 百里 东郭 南门 东门 西门 梁丘 左丘 第五 完颜 纳兰
  耶律 叶赫 那拉 贺兰 达奚 哥舒 仆固 屈突 豆卢 侯莫 贺若 宿勤 库狄`.split(/\s+/),
);

/** True for 欧阳, 司马 … */
export function isCompoundSurname(text: string): boolean {
  return COMPOUND_SURNAMES.has(text);
}

/**
 * Masks a normalised name (rules/recipient). Characters are code points, so that a rare character
 * outside the basic plane counts as one. The result always contains a star.
 */
export function maskName(name: string, style: MaskStyle = 'keep-length'): string {
  const characters = [...name];
  const [first = ''] = characters;
  if (characters.length <= 1) return '*';
  const surname = surnameOf(characters);
  if (style === 'surname-stars') return `${surname}**`;
  if (characters.includes('·')) {
    return (
      first +
      characters
        .slice(1)
        .map((character) => (character === '·' ? '·' : '*'))
        .join('')
    );
  }
  if (characters.length === 2) return `${first}*`;
  if (surname !== first) return surname + '*'.repeat(characters.length - 2);
  return first + '*'.repeat(characters.length - 2) + characters.at(-1);
}

function surnameOf(characters: string[]): string {
  const two = characters.slice(0, 2).join('');
  return characters.length > 2 && isCompoundSurname(two) ? two : (characters[0] ?? '');
}
