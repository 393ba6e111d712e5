/**
 * Radicals that copies from PDF bring instead of whole characters (⻢ for 马, ⻩ for 黄), each before the character it
 * stands for; NFKC knows two of them. Source: Unicode, EquivalentUnifiedIdeograph.txt, block CJK Radicals Supplement.
 */
const PAIRS = [
  '⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺇𠘨⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺑𡯂⺒巳⺓幺⺔彑⺕彐⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母',
  '⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺪𤴔⺫目⺬示⺭礻⺮𥫗⺯糹⺰纟⺱罓⺲罒⺳㓁⺴冗⺵𦉫⺶羊⺷𦍌⺸𦍋⺹耂⺺肀⺻聿⺼肉⺽𦥑',
  '⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇𧢲⻈讠⻉贝⻊𧾷⻋车⻌辶⻍辶⻎辶⻏邑⻐钅⻑長⻒镸⻓长⻔门⻕𨸏⻖阝⻗雨⻘青⻙韦⻚页⻛风',
  '⻜飞⻝食⻞𩙿⻟飠⻠饣⻡𩠐⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟',
].join('');

/** Radicals and doubles of whole characters. */
const OTHER_HAN = /[\u2e80-\u2fdf\uf900-\ufaff]|\ud87e[\udc00-\ude1d]/g;
const WHOLE = new Map(
  Array.from(PAIRS.matchAll(/(.)(.)/gu), ([, radical, whole]) => [radical, whole]),
);

/** Each Han character in one form; all else as it is. */
export function unifyHan(text: string): string {
  return text.replace(OTHER_HAN, (other) => WHOLE.get(other) ?? other.normalize('NFKC'));
}

/** The same, and all else by NFKC. */
export function unifyForms(text: string): string {
  return unifyHan(text).normalize('NFKC');
}
