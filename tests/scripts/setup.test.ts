import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);
const SECURITY = {
  name: '缪安澜',
  login: 'security',
  posts: [{ role: 'security_admin', body: 'bureau' }],
};
const TOWN = {
  name: '池远山',
  login: 'town',
  posts: [{ role: 'township_user', body: '990101100000' }],
};

function prepareFolder() {
  const root = mkdtempSync(join(tmpdir(), 'setup-'));
  cpSync('scripts/specimens/regions.csv', join(root, 'regions.csv'));
  return {
    root,
    data: join(root, 'data'),
    async setUp(people: unknown[]) {
      const plan = {
        countyName: '示范区',
        bureauName: '示范区民政局',
        disciplineName: '驻局纪检监察组',
        places: 'regions.csv',
        people,
      };
      writeFileSync(join(root, 'plan.json'), JSON.stringify(plan));
      const env = { ...process.env, DATA_DIR: join(root, 'data') };
      const { stdout } = await run(
        process.execPath,
        ['scripts/setup.ts', '--plan', join(root, 'plan.json')],
        { env },
      );
      return stdout;
    },
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  };
}

test('a real portal is set up once; each account and each recovery paper has its own page', async () => {
  using folder = prepareFolder();
  const sheets = (await folder.setUp([SECURITY, TOWN])).split('\f');
  const identities = sheets.flatMap((sheet) => sheet.match(/AGE-SECRET-KEY-1\S+/g) ?? []);
  // Two accounts; bureau, discipline group and three townships with two papers each.
  expect(sheets).toHaveLength(2 + 10);
  expect(new Set(identities).size).toBe(10);
  expect(sheets[1]).toContain('青山镇人民政府 乡镇经办');
  const marker: unknown = JSON.parse(readFileSync(join(folder.data, 'portal.json'), 'utf8'));
  expect(marker).toMatchObject({ kind: 'real' });

  await expect(folder.setUp([SECURITY])).rejects.toThrow('already holds a portal');
});

test('the example plan sets up a portal whose directory pages are online', async () => {
  using folder = prepareFolder();
  const env = { ...process.env, DATA_DIR: folder.data };
  const args = ['scripts/setup.ts', '--plan', 'scripts/specimens/plan.example.json'];
  const { stdout } = await run(process.execPath, args, { env });
  expect(stdout).toContain('示范区民政局 安全管理员');
  expect(existsSync(join(folder.data, 'site/standards/index.html'))).toBe(true);
});

test('a plan that is no JSON is refused by its name', async () => {
  using folder = prepareFolder();
  const file = join(folder.root, 'plan.json');
  writeFileSync(file, '{ "countyName": ');
  const env = { ...process.env, DATA_DIR: folder.data };
  const attempt = run(process.execPath, ['scripts/setup.ts', '--plan', file], { env });
  await expect(attempt).rejects.toThrow(`${file} is not JSON`);
  expect(existsSync(folder.data)).toBe(false);
});

test('a plan that cannot be carried out leaves a folder that can be tried again', async () => {
  using folder = prepareFolder();
  await expect(folder.setUp([TOWN])).rejects.toThrow('security_admin');
  await expect(folder.setUp([SECURITY, SECURITY])).rejects.toThrow('same login');
  const misplaced = { ...TOWN, posts: [{ role: 'auditor', body: '990101100000' }] };
  await expect(folder.setUp([SECURITY, misplaced])).rejects.toThrow('cannot be held');
  expect(existsSync(join(folder.data, 'portal.db'))).toBe(false);
  expect(await folder.setUp([SECURITY])).toContain('security');
});
