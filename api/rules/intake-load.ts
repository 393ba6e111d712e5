/** How much may come, and what it then costs. Nobody is refused for where they come from or how many they are. */

/** What comes without a proof of work, and so may be made by the thousand. */
export const UNPROVED = {
  /** Bytes of all that was written; files have been paid for when they were uploaded. */
  bytes: 10 * 1024,
  /** The same as a citizen is told it, at three bytes a character and room for the other answers. */
  characters: 3000,
  /** Of the disk that must be free, so that it cannot be filled. */
  freeShare: 0.2,
  /** Bytes of the disk that files may hold without a proof, of all visitors together. */
  waitingBytes: 5 * 1024 * 1024 * 1024,
  /** What the smallest file counts for: its row, its name and its place on the disk cost as well. */
  fileBytes: 16 * 1024,
  /** A page is looked at before a file is chosen on it. */
  ticketWaitMs: 2000,
  ticketLifeMs: 2 * 60 * 60_000,
} as const;

/** What a file takes of the disk, in whole steps: it tells no more of the file than that. */
export function takenBy(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / UNPROVED.fileBytes)) * UNPROVED.fileBytes;
}

/** Arrivals are counted over so long. */
export const LOAD_WINDOW_MS = 10 * 60_000;

/**
 * Two levels of difficulty, by how many challenges were asked for within the window. A higher counter makes a
 * proof harder; a higher cost would make our own check dearer too.
 */
export const PROOF_LEVELS = [
  { above: 0, counter: { from: 100, to: 200 } },
  { above: 600, counter: { from: 500, to: 1000 } },
] as const;
export type ProofLevel = (typeof PROOF_LEVELS)[number];

export function proofLevelAt(recent: number): ProofLevel {
  return PROOF_LEVELS.findLast(({ above }) => recent >= above) ?? PROOF_LEVELS[0];
}

/**
 * What one source may do within a minute before it waits, and how much longer each one more waits. Nothing is
 * refused: a township's office has one address for all who come in.
 */
export const PACES = {
  /** Complaints without a proof. */
  unproved: { free: 10, stepMs: 250, mostMs: 5000 },
  /** Query codes that open nothing. */
  wrongCode: { free: 10, stepMs: 250, mostMs: 5000 },
} as const;
export type Pace = keyof typeof PACES;
export const PACE_WINDOW_MS = 60_000;

/** How long the next one waits after so many within the window. */
export function waitAfter(pace: Pace, recent: number): number {
  const { free, stepMs, mostMs } = PACES[pace];
  return Math.min(mostMs, Math.max(0, recent - free + 1) * stepMs);
}
