/** What went wrong in the store, without the statement, its parameters or the driver's message. */
export class StoreError extends Error {
  override name = 'StoreError';
  readonly code: StoreErrorCode;
  constructor(code: StoreErrorCode) {
    super(`store: ${code}`);
    this.code = code;
  }
}
export type StoreErrorCode = 'unique' | 'reference' | 'append-only' | 'full' | 'busy' | 'failed';

const CODES: [pattern: RegExp, code: StoreErrorCode][] = [
  [/^SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY)/, 'unique'],
  [/^SQLITE_CONSTRAINT_FOREIGNKEY/, 'reference'],
  [/^SQLITE_CONSTRAINT_TRIGGER/, 'append-only'],
  [/^SQLITE_(FULL|IOERR)/, 'full'],
  [/^SQLITE_BUSY/, 'busy'],
  [/^SQLITE/, 'failed'],
];

/**
 * A driver's error as a StoreError; any other error as it is. Drizzle puts all parameters (names, texts)
 * into its message, so no driver error may reach a log or an answer.
 */
export function toStoreError(error: unknown): unknown {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const driverCode = (cause as { code?: unknown }).code;
    if (typeof driverCode !== 'string') continue;
    const found = CODES.find(([pattern]) => pattern.test(driverCode));
    if (found) return new StoreError(found[1]);
  }
  return error instanceof Error && error.name === 'DrizzleQueryError'
    ? new StoreError('failed')
    : error;
}
