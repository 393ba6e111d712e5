import { createTransport } from 'nodemailer';
import { isLoopback } from '#api/config.ts';
import type { MailConfig } from '#api/config.ts';

/** One mail of plain text. */
export type Mail = { to: string; subject: string; text: string };
export type Mailer = { send(mail: Mail): Promise<void>; close(): void };

const PATIENCE_MS = 15_000;

/** A connection to the mail server. Beyond this machine nothing goes out but under TLS. */
export function openMailer({ url, from }: MailConfig): Mailer {
  const isHere = isLoopback(new URL(url).hostname);
  const transport = createTransport({
    url,
    requireTLS: !isHere,
    ignoreTLS: isHere,
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: PATIENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send(mail) {
      await transport.sendMail({ from, textEncoding: 'base64', ...mail });
    },
    close: () => transport.close(),
  };
}
