import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { readConfig } from '#api/config.ts';
import type { Config } from '#api/config.ts';
import { openStore } from '#db/open.ts';
import { publish } from '#publishing/publish.ts';
import { civilDateOf } from '#rules/civil-date.ts';
import { ROLES } from '#rules/roles.ts';
import type { RoleCode } from '#rules/roles.ts';
import { codesOf } from '#rules/vocabulary.ts';
import { createSecrets, loadSecrets } from '#sealing/secrets.ts';
import { bodiesOf } from '#services/bodies.ts';
import { readHotlineTable, readPlaceTable, readStandardTable } from '#services/directory-tables.ts';
import { readPortalMarker, setUpPortal, writePortalMarker } from '#services/setup.ts';
import type { NewPortal, PortalPlan } from '#services/setup.ts';
import { Settings } from '#services/settings.ts';

/**
 * `npm run setup -- --plan FILE`: the first set-up of a real portal. What it prints is printed once: each
 * account's passphrase and second factor, and two recovery papers for each body.
 */
const USAGE = `npm run -s setup -- --plan FILE
FILE is JSON; the tables it names are CSV files beside it. scripts/specimens/plan.example.json is one to try:
{
  "countyName": "示范区",
  "bureauName": "示范区民政局",
  "disciplineName": "示范区纪委监委驻民政局纪检监察组",
  "places": "regions.csv",
  "standards": "standards.csv",
  "hotlines": "hotlines.csv",
  "validFrom": "2026-01-01",
  "settings": { "confirmed_by": "county" },
  "people": [{ "name": "…", "login": "…", "posts": [{ "role": "security_admin", "body": "bureau" }] }]
}
"body" is bureau, discipline, or the code of a town or village. standards, hotlines, settings and
validFrom may be left out.`;

const PlanFile = z.strictObject({
  countyName: z.string().min(1),
  bureauName: z.string().min(1),
  disciplineName: z.string().min(1),
  places: z.string(),
  standards: z.string().optional(),
  hotlines: z.string().optional(),
  validFrom: z.iso.date().optional(),
  settings: Settings.omit({ county_name: true, bureau_name: true, demo: true })
    .partial()
    .optional(),
  people: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        login: z
          .string()
          .regex(/^[a-z0-9][a-z0-9.-]{1,39}$/, 'lower case letters, digits, . and -'),
        posts: z.array(z.strictObject({ role: z.enum(codesOf(ROLES)), body: z.string() })).min(1),
      }),
    )
    .refine((people) => new Set(people.map((each) => each.login)).size === people.length, {
      error: 'two people have the same login',
    })
    .refine((people) => people.some(isAdministrator), {
      error: 'one person must be security_admin: nobody else can add accounts',
    }),
});

function isAdministrator(person: { posts: { role: RoleCode }[] }): boolean {
  return person.posts.some((post) => post.role === 'security_admin');
}

function readPlan(file: string, today: string): PortalPlan {
  const plan = PlanFile.parse(parseJson(file));
  const table = (name: string) => readFileSync(resolve(dirname(file), name));
  const places = readPlaceTable(table(plan.places));
  const bodies = bodiesOf(places, { bureau: plan.bureauName, discipline: plan.disciplineName });
  function bodyCodeOf(word: string): string {
    const found = bodies.find(({ code, kind, placeCode }) =>
      word === 'bureau' || word === 'discipline'
        ? kind === word
        : code === word || (placeCode === word && (kind === 'township' || kind === 'village')),
    );
    if (!found) throw new Error(`people: there is no body "${word}" in the plan`);
    return found.code;
  }
  return {
    settings: { ...plan.settings, county_name: plan.countyName, bureau_name: plan.bureauName },
    validFrom: plan.validFrom ?? today,
    places,
    bodies,
    people: plan.people.map((person) => ({
      ...person,
      posts: person.posts.map(({ role, body }) => ({ role, bodyCode: bodyCodeOf(body) })),
    })),
    standards: plan.standards ? readStandardTable(table(plan.standards), today) : [],
    hotlines: plan.hotlines ? readHotlineTable(table(plan.hotlines), today) : [],
  };
}

function parseJson(file: string): unknown {
  const text = readFileSync(file, 'utf8');
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${file} is not JSON: look for a missing comma or quotation mark.`);
  }
}

async function runSetup(config: Config, planFile: string): Promise<NewPortal> {
  const database = join(config.dataDir, 'portal.db');
  if (readPortalMarker(config.dataDir) || existsSync(database)) {
    throw new Error(`${config.dataDir} already holds a portal and is left as it is.`);
  }
  const now = Date.now();
  const today = civilDateOf(now);
  const plan = readPlan(planFile, today);
  createSecrets(config.secretsDir);
  const secrets = loadSecrets(config.secretsDir);
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  const db = openStore(database);
  try {
    const portal = await setUpPortal({ db, secrets, config, now: () => now }, plan);
    await db.close();
    writePortalMarker(config.dataDir, { kind: 'real', createdOn: today });
    return portal;
  } catch (error) {
    // Nothing of it was told to anybody yet: the folder may be tried again.
    await db.close();
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${database}${suffix}`, { force: true });
    throw error;
  }
}

/** Puts the directory pages online. What is printed must not be lost by it: it only says how it went. */
async function publishDirectory(config: Config) {
  const secrets = loadSecrets(config.secretsDir);
  const db = openStore(join(config.dataDir, 'portal.db'));
  try {
    const { status, pagesChanged } = await publish({ db, secrets, config, now: Date.now });
    if (status !== 'live') throw new Error('the leak gate refused');
    console.error(`已发布 ${pagesChanged} 个页面。运行 npm start 启动。`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown';
    console.error(`页面还没有发布（${reason}）。依次运行 npm run build、npm run publish。`);
  } finally {
    await db.close();
  }
}

const PAGE_BREAK = '\f';

function printPortal({ accounts, recoveryPapers }: NewPortal) {
  const sheets = [
    ...accounts.map(({ login, password, totpSecret, role, body }) => [
      `${body} ${ROLES[role].label}`,
      `账号　　　　${login}`,
      `口令　　　　${password}`,
      `动态码密钥　${totpSecret}`,
      '把密钥输入手机验证器（SHA-1，6位，30秒）。这一页只打印一次，交本人保管。',
    ]),
    ...recoveryPapers.flatMap(({ body, bodyCode, first, second }) =>
      [first, second].map((identity, index) => [
        `${body}（${bodyCode}）恢复凭据，第${index + 1}页，共2页`,
        identity,
        '两页由两人分别保管，合在一起才能恢复本单位密钥。这一页只打印一次，不得拍照、存入电脑。',
      ]),
    ),
  ];
  process.stdout.write(sheets.map((lines) => `${lines.join('\n')}\n`).join(PAGE_BREAK));
}

try {
  const { values } = parseArgs({ options: { plan: { type: 'string' } } });
  if (!values.plan) throw new Error(USAGE);
  const config = readConfig();
  printPortal(await runSetup(config, values.plan));
  await publishDirectory(config);
} catch (error) {
  console.error(describeProblem(error));
  process.exitCode = 1;
}

function describeProblem(error: unknown): string {
  if (error instanceof z.ZodError) {
    const issue = error.issues[0];
    return `plan: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}\n\n${USAGE}`;
  }
  return error instanceof Error ? error.message : 'set-up failed';
}
