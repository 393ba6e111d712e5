import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { SealError, openSealed } from '#sealing/age.ts';
import { listBodyKeysOf, openBodyIdentity } from '#services/keyring.ts';
import type { FreshPortal } from './fresh-portal.ts';

/** What somebody with the data folder, or with the keys of a body, could read. */

/** Rows as they stand in the file, read past everything the portal does. */
export function readFileRows(portal: FreshPortal, sql: string): Record<string, unknown>[] {
  const file = new DatabaseSync(join(portal.context.config.dataDir, 'portal.db'), {
    readOnly: true,
  });
  const rows = file.prepare(sql).all() as Record<string, unknown>[];
  file.close();
  return rows;
}

/** Every body key a person holds, opened in their session. */
export async function identitiesOf(portal: FreshPortal, login: string): Promise<string[]> {
  const actor = await portal.actorOf(login);
  const keys = await listBodyKeysOf(portal.context.db, actor);
  const opened = keys.map(({ keyId }) => openBodyIdentity(portal.context.db, actor, keyId));
  return (await Promise.all(opened)).filter((identity) => identity !== null);
}

/** What these identities open of the sealed blobs in a query's `sealed` column. */
export async function openAny(
  identities: string[],
  rows: Record<string, unknown>[],
): Promise<string[]> {
  const opened: string[] = [];
  for (const row of rows) {
    for (const identity of identities) {
      try {
        opened.push((await openSealed(identity, row['sealed'] as Buffer)).toString());
      } catch (error) {
        if (!(error instanceof SealError)) throw error;
      }
    }
  }
  return opened;
}

/** Every sealed part of every lead. */
export const SEALED_PARTS = `select sealed from lead_grant union all select sealed_content from lead
  union all select sealed_reporter from lead where sealed_reporter is not null`;
