import { expect, test } from 'vitest';
import { maskNarrative } from '#rules/mask-text.ts';

test.each([
  ['经办人赵大山收了钱', ['赵大山'], '经办人赵*山收了钱'],
  ['赵 大山、欧阳锋都在场', ['赵大山、欧阳锋（会计）'], '赵*山、欧阳*都在场'],
  ['阿依·买买提没有来', ['阿依·买买提'], '阿*·***没有来'],
  ['我叫王小明，住在村口', [], '我叫王**，住在村口'],
  ['经办人⻢⻓⻘收了钱', ['马长青'], '经办人马*青收了钱'],
  ['经办人高小文收了钱', ['⾼⼩⽂'], '经办人高*文收了钱'],
  ['举报人：李四', [], '举报人：李**'],
  ['我是来反映情况的', [], '我是来反映情况的'],
])('%s: names it is told, and those who speak of themselves, are masked', (text, names, masked) => {
  expect(maskNarrative(text, names)).toBe(masked);
});

test.each([
  ['电话13812345678', '电话（号码略）'],
  ['电话１３８ 1234 5678', '电话（号码略）'],
  ['座机0417-1234567', '座机（号码略）'],
  ['身份证99010119570303002X', '身份证（证件或账号略）'],
  ['卡号6228 4800 0000 0000 001', '卡号（证件或账号略）'],
])('%s: of a long number nothing stays', (text, masked) => {
  expect(maskNarrative(text, [])).toBe(masked);
});

test('days, amounts and short numbers stay, line breaks and what is too long do not', () => {
  expect(maskNarrative('2019-05-03和20190503，500元，5次', [])).toBe(
    '2019-05-03和20190503，500元，5次',
  );
  expect(maskNarrative('第一行\n第二行', [])).toBe('第一行 第二行');
  expect(maskNarrative('长'.repeat(300), [])).toBe(`${'长'.repeat(200)}…`);
});
