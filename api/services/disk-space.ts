import { randomBytes } from 'node:crypto';
import { open, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';

/** Bytes that are free for this user, and their share of the disk. */
export async function readFreeSpace(dataDir: string): Promise<{ bytes: number; share: number }> {
  const { bavail, blocks, bsize } = await statfs(dataDir);
  return { bytes: bavail * bsize, share: blocks > 0 ? bavail / blocks : 0 };
}

/** What one complaint takes on the disk at most, its log included. */
const PROBE = Buffer.alloc(256 * 1024);

/** Whether a complaint could be written now: tried, because quotas and limits do not show in figures. */
export async function canStore(dataDir: string): Promise<boolean> {
  const path = join(dataDir, `.probe-${randomBytes(4).toString('hex')}`);
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writeFile(PROBE);
      await file.sync();
      return true;
    } finally {
      await file.close();
    }
  } catch {
    return false;
  } finally {
    await rm(path, { force: true });
  }
}

const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'EROFS', 'EIO']);

/** Whether a write failed because the disk takes no more. */
export function isDiskFull(error: unknown): boolean {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return code !== undefined && FULL.has(code);
}
