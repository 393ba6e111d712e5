import { expect, test } from 'vitest';
import { findPassphraseProblem } from '#rules/passphrase.ts';

test.each([
  'bamboo7river2lantern',
  '山间清泉流过三块青石板桥',
  '石桥 竹林 晚风 白鹭',
  'kxq-7fj-m2pd-9wt',
  '👩‍👩‍👧 秋天 我们 去看 红叶',
])('%s may be a passphrase', (text) => {
  expect(findPassphraseProblem(text, ['祁思齐', 'triage'])).toBeNull();
});

test.each([
  ['', '输入'],
  ['   ', '输入'],
  ['kxq7fjm2pd9', '太短'],
  ['山 水 云 月', '太短'],
  ['竹林 竹林 竹林 竹', '太短'],
  ['aaaaaaaaaaaaaaaa', '重复'],
  ['121212121212', '重复'],
  ['123456789012', '常见'],
  ['Password-Password-1', '常见'],
  ['qwertyuiop12', '常见'],
  ['ｐａｓｓｗｏｒｄ１２３４５６', '常见'],
  ['祁思齐祁思齐1234祁思齐', '常见'],
  ['triage-triage-triage', '常见'],
  ['竹'.repeat(10).concat('abcdefghij').repeat(11), '最多'],
])('%s is refused', (text, words) => {
  expect(findPassphraseProblem(text, ['祁思齐', 'triage'])).toContain(words);
});
