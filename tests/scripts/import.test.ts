import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { runImport } from '#scripts/import.ts';

type Line = { line: number; open?: boolean };
type Expected = {
  households: number;
  persons: number;
  amountCents: number;
  rows: (Line & Record<string, unknown>)[];
  rejected: (Line & { reason: string })[];
  withheld: number[];
  warnings: (Line & { reason: string })[];
  personsFile?: { warnings: (Line & { reason: string })[] };
};

const specimen = (name: string) => `scripts/specimens/${name}`;
const TODAY = '2026-11-20';

const LISTS: [name: string, expected: string, args: string[]][] = [
  [
    'layout-a-households.xlsx',
    'layout-a',
    [specimen('layout-a-persons.xlsx'), '--period', '2026-10'],
  ],
  ['layout-b.xlsx', 'layout-b', ['--period', '2026-10']],
  ['layout-c.xlsx', 'layout-c', ['--period', '2026-10']],
  ['layout-d-defects.xlsx', 'layout-d-defects', []],
  ['layout-d-utf8.csv', 'layout-d-csv', []],
  ['layout-d-utf8-bom.csv', 'layout-d-csv', []],
  ['layout-d-gb18030.csv', 'layout-d-csv', []],
];

async function readExpected(name: string): Promise<Expected> {
  return JSON.parse(await readFile(`tests/fixtures/expected/${name}.json`, 'utf8')) as Expected;
}

async function importSpecimen(name: string, args: string[]) {
  const result = await runImport([specimen(name), ...args, '--check', '--json'], TODAY);
  if (result.exitCode !== 0) throw new Error(result.message);
  return result.output;
}

test.each(LISTS)(
  '%s gives exactly the expected rows, totals and reasons',
  async (name, file, args) => {
    const expected = await readExpected(file);
    const output = await importSpecimen(name, args);
    const publicFields = ({
      line,
      town,
      village,
      maskedName,
      aidType,
      members,
      amountCents,
      since,
    }: Expected['rows'][number]) => ({
      line,
      town,
      village,
      maskedName,
      aidType,
      members,
      amountCents,
      since,
    });

    expect(output.rows).toEqual(expected.rows.map(publicFields));
    expect(output.rejected).toEqual(
      expected.rejected.map(({ line, reason }) => ({ line, reason })),
    );
    expect(output.withheld).toEqual(expected.withheld);
    expect(output).toMatchObject({
      households: expected.households,
      persons: expected.persons,
      amountCents: expected.amountCents,
    });
  },
);

test.each(LISTS)('%s gives every expected warning and no other', async (name, file, args) => {
  const expected = await readExpected(file);
  const output = await importSpecimen(name, args);
  const key = (warning: { line: number; reason: string; file?: string }) =>
    `${warning.file ?? 'list'} ${warning.line} ${warning.reason}`;
  const known = new Set([
    ...expected.warnings.map(key),
    ...(expected.personsFile?.warnings ?? []).map((each) => key({ ...each, file: 'persons' })),
    ...(expected.personsFile ? ['list 2 members-differ'] : []),
  ]);
  const open = new Set(expected.warnings.filter((each) => each.open).map(key));
  const given = new Set(output.warnings.map(key));

  expect([...given].filter((each) => !known.has(each))).toEqual([]);
  expect([...known].filter((each) => !given.has(each) && !open.has(each))).toEqual([]);
});

test('the command prints one JSON object without a full name or an ID number', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [
    'scripts/import.ts',
    specimen('layout-d-defects.xlsx'),
    '--check',
    '--json',
  ]);

  expect(Object.keys(JSON.parse(stdout) as object)).toEqual([
    'households',
    'persons',
    'amountCents',
    'rows',
    'rejected',
    'withheld',
    'warnings',
  ]);
  expect(stdout).not.toMatch(/990101|欧阳娜娜|丁春梅/);
});

test('without a period the list is read and says which checks were left out', async () => {
  const output = await importSpecimen('layout-b.xlsx', []);

  expect(output.households).toBe(26);
  expect(output.withheld).toEqual([14]);
  expect(output.warnings).toContainEqual({ line: 2, reason: 'period-missing' });
});

test.each([
  ['a table that is not a list', [specimen('hotlines.csv'), '--check'], '表头'],
  ['a missing file', ['nowhere.xlsx', '--check'], '打不开文件'],
  ['a call without --check', [specimen('layout-b.xlsx')], '工作人员页面'],
  [
    'a division table that is something else',
    [specimen('layout-b.xlsx'), '--check', '--regions', specimen('hotlines.csv')],
    '第2行',
  ],
  ['an unknown option', [specimen('layout-b.xlsx'), '--frob'], '用法'],
  ['an unknown aid type', [specimen('layout-b.xlsx'), '--check', '--aid-type', 'X'], '--aid-type'],
  [
    'a month that does not exist',
    [specimen('layout-b.xlsx'), '--check', '--period', '2026-13'],
    '--period',
  ],
])('%s ends with exit code 2 and one sentence', async (_case, args, words) => {
  const result = await runImport(args, TODAY);

  expect(result).toMatchObject({ exitCode: 2, message: expect.stringContaining(words) });
});

test('a town stated by the importer does not override what a row says', async () => {
  const output = await importSpecimen('layout-c.xlsx', ['--town', '别处镇']);

  expect(output.households).toBe(23);
});
