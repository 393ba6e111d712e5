import { expect, test } from 'vitest';
import { parseRelativesFile } from '#spreadsheets/parse-in-worker.ts';
import { idOf, readSpecimen } from '#support/lists.ts';

const HEADER = '工作人员姓名,单位,职务,亲属姓名,与工作人员关系,亲属身份证号';
const parse = (lines: string[], header = HEADER) =>
  parseRelativesFile(Buffer.from([header, ...lines].join('\r\n')), 'a.csv');

test('the specimen register is read whole', async () => {
  const { lines, faults } = await parseRelativesFile(
    readSpecimen('relatives-register.csv'),
    'relatives-register.csv',
  );
  expect(faults).toEqual([]);
  expect(lines).toHaveLength(10);
  expect(lines[0]).toMatchObject({
    line: 2,
    entry: { staffName: '史柏青', unit: '青山镇人民政府', relation: '父亲' },
  });
});

test('a member of staff registers themselves without naming themselves twice', async () => {
  const { lines } = await parse([`史柏青,青山镇人民政府,经办人员,,本人,${idOf('19800101')}`]);
  expect(lines[0]?.entry).toMatchObject({ relativeName: '史柏青', relation: '本人' });
});

test('a line that cannot be matched is reported with its number and its reason', async () => {
  const good = idOf('19500628');
  const wrong = `${good.slice(0, 17)}${good.endsWith('1') ? '2' : '1'}`;
  const { lines, faults } = await parse([
    `史柏青,青山镇人民政府,,史守信,父亲,${wrong}`,
    `史柏青,青山镇人民政府,,史守信,父亲,9.90101E+17`,
    `史柏青,青山镇人民政府,,,父亲,${good}`,
    `史柏青,,,史守信,父亲,${good}`,
    `史柏青,青山镇人民政府,,史守信,,${good}`,
    `史柏青,青山镇人民政府,,史守信,父亲,${good}`,
    `史柏青,青山镇人民政府,,史守信,父亲,${good}`,
    ',,,,,',
  ]);
  expect(lines.map(({ line }) => line)).toEqual([7]);
  expect(faults.map(({ line, reason }) => `${line} ${reason}`)).toEqual([
    '2 id-check-digit',
    '3 id-unreadable',
    '4 name-missing',
    '5 unit-missing',
    '6 relation-missing',
    '8 duplicate',
  ]);
});

test('other words in the header are read, a file without one is refused', async () => {
  const { lines } = await parse(
    [`史柏青,青山镇人民政府,史守信,父子,${idOf('19500628')}`],
    '备案人姓名,工作单位,近亲属姓名,亲属关系,身份证号码',
  );
  expect(lines).toHaveLength(1);
  await expect(parse([], '姓名,电话,地址,备注')).rejects.toThrow('没有找到表头');
});
