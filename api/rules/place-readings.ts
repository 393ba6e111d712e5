/**
 * How names of places are read where dictionaries do not know it, and where two readings are usual: whoever
 * looks for a village may type either. Each character of a name is found under every reading given here for
 * it, beside the dictionary's.
 */
const CHARACTERS: Readonly<Record<string, string>> = {
  长: 'chang zhang',
  重: 'chong zhong',
  乐: 'le yue lao',
  行: 'xing hang',
  朝: 'chao zhao',
  单: 'dan shan',
  曾: 'zeng ceng',
  区: 'qu ou',
  查: 'cha zha',
  仇: 'chou qiu',
  解: 'jie xie hai',
  盖: 'gai ge',
  朴: 'pu piao',
  覃: 'qin tan',
  尉: 'wei yu',
  莘: 'shen xin',
  夫: 'fu',
  大: 'da dai',
  圩: 'xu wei',
  埔: 'pu bu',
  堡: 'bao pu bu',
  陂: 'bei po pi',
  厦: 'sha xia',
  洞: 'dong tong',
  垌: 'dong tong',
  峒: 'dong tong',
  弹: 'tan dan',
  泊: 'po bo',
  都: 'du dou',
  六: 'liu lu',
  阿: 'a e',
  番: 'fan pan',
  巷: 'xiang hang',
  浚: 'jun xun',
  蔚: 'wei yu',
  车: 'che ju',
  宿: 'su xiu',
  会: 'hui kuai',
  柏: 'bai bo',
  薄: 'bao bo',
  折: 'zhe she',
  射: 'she ye',
  石: 'shi dan',
  绿: 'lv lu',
  女: 'nv nu',
  吕: 'lv lu',
  驴: 'lv lu',
  吓: 'xia he',
  塝: 'bang',
  塆: 'wan',
  屋: 'wu',
  塘: 'tang',
  岜: 'ba',
  硚: 'qiao',
  峪: 'yu',
  碶: 'qi',
  磘: 'yao',
  勐: 'meng',
  堼: 'heng feng',
  崾: 'yao',
  坫: 'dian',
  塬: 'yuan',
  垴: 'nao',
  墕: 'yan',
};

/** Names with a reading of their own, wherever they stand in a longer name. */
const NAMES: Readonly<Record<string, string>> = {
  乐清: 'yue qing',
  乐亭: 'lao ting',
  单县: 'shan xian',
  洪洞: 'hong tong',
  繁峙: 'fan shi',
  繁昌: 'fan chang',
  铅山: 'yan shan',
  东阿: 'dong e',
  六安: 'lu an',
  大埔: 'da bu',
  黄陂: 'huang pi',
  番禺: 'pan yu',
  会稽: 'kuai ji',
  郫都: 'pi du',
  鄱阳: 'po yang',
  万俟: 'mo qi',
  尉迟: 'yu chi',
  十里铺: 'shi li pu',
};

/** Readings, without tones and with v for ü, that the characters of a name have besides the dictionary's. */
export function listOwnReadings(name: string): [character: string, reading: string][] {
  const found: [string, string][] = [];
  for (const character of name) {
    for (const reading of CHARACTERS[character]?.split(' ') ?? []) found.push([character, reading]);
  }
  for (const [part, reading] of Object.entries(NAMES)) {
    if (!name.includes(part)) continue;
    const syllables = reading.split(' ');
    for (const [index, character] of [...part].entries()) {
      found.push([character, syllables[index] ?? '']);
    }
  }
  return found;
}
