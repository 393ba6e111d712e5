/** A link opens nothing by itself: the code that goes with it is told by another way. */
export const INVITATION_MS = 72 * 3_600_000;
/** Wrong codes after which a link is of no use to anybody. */
export const MOST_WRONG_CODES = 5;

// Read aloud and typed without mistakes: no 0 1 I L O.
export const CODE_SYMBOLS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
/** Two groups of four, 39 bits: five guesses are one in a hundred thousand million. */
export const CODE_LENGTH = 8;

/** A code as it was told, whatever way it was typed. */
export function readInvitationCode(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]/g, '');
}

/** `AB3D-7KMP` */
export function showInvitationCode(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}

/** Whether a link may still be used; who made it and what it is for does not matter. */
export function isOpenInvitation(
  { usedOn, expiresAt, failures }: { usedOn: string | null; expiresAt: number; failures: number },
  now: number,
): boolean {
  return usedOn === null && now < expiresAt && failures < MOST_WRONG_CODES;
}

/** Logins are typed, read aloud and written down. */
export const LOGIN_PATTERN = /^[a-z0-9][a-z0-9.-]{1,39}$/;
