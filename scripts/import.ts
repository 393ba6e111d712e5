import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { readConfig } from '#api/config.ts';
import { CodedError } from '#api/errors.ts';
import { readPlaceTable, readStandardTable, toStandard } from '#services/directory-tables.ts';
import { civilDateOf, isMonth } from '#rules/civil-date.ts';
import { AID_TYPES, codesOf } from '#rules/vocabulary.ts';
import { SpreadsheetError } from '#spreadsheets/errors.ts';
import { parseFile } from '#spreadsheets/parse-in-worker.ts';
import { toPublicList } from '#spreadsheets/public-list.ts';

const USAGE =
  '用法：npm run -s import -- 名单文件 [人员文件] --check --json [--aid-type 类型代码] [--period 2026-10] [--town 乡镇] [--regions 区划表.csv] [--standards 标准表.csv]';

export type ImportResult =
  | { exitCode: 0; output: ReturnType<typeof toPublicList> }
  | { exitCode: 2; message: string };

type TablePaths = { regions?: string | undefined; standards?: string | undefined };

/** Checks a list as the command line asks; `asOf` is today's civil date. Prints nothing and stores nothing. */
export async function runImport(args: string[], asOf: string): Promise<ImportResult> {
  try {
    const { values, positionals } = readArguments(args);
    const [file, personsPath] = positionals;
    if (file === undefined || positionals.length > 2) return refuse(USAGE);
    if (!values.check)
      return refuse(
        '这里只检查名单，不保存。要保存，请在工作人员页面上传；要检查，请加上 --check。',
      );
    const stated = z
      .object({
        'aid-type': z.enum(codesOf(AID_TYPES)).optional(),
        period: z.string().refine(isMonth).optional(),
      })
      .safeParse(values);
    if (!stated.success) {
      return refuse(
        `--aid-type 须为 ${Object.keys(AID_TYPES).join('、')} 之一，--period 须写成 2026-10。`,
      );
    }
    const list = await parseFile(await readGivenFile(file), {
      ...(await loadReferenceTables(values, asOf)),
      fileName: basename(file),
      aidType: stated.data['aid-type'],
      period: stated.data.period,
      town: values.town,
      asOf,
      personsFile:
        personsPath === undefined
          ? undefined
          : {
              bytes: await readGivenFile(personsPath),
              fileName: basename(personsPath),
            },
    });
    return { exitCode: 0, output: toPublicList(list) };
  } catch (error) {
    const isExpected = [SpreadsheetError, CodedError, UnreadablePath].some(
      (kind) => error instanceof kind,
    );
    if (isExpected && error instanceof Error) {
      return refuse(error.message);
    }
    throw error;
  }
}

/**
 * Divisions and standards from the files given, else from the portal in DATA_DIR, else (where there is no
 * portal yet) from the specimen tables.
 */
export async function loadReferenceTables(paths: TablePaths, asOf: string) {
  const own = paths.regions && paths.standards ? null : await readOwnTables();
  const specimen = (name: string) => new URL(`./specimens/${name}`, import.meta.url);
  const regions =
    !paths.regions && own
      ? own.regions
      : readPlaceTable(await readGivenFile(paths.regions ?? specimen('regions.csv')));
  const standards =
    !paths.standards && own
      ? own.standards
      : readStandardTable(
          await readGivenFile(paths.standards ?? specimen('standards.csv')),
          asOf,
        ).map(toStandard);
  return { regions, standards };
}

async function readOwnTables() {
  const { dataDir } = readConfig();
  if (!existsSync(dataDir)) return null;
  // Half the memory and most of the start: only for those who have a portal.
  const [{ openStore }, { readReferenceTables }, { readPortalMarker }] = await Promise.all([
    import('#db/open.ts'),
    import('#services/list-parsing.ts'),
    import('#services/setup.ts'),
  ]);
  if (!readPortalMarker(dataDir)) return null;
  const db = openStore(join(dataDir, 'portal.db'));
  try {
    return await readReferenceTables(db);
  } finally {
    await db.close();
  }
}

class UnreadablePath extends Error {}

async function readGivenFile(path: string | URL): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch {
    throw new UnreadablePath(`打不开文件 ${String(path)}，请核对路径。`);
  }
}

function readArguments(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        check: { type: 'boolean' },
        json: { type: 'boolean' },
        'aid-type': { type: 'string' },
        period: { type: 'string' },
        town: { type: 'string' },
        regions: { type: 'string' },
        standards: { type: 'string' },
      },
    });
  } catch {
    throw new UnreadablePath(USAGE);
  }
}

function refuse(message: string): ImportResult {
  return { exitCode: 2, message };
}

if (import.meta.main) {
  const result = await runImport(process.argv.slice(2), civilDateOf(Date.now()));
  if (result.exitCode === 0) process.stdout.write(`${JSON.stringify(result.output, null, 1)}\n`);
  else process.stderr.write(`${result.message}\n`);
  process.exitCode = result.exitCode;
}
