import type { Store } from '#db/store.ts';
import type { RoleCode } from '#rules/roles.ts';
import type { Secrets } from '#sealing/secrets.ts';
import type { Config } from './config.ts';

/** What every route and service is given; nothing is a singleton. */
export type Context = Readonly<{
  db: Store;
  secrets: Secrets;
  config: Config;
  /** Epoch milliseconds. */
  now: () => number;
}>;

/**
 * A post of the person signed in. `scope` is the body and what lies below it; `keyless` where the person holds
 * no key of the body.
 */
export type ActorPost = { bodyCode: string; role: RoleCode; scope: string[]; keyless?: boolean };

/**
 * The person signed in, with the identity that opens what was sealed to them. It lives for one request
 * and is never stored or logged.
 */
export type Actor = Readonly<{
  personId: string;
  accountId: string;
  sessionId: string;
  name: string;
  identity: string;
  posts: ActorPost[];
}>;
