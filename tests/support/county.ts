import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '#api/config.ts';
import { openStore } from '#db/open.ts';
import { listFirstTextRows } from '#rules/first-texts/list.ts';
import type { NoticeKind } from '#rules/list-kinds.ts';
import type { ListStatus } from '#rules/list-lifecycle.ts';
import type { AidType } from '#rules/vocabulary.ts';
import { createSecrets, loadSecrets } from '#sealing/secrets.ts';
import { appendAudit } from '#services/audit.ts';

export const COUNTY = '990101000000';
/** Two townships, two villages each. */
export const TOWNS = ['990101001000', '990101002000'] as const;
const VILLAGE_NAMES = ['柳溪村', '石桥村'];
const START = Date.parse('2026-11-20T09:00:00+08:00');

/** Invented people: full name, and its mask. */
export const PEOPLE = [
  ['张三丰', '张*丰'],
  ['李小满', '李*满'],
  ['和平', '和*'],
  ['欧阳晓岚', '欧阳**'],
  ['赵一', '赵*'],
  ['王二柱', '王*柱'],
] as const;

export type NewList = {
  town: string;
  /** Who publishes it: the township unless said otherwise. */
  body?: string;
  aidType?: AidType;
  period?: string;
  /** Households of each village; the first two people of PEOPLE, then on from there. */
  rows?: number;
  status?: ListStatus;
  decidedOn?: string;
  /** Serial numbers (from 1, of the batch) left out of the web. */
  withheld?: number[];
  /** Makes it a notice that runs so long, epoch ms. */
  notice?: { startsAt: number; endsAt: number; kind?: NoticeKind };
  /** A full name by mistake, instead of every mask. */
  unmasked?: string;
};

export type County = ReturnType<typeof createCounty>;
type Filled = Pick<County, 'db' | 'secrets' | 'now'>;

/** A county of its own in a temporary folder, with everything but lists. */
export async function openCounty({ villages = 2, towns = [...TOWNS] as string[] } = {}) {
  const county = createCounty();
  await fillCounty(county, towns, villages);
  return county;
}

function createCounty() {
  const root = mkdtempSync(join(tmpdir(), 'county-'));
  const config = readConfig({ DATA_DIR: join(root, 'data') });
  mkdirSync(config.dataDir);
  createSecrets(config.secretsDir);
  const db = openStore(join(config.dataDir, 'portal.db'), { synchronous: 'OFF' });
  const clock = { now: START };
  const portal = { db, config, secrets: loadSecrets(config.secretsDir), now: () => clock.now };
  async function close() {
    await db.close();
    rmSync(root, { recursive: true, force: true });
  }
  return { root, ...portal, portal, clock, close, [Symbol.asyncDispose]: close };
}

export function villageCode(town: string, at: number): string {
  return `${town.slice(0, 9)}${String(200 + at).padStart(3, '0')}`;
}

async function fillCounty({ db }: County, towns: string[], villages: number) {
  const place = { validFrom: '2025-01-01', validTo: null, successorCode: null };
  await db.transaction(async (tx) => {
    const { t } = tx;
    await tx
      .insert(t.place)
      .values({ ...place, code: COUNTY, name: '示范区', level: 'district', parentCode: null });
    await tx.insert(t.body).values({
      ...place,
      code: 'bureau',
      name: '示范区民政局',
      kind: 'bureau',
      placeCode: COUNTY,
      superiorCode: null,
    });
    for (const [at, town] of towns.entries()) {
      await tx
        .insert(t.place)
        .values({ ...place, code: town, name: `第${at + 1}镇`, level: 'town', parentCode: COUNTY });
      await tx.insert(t.body).values({
        ...place,
        code: `township-${town}`,
        name: `第${at + 1}镇人民政府`,
        kind: 'township',
        placeCode: town,
        superiorCode: 'bureau',
      });
      const rows = Array.from({ length: villages }, (_, index) => ({
        ...place,
        code: villageCode(town, index),
        name: VILLAGE_NAMES[index] ?? `第${index + 1}村`,
        level: 'village' as const,
        parentCode: town,
      }));
      await tx.insert(t.place).values(rows);
    }
    const settings = { county_name: '示范区', bureau_name: '示范区民政局', demo: '1' };
    for (const [key, value] of Object.entries(settings)) {
      await tx.insert(t.setting).values({ key, value });
    }
    await tx.insert(t.standard).values({
      id: 'standard',
      placeCode: COUNTY,
      aidType: 'RURAL_DIBAO',
      areaType: 'rural',
      amountCents: 64_000,
      effectiveFrom: '2025-07-01',
      documentNumber: '示民发〔2025〕21号',
      updatedOn: '2025-07-01',
    });
    await tx.insert(t.hotline).values({
      id: 'hotline',
      placeCode: COUNTY,
      unit: '示范区民政局',
      level: 'district',
      phone: '0000-8000001',
      secondPhone: '13900000000',
      contact: '社会救助科',
      hours: '工作日 8:30-12:00',
      updatedOn: '2025-07-01',
    });
    const names = { countyName: '示范区', bureauName: '示范区民政局' };
    await tx.insert(t.pageText).values(listFirstTextRows(names, '2025-07-01'));
  });
}

const batches = new WeakMap<Filled['db'], number>();

/** Adds a list of every village of a township, approved unless said otherwise. Answers the batch's id. */
export async function addList(county: Filled, list: NewList, villages = 2): Promise<string> {
  const { aidType = 'RURAL_DIBAO', period = '2026-11', rows = 3, status = 'approved' } = list;
  const { db, secrets } = county;
  // Within its county: what a test sees does not depend on the tests before it.
  const number = (batches.get(db) ?? 0) + 1;
  batches.set(db, number);
  const id = `batch-${number}`;
  await db.transaction(async (tx) => {
    const { t } = tx;
    await tx.insert(t.batch).values({
      id,
      bodyCode: list.body ?? `township-${list.town}`,
      reviewBodyCode: 'bureau',
      aidType,
      period,
      status,
      uploadedBy: 'person-1',
      uploadedOn: '2026-11-18',
      decidedBy: 'person-2',
      decidedOn: list.decidedOn ?? '2026-11-19',
      households: rows * villages,
      persons: rows * villages * 2,
      amountCents: rows * villages * 64_000,
      salt: id.padEnd(32, '0'),
      kind: list.notice ? (list.notice.kind ?? 'REVIEW_NOTICE') : 'LIST',
      startsAt: list.notice?.startsAt ?? null,
      endsAt: list.notice?.endsAt ?? null,
    });
    let seq = 0;
    const stored = Array.from({ length: villages }, (_, village) =>
      Array.from({ length: rows }, (_each, at) => {
        const isWithheld = list.withheld?.includes(seq + 1) ?? false;
        const [name, mask] = PEOPLE[seq % PEOPLE.length] ?? PEOPLE[0];
        seq += 1;
        return {
          id: `${id}-row-${seq}`,
          batchId: id,
          seq,
          line: seq + 1,
          placeCode: villageCode(list.town, village),
          no: isWithheld ? 0 : at + 1,
          maskedName: isWithheld ? null : (list.unmasked ?? mask),
          members: 2,
          amountCents: 64_000,
          since: '2025-08',
          idMac: secrets.mac('household-id', `${name}${seq}`).mac,
          idKeyId: 'key',
          visibility: isWithheld ? ('withheld' as const) : ('listed' as const),
        };
      }),
    ).flat();
    for (let at = 0; at < stored.length; at += 1000) {
      await tx.insert(t.listRow).values(stored.slice(at, at + 1000));
    }
    for (const [name] of PEOPLE) {
      const { mac } = secrets.mac('name-hash', name);
      await tx.insert(t.nameHash).values({ batchId: id, mac, length: [...name].length });
    }
    await appendAudit(tx, secrets, county.now(), {
      action: 'batch.approve',
      subjectKind: 'batch',
      subjectId: id,
    });
  });
  return id;
}
