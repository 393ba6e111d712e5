import { resolve } from 'node:path';
import { z } from 'zod';

const Environment = z.object({
  /** Database, sealed files, public data and the live site. */
  DATA_DIR: z.string().default('./data/portal'),
  /** Server secrets; never below DATA_DIR, never in its backup. Default: DATA_DIR + `-secrets`. */
  SECRETS_DIR: z.string().optional(),
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65535).default(4321),
  /** The address people use, e.g. `https://dibao.example.gov.cn`. */
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** The mail server for reminders, e.g. `smtps://user:password@mail.example.gov.cn`; none: none are sent. */
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  /** The address they come from; goes with SMTP_URL. */
  SMTP_FROM: z.email().optional(),
  DATABASE_URL: z.undefined({ error: 'PostgreSQL is not supported yet; unset it.' }).optional(),
});

export type MailConfig = { url: string; from: string };

export type Config = Readonly<{
  dataDir: string;
  secretsDir: string;
  host: string;
  port: number;
  publicUrl: string | null;
  mail: MailConfig | null;
}>;

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

/** Whether a host name, as an address carries it, means this machine. */
export function isLoopback(hostname: string): boolean {
  return LOOPBACK.has(hostname.replace(/^\[(.*)\]$/, '$1')) || hostname.endsWith('.localhost');
}

/** Reads and checks the environment. Throws one sentence an operator can act on. */
export function readConfig(env: Record<string, string | undefined> = process.env): Config {
  const parsed = Environment.safeParse(env);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new Error(`${issue?.path.join('.') ?? 'environment'}: ${issue?.message ?? 'invalid'}`);
  }
  const { DATA_DIR, SECRETS_DIR, HOST, PORT, PUBLIC_URL, SMTP_URL, SMTP_FROM } = parsed.data;
  const dataDir = resolve(DATA_DIR);
  const secretsDir = resolve(SECRETS_DIR ?? `${dataDir}-secrets`);
  if (secretsDir === dataDir || secretsDir.startsWith(`${dataDir}/`)) {
    throw new Error(
      'SECRETS_DIR must not be inside DATA_DIR: a copy of the data would carry the keys.',
    );
  }
  const publicUrl = PUBLIC_URL?.replace(/\/+$/, '') ?? null;
  if (!LOOPBACK.has(HOST) && !publicUrl?.startsWith('https://')) {
    throw new Error(
      `HOST=${HOST}: without PUBLIC_URL=https://… the portal listens on 127.0.0.1 only, because ` +
        'complaints and passphrases must not travel in clear.',
    );
  }
  if (Boolean(SMTP_URL) !== Boolean(SMTP_FROM)) {
    throw new Error('SMTP_URL and SMTP_FROM go together: set both to mail reminders, or neither.');
  }
  const mail = SMTP_URL && SMTP_FROM ? { url: SMTP_URL, from: SMTP_FROM } : null;
  return Object.freeze({ dataDir, secretsDir, host: HOST, port: PORT, publicUrl, mail });
}
