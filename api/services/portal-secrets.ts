import type { Config } from '#api/config.ts';
import { SECRET_PURPOSES, createSecrets, loadSecrets } from '#sealing/secrets.ts';
import type { SecretPurpose, Secrets } from '#sealing/secrets.ts';
import { readPortalMarker, replacePortalMarker } from './setup.ts';

/** Purposes that joined after the first portals were set up; their markers list none. */
const LATER: readonly SecretPurpose[] = ['receipt'];

/**
 * The secrets of a portal. One that a newer version asks for is made here, before anything is made with it; the
 * marker then names it, and from there on it is never made anew. Throws one sentence naming a missing file.
 */
export function openSecrets({ dataDir, secretsDir }: Config): Secrets {
  const marker = readPortalMarker(dataDir);
  if (!marker) return loadSecrets(secretsDir);
  const known = marker.secrets ?? SECRET_PURPOSES.filter((purpose) => !LATER.includes(purpose));
  const fresh = SECRET_PURPOSES.filter((purpose) => !known.includes(purpose));
  if (fresh.length === 0) return loadSecrets(secretsDir);
  // In a folder that is not this portal's, nothing is made.
  loadSecrets(
    secretsDir,
    SECRET_PURPOSES.filter((purpose) => known.includes(purpose)),
  );
  createSecrets(secretsDir, fresh);
  const secrets = loadSecrets(secretsDir);
  replacePortalMarker(dataDir, { ...marker, secrets: [...known, ...fresh] });
  return secrets;
}
