import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { CANARY_NAME, createGate } from '#publishing/gate.ts';
import { describeFinding } from '#publishing/refusal.ts';
import { checkCharacterOf } from '#rules/id-number.ts';

/** Of a batch; its last group happens to be digits only. */
const ID = '34f23ad6-ac71-47e5-81b5-690675375102';
const NAMES = ['张三丰', '和平', '阿依古丽·买买提', '欧阳'];

function openGate(of: readonly string[] = NAMES) {
  const macOf = (name: string) => `mac of ${name}`;
  const lengths = new Set(of.map((name) => [...name].length));
  return createGate(
    { macs: new Set([...of, CANARY_NAME].map(macOf)), lengths, macOf },
    {
      numbers: new Set(['990101001000', '0000-8000001', '00008000001', '13900000000', ID]),
      names: ['和平社区', '示范区民政局'],
    },
  );
}

function kindsOf(text: string) {
  return openGate()
    .inspectPage('/about/', `<p>${text}</p>`)
    .map((finding) => finding.kind);
}

test('its own test with planted values passes', () => {
  expect(openGate().testItself()).toEqual([]);
});

test('an id that is public anyway may stand inside a longer word, another one may not', () => {
  expect(kindsOf(`<a id="notice-${ID}-caption" href="#notice-${ID}">公示</a>`)).toEqual([]);
  expect(kindsOf(`<a href="#notice-${ID.replace('34f', '35f')}">公示</a>`)).toEqual([
    'long-number',
  ]);
});

test('any ID number with a right check digit is found, however it is spaced', () => {
  const seventeen = fc
    .tuple(fc.integer({ min: 1930, max: 2025 }), fc.integer({ min: 1, max: 12 }), fc.nat(999))
    .map(([year, month, tail]) => {
      const date = `${year}${String(month).padStart(2, '0')}15`;
      return `990101${date}${String(tail).padStart(3, '0')}`;
    });
  const gap = fc.constantFrom('', ' ', '\u3000', '\u200b', '\u00ad', '&nbsp;', '<wbr>', '<b></b>');
  fc.assert(
    fc.property(seventeen, gap, fc.nat(16), (digits, space, at) => {
      const id = digits + checkCharacterOf(digits);
      expect(kindsOf(`${id.slice(0, at)}${space}${id.slice(at)}`)).toContain('id-number');
    }),
  );
});

test('full-width digits and digits in attributes are found', () => {
  expect(kindsOf('１３８１２３４５６７８')).toEqual(['mobile-number']);
  expect(openGate().inspectPage('/', '<i data-x="13812345678"></i>')).toHaveLength(1);
  expect(kindsOf('<!-- 6222 0212 3456 7890 -->')).toEqual(['long-number']);
  expect(kindsOf('6222-0212-3456-7890')).toEqual(['long-number']);
  expect(kindsOf('138-1234-5678')).toEqual(['mobile-number']);
});

test.each([
  ['hyphens of full width', '９９０１０１－１９８００１１５－', '－'],
  ['dashes', '990101–19800115–', '–'],
  ['dots', '990101.19800115.', '.'],
  ['strokes', '990101/1980/0115/', '/'],
  ['commas', '990101，19800115，', '，'],
])('an ID number in groups with %s between them is found', (_, start, gap) => {
  const digits = '99010119800115012';
  const check = checkCharacterOf(digits);
  expect(kindsOf(`证号${start}012${check}。`)).toContain('id-number');
  const other = check === '0' ? '1' : '0';
  expect(kindsOf(`第${start.replaceAll(gap, ' 年 ')} 012${other}。`)).toEqual([]);
});

test('a mobile number with other hyphens is found, days and telephones from one to another are not', () => {
  expect(kindsOf('138－1234－5678')).toEqual(['mobile-number']);
  expect(kindsOf('138\u20111234\u20115678')).toEqual(['mobile-number']);
  expect(kindsOf('2026-11-20—2026-12-20')).toEqual([]);
  expect(kindsOf('0000-8000001—0000-8000009')).toEqual([]);
});

test('a name in radicals or doubles of its characters is found', () => {
  const spellings = [
    ['高小文', '⾼⼩⽂'],
    ['金領子', '金\uf9b4子'],
    ['石兔子', '⽯\u{2f80f}子'],
    ['马长青', '⻢⻓⻘'],
  ] as const;
  for (const [name, copied] of spellings) {
    const gate = openGate([name]);
    const found = gate.inspectFile('x.json', { text: `请找${copied}办理` });
    expect(found).toMatchObject([{ kind: 'full-name' }]);
  }
});

test('codes of places, published phones, hashes, dates and money pass', () => {
  const hash = '1234567890123456'.repeat(4);
  const text = `990101001000 0000-8000001 13900000000 ${hash} 2026-11-20 192,000,000.00 2025-07-01`;
  expect(kindsOf(text)).toEqual([]);
});

test('a name of three characters fails wherever it stands', () => {
  expect(kindsOf('经办张三丰同志')).toEqual(['full-name']);
  expect(kindsOf('张 三<b>丰</b>')).toEqual(['full-name']);
  expect(kindsOf('阿依古丽•买买提')).toEqual(['full-name']);
  expect(kindsOf('张*丰')).toEqual([]);
});

test('a name of two characters fails as a whole value and warns inside a word', () => {
  expect(kindsOf('和平')).toEqual(['full-name']);
  expect(kindsOf('户主：和平，3人')).toEqual(['full-name']);
  expect(kindsOf('世界和平日')).toEqual(['possible-name']);
  expect(kindsOf('和平社区居民委员会')).toEqual([]);
  expect(kindsOf('欧阳**')).toEqual(['possible-name']);
});

test('a finding in a list names its row and never the person', () => {
  const rows = [
    { no: 1, maskedName: '李*' },
    { no: 2, maskedName: '张三丰*' },
  ];
  const findings = openGate().inspectFile('villages/1.json', { lists: [{ rows }] });
  expect(findings).toEqual([
    { kind: 'full-name', severity: 'refused', where: 'villages/1.json', row: 2 },
  ]);
  expect(findings.map(describeFinding).join()).not.toContain('张');
});

test('a phone number that stands as an amount is found', () => {
  const found = openGate().inspectFile('x.json', { amountCents: 1_381_234_567_800 });
  expect(found.map((finding) => finding.kind)).toEqual(['mobile-number']);
  expect(openGate().inspectFile('x.json', { amountCents: 19_200_000_000 })).toEqual([]);
});

test('every planted name of three characters or more is found, whatever stands around it', () => {
  const around = fc.string({ unit: fc.constantFrom('村', '民', '*', '3', ' ', '，', 'a', '<br>') });
  const planted = fc.constantFrom(...NAMES.filter((name) => [...name].length > 2));
  fc.assert(
    fc.property(around, planted, around, fc.nat(7), (before, name, after, at) => {
      const gap = at > 0 && at < name.length ? ' ' : '';
      const spread = name.slice(0, at) + gap + name.slice(at);
      expect(kindsOf(`${before}${spread}${after}`)).toContain('full-name');
    }),
  );
});

test('a page is read alike by its pieces and tag by tag, which a comment forces', () => {
  const tags = [
    '<b>',
    '</b>',
    '<td>',
    '<br/>',
    '<i title="张三丰">',
    "<a x='和平' y=张三丰>",
    '<',
    '>',
  ];
  const texts = ['张', '三丰', '&#x5f20;', '&nbsp;', '和平', '世界', ' ', '1381234', '5678', '"'];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...tags, ...texts)), (parts) => {
      const html = parts.join('');
      const byTag = kindsOf(`<!---->${html}`);
      expect(new Set(kindsOf(html))).toEqual(new Set(byTag));
    }),
    { numRuns: 2000 },
  );
});

test('a name is found after more values than the gate remembers', () => {
  const gate = openGate();
  const values = Array.from({ length: 60_000 }, (_, at) => `<td>第${at}户</td>`).join('');
  expect(gate.inspectPage('/a/', values)).toEqual([]);
  expect(gate.inspectPage('/b/', '<td>张三丰</td>').map(({ kind }) => kind)).toEqual(['full-name']);
  expect(gate.inspectPage('/c/', '<td>张三丰</td>').map(({ kind }) => kind)).toEqual(['full-name']);
});
