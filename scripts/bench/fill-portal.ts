import { join } from 'node:path';
import { readConfig } from '#api/config.ts';
import { openStore } from '#db/open.ts';
import { insertPlaces } from '#db/queries/places.ts';
import { loadSecrets } from '#sealing/secrets.ts';
import { COUNTY, addList, villageCode } from '#support/county.ts';

/**
 * Adds townships with a published-to-be list of every village to the portal in DATA_DIR. A process of its
 * own, so that its memory is not the publisher's. Arguments: DATA_DIR, townships, villages of each, rows.
 */
const [dataDir = '', towns = '', villages = '', rows = ''] = process.argv.slice(2);
const TOWNS_OF_COUNTY = 700;
const SINCE = { validFrom: '2025-01-01', validTo: null, successorCode: null };

const config = readConfig({ DATA_DIR: dataDir });
const db = openStore(join(config.dataDir, 'portal.db'), { synchronous: 'OFF' });
const portal = { db, config, secrets: loadSecrets(config.secretsDir), now: Date.now };
const lists: string[] = [];
for (let at = 0; at < Number(towns); at += 1) {
  const part = String(10 + Math.floor(at / TOWNS_OF_COUNTY));
  const town = `9901${part}${String(200 + (at % TOWNS_OF_COUNTY))}000`;
  const place = { ...SINCE, contactName: '', contactPhone: '' };
  const name = `第${at + 1}镇`;
  const below = Array.from({ length: Number(villages) }, (_, index) => ({
    ...place,
    code: villageCode(town, index),
    name: `第${index + 1}村`,
    level: 'village' as const,
    parentCode: town,
  }));
  await db.transaction(async (tx) => {
    await insertPlaces(tx, [
      { ...place, code: town, name, level: 'town', parentCode: COUNTY },
      ...below,
    ]);
    await tx.insert(tx.t.body).values({
      ...SINCE,
      code: `township-${town}`,
      name: `${name}人民政府`,
      kind: 'township',
      placeCode: town,
      superiorCode: null,
    });
  });
  lists.push(await addList(portal, { town, rows: Number(rows) }, Number(villages)));
}
await db.close();
console.log(JSON.stringify(lists));
