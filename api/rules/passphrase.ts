import { countCharacters } from './text.ts';

/**
 * What a passphrase must be: long, and not one that everybody tries first. No rule of character classes:
 * length is what costs a guesser.
 */
const LEAST_CHARACTERS = 12;
const LEAST_WORDS = 4;
const MOST_CHARACTERS = 200;

/** Tried first by whoever guesses; compared without case, blanks and marks, also when repeated. */
const COMMON = [
  'password',
  'passw0rd',
  'qwertyuiop',
  'qwerty',
  'asdfghjkl',
  'zxcvbnm',
  'qazwsxedc',
  '1qaz2wsx3edc',
  '1q2w3e4r5t6y',
  'abcdefghijkl',
  'admin',
  'administrator',
  'iloveyou',
  'letmein',
  'welcome',
  'woaini',
  'wodemima',
  'minzhengju',
  'mima',
  'dibao',
  'yangguangdibao',
  'nihao',
  'zhongguo',
  '123456',
  '1234567890',
  '0987654321',
  '12345678',
  '111111',
  '666666',
  '888888',
  '5201314',
  '1314520',
  '阳光低保',
  '民政局',
  '我的密码',
  '我的口令',
  '密码',
  '口令',
] as const;

export const PASSPHRASE_HINT =
  '至少12个字（字母、数字、汉字都算），或者用空格隔开的4个词。长比复杂好记也更安全，不要求大小写、符号混用；不要用姓名、单位、电话和常见口令。';

/** What is wrong with a new passphrase, in words; null where nothing is. `known` are the person's name and login. */
export function findPassphraseProblem(text: string, known: readonly string[]): string | null {
  const words = text.split(/\s+/).filter((word) => countCharacters(word) > 1);
  const length = countCharacters(text.trim());
  if (length === 0) return '输入新的口令';
  if (length > MOST_CHARACTERS) return `口令最多${MOST_CHARACTERS}个字`;
  if (length < LEAST_CHARACTERS && new Set(words).size < LEAST_WORDS) {
    return `口令太短，至少${LEAST_CHARACTERS}个字，或者${LEAST_WORDS}个不同的词`;
  }
  const plain = plainOf(text);
  if (new Set(plain).size < 5) return '口令里重复的字太多，换一个';
  const guessed = [...COMMON, ...known].map(plainOf).filter((word) => word.length > 1);
  if (!isMadeOf(plain, guessed)) return null;
  return '这是常见的口令或含有您的姓名、账号，容易被猜到，换一个';
}

function plainOf(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** Whether little is left of it without what everybody tries. */
function isMadeOf(plain: string, guessed: readonly string[]): boolean {
  const longest = guessed.toSorted((a, b) => b.length - a.length);
  const rest = longest.reduce((left, word) => left.replaceAll(word, ''), plain);
  return plain !== rest && rest.length < 5;
}
