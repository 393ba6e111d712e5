import type { Kit } from '#db/kit.ts';
import type { defineLeads } from './leads.ts';

/** Files of complaints. Each lies below DATA_DIR/evidence as an age file under its id; its name is sealed. */
export function defineEvidence(k: Kit, { lead }: Pick<ReturnType<typeof defineLeads>, 'lead'>) {
  /** A file that waits for its complaint. Who holds the upload id can tie it to one; nobody else can. */
  const upload = k.table(
    'upload',
    {
      /** HKDF of the upload id under the server's pepper; the id itself is nowhere. */
      lookup: k.text('lookup').primaryKey(),
      fileId: k.text('file_id').notNull().unique(),
      /** SHA-256 of the sealed file, so that a copy can be checked without a key. */
      fileHash: k.text('file_hash').notNull(),
      /** The file's identity and what it is, sealed to the identity that the upload id stands for. */
      sealed: k.bytes('sealed').notNull(),
      /** Paid with a proof of work; 0: with the waiting of a page without JavaScript. */
      proved: k.integer('proved').notNull(),
      /** What it takes of the disk, its row included. */
      bytes: k.integer('bytes').notNull().default(0),
      /** Epoch ms, a full hour; then it is swept. */
      expiresAt: k.integer('expires_at').notNull(),
    },
    (t) => [k.index('upload_expires').on(t.expiresAt)],
  );

  /** A file that belongs to a lead. Parts and merged leads have rows of their own for the same file. */
  const leadEvidence = k.table(
    'lead_evidence',
    {
      leadId: k
        .text('lead_id')
        .notNull()
        .references(() => lead.id),
      seq: k.integer('seq').notNull(),
      fileId: k.text('file_id').notNull(),
      fileHash: k.text('file_hash').notNull(),
      origin: k.text('origin').$type<'complaint' | 'supplement'>().notNull(),
      onDate: k.text('on_date').notNull(),
      epoch: k.integer('epoch').notNull(),
      /** The file's identity, name, type, size and hash, sealed to the content identity of `epoch`. */
      sealed: k.bytes('sealed').notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.leadId, t.seq] }),
      k.index('lead_evidence_file').on(t.fileId),
    ],
  );

  /** Of the files that came with a complaint what its receipt says, sealed to the query code it came under. */
  const receiptFiles = k.table('receipt_files', {
    leadId: k
      .text('lead_id')
      .primaryKey()
      .references(() => lead.id),
    sealed: k.bytes('sealed').notNull(),
  });

  return { upload, leadEvidence, receiptFiles };
}
