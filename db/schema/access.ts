import type { Kit } from '#db/kit.ts';

/** People, posts, accounts, keys of bodies and sessions. */
export function defineAccess(k: Kit) {
  const person = k.table('person', {
    id: k.text('id').primaryKey(),
    name: k.text('name').notNull(),
    createdOn: k.text('created_on').notNull(),
    /** For reminders, which hold counts only; empty: none are mailed. */
    email: k.text('email').notNull().default(''),
  });

  /** A role at a body, for a time. Exclusions bind the person, whatever the post. */
  const post = k.table(
    'post',
    {
      id: k.text('id').primaryKey(),
      personId: k
        .text('person_id')
        .notNull()
        .references(() => person.id),
      bodyCode: k.text('body_code').notNull(),
      role: k.text('role').notNull(),
      startsOn: k.text('starts_on').notNull(),
      endsOn: k.text('ends_on'),
    },
    (t) => [k.index('post_person').on(t.personId), k.index('post_body').on(t.bodyCode)],
  );

  const account = k.table('account', {
    id: k.text('id').primaryKey(),
    personId: k
      .text('person_id')
      .notNull()
      .references(() => person.id),
    login: k.text('login').notNull().unique(),
    /** argon2id salt and cost; the passphrase yields the identity that opens `sealedIdentity`. */
    kdf: k.text('kdf').notNull(),
    /** age recipient of the person's own identity. */
    recipient: k.text('recipient').notNull(),
    sealedIdentity: k.bytes('sealed_identity').notNull(),
    /** Sealed to the server's TOTP secret. */
    sealedTotp: k.bytes('sealed_totp').notNull(),
    /** Last accepted time step: a code works once. */
    totpStep: k.integer('totp_step').notNull().default(0),
    /** A second device of the same person. */
    sealedSecondTotp: k.bytes('sealed_second_totp'),
    secondTotpStep: k.integer('second_totp_step').notNull().default(0),
    disabledOn: k.text('disabled_on'),
  });

  /**
   * How fast sign-in may be tried again. `holder` is an account id, or a bucket for logins that do not
   * exist, so that both are paced alike and the table stays small.
   */
  const signInPace = k.table('sign_in_pace', {
    holder: k.text('holder').primaryKey(),
    failures: k.integer('failures').notNull(),
    /** Epoch ms. */
    retryAt: k.integer('retry_at').notNull(),
  });

  /** A browser that signed in before: an outsider's failures do not hold it up. The id is a hash of its cookie. */
  const knownDevice = k.table(
    'known_device',
    {
      id: k.text('id').primaryKey(),
      accountId: k
        .text('account_id')
        .notNull()
        .references(() => account.id),
      seenOn: k.text('seen_on').notNull(),
    },
    (t) => [k.index('known_device_account').on(t.accountId)],
  );

  /**
   * A link for a new account or a reset. Opens nothing by itself: the code that goes with it is told by
   * another way. Both are known by their hashes.
   */
  const invitation = k.table('invitation', {
    id: k.text('id').primaryKey(),
    codeHash: k.text('code_hash').notNull(),
    kind: k.text('kind').$type<'join' | 'reset'>().notNull(),
    personId: k
      .text('person_id')
      .notNull()
      .references(() => person.id),
    /** The login of the account to come; empty for a reset. */
    login: k.text('login').notNull().default(''),
    createdBy: k.text('created_by').notNull(),
    /** Epoch ms. */
    expiresAt: k.integer('expires_at').notNull(),
    /** Wrong codes so far. */
    failures: k.integer('failures').notNull().default(0),
    usedOn: k.text('used_on'),
  });

  const session = k.table(
    'session',
    {
      /** SHA-256 of the token in the cookie. */
      id: k.text('id').primaryKey(),
      accountId: k
        .text('account_id')
        .notNull()
        .references(() => account.id),
      createdAt: k.integer('created_at').notNull(),
      seenAt: k.integer('seen_at').notNull(),
      /** The known device it was begun on. */
      deviceId: k.text('device_id'),
      /** The person's identity, sealed under the key that is in the cookie only. */
      wrappedIdentity: k.bytes('wrapped_identity').notNull(),
    },
    (t) => [k.index('session_account').on(t.accountId)],
  );

  /** A body's age identity; the newest without `retiredOn` is the one to seal to. */
  const bodyKey = k.table(
    'body_key',
    {
      id: k.text('id').primaryKey(),
      bodyCode: k.text('body_code').notNull(),
      recipient: k.text('recipient').notNull(),
      createdOn: k.text('created_on').notNull(),
      retiredOn: k.text('retired_on'),
      /** A member left on this civil date: it is to be replaced. */
      renewFrom: k.text('renew_from'),
    },
    (t) => [k.index('body_key_body').on(t.bodyCode)],
  );

  /** The identity of a body sealed to one member, or age in age to its two recovery papers. */
  const bodyKeyGrant = k.table(
    'body_key_grant',
    {
      keyId: k
        .text('key_id')
        .notNull()
        .references(() => bodyKey.id),
      /** An account id, or `recovery`. */
      holder: k.text('holder').notNull(),
      sealed: k.bytes('sealed').notNull(),
    },
    (t) => [k.primaryKey({ columns: [t.keyId, t.holder] })],
  );

  /** Recipients of the two recovery papers of a body; the identities are on paper only. */
  const bodyRecovery = k.table('body_recovery', {
    bodyCode: k.text('body_code').primaryKey(),
    firstRecipient: k.text('first_recipient').notNull(),
    secondRecipient: k.text('second_recipient').notNull(),
    createdOn: k.text('created_on').notNull(),
  });

  /** What happened to a body's keys, for every member of it to see. */
  const bodyKeyEvent = k.table(
    'body_key_event',
    {
      id: k.text('id').primaryKey(),
      bodyCode: k.text('body_code').notNull(),
      kind: k
        .text('kind')
        .$type<'create' | 'grant' | 'drop' | 'leave' | 'renew' | 'recover' | 'papers'>()
        .notNull(),
      /** Whose key it was; null where it concerns all. */
      accountId: k.text('account_id'),
      /** Who did it; null: the recovery script. */
      personId: k.text('person_id'),
      /** Epoch ms. */
      at: k.integer('at').notNull(),
    },
    (t) => [k.index('body_key_event_body').on(t.bodyCode, t.at)],
  );

  return {
    person,
    post,
    account,
    signInPace,
    knownDevice,
    invitation,
    session,
    bodyKey,
    bodyKeyGrant,
    bodyRecovery,
    bodyKeyEvent,
  };
}
