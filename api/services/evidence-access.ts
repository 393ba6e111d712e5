import type { ReadableStream } from 'node:stream/web';
import type { Actor, Context } from '#api/context.ts';
import { CodedError } from '#api/errors.ts';
import { listEvidence, readEvidence } from '#db/queries/evidence.ts';
import type { LeadEvidence } from '#db/queries/evidence.ts';
import { readByteRange } from '#rules/byte-range.ts';
import type { ByteRange } from '#rules/byte-range.ts';
import { EVIDENCE_TYPES, hasViewCopy } from '#rules/evidence.ts';
import { appendAudit } from './audit.ts';
import { openFacts } from './evidence.ts';
import { openFile } from './evidence-files.ts';
import { cutStream, isSameSitting, noteOpening } from './evidence-parts.ts';
import type { FileFacts } from './evidence-upload.ts';
import { loadCase } from './lead-case.ts';
import type { LeadCase } from './lead-case.ts';

/** The files of a lead; null where the reader's bodies hold no key of what the file is. */
export async function describeEvidence({ db }: Context, { lead, identities }: LeadCase) {
  const rows = await listEvidence(db, lead.id);
  return Promise.all(
    rows.map(async (row) => {
      const facts = await factsOf(row, identities);
      return {
        number: row.seq,
        onDate: row.onDate,
        origin: row.origin,
        file: facts && {
          name: facts.name,
          typeLabel: EVIDENCE_TYPES[facts.type].label,
          kind: EVIDENCE_TYPES[facts.type].kind,
          bytes: facts.bytes,
          sha256: facts.sha256,
          viewable: hasViewCopy(facts.type),
        },
      };
    }),
  );
}

async function factsOf(
  { epoch, sealed }: LeadEvidence,
  identities: ReadonlyMap<number, string>,
): Promise<FileFacts | null> {
  const identity = identities.get(epoch);
  return identity ? openFacts(identity, sealed) : null;
}

export type OpenedFile = {
  facts: FileFacts;
  stream: ReadableStream<Uint8Array>;
  fileName: string;
  /** Where only a part was asked for. */
  part: ByteRange | null;
};

/**
 * Opens one file of a lead for a reader whose body holds its key; the opening is in the audit log before
 * anything is given out. `range` (a Range header) asks for a part; parts of one sitting are one entry. Throws
 * `not-found`, `not-allowed` without a key, `range-outside`, `evidence-lost` where the file is not on the disk or
 * was changed from its beginning.
 */
export async function openEvidence(
  context: Context,
  actor: Actor,
  input: { reference: string; number: number; copy: boolean; range?: string | undefined },
): Promise<OpenedFile> {
  const { config, db, secrets } = context;
  const { lead, identities, roles } = await loadCase(context, actor, input.reference);
  const row = await readEvidence(db, lead.id, input.number);
  if (!row) throw new CodedError('not-found');
  const facts = await factsOf(row, identities);
  if (!facts) throw new CodedError('not-allowed');
  if (input.copy && !hasViewCopy(facts.type)) throw new CodedError('not-found');
  // A picture is drawn from all of it.
  const isDrawn = EVIDENCE_TYPES[facts.type].kind === 'image';
  const part = isDrawn ? null : readByteRange(input.range, facts.bytes);
  if (part === 'outside') throw new CodedError('range-outside');
  const stream = await openFile(config.dataDir, row.fileId, facts.identity);
  // Not the name it came with, which may name a person: it would lie in a folder of downloads.
  const fileName = `${lead.reference}-${input.number}.${EVIDENCE_TYPES[facts.type].ending}`;
  const now = context.now();
  const sitting = [actor.personId, lead.id, input.number, input.copy].join(' ');
  if (part && isSameSitting(db, sitting, now)) {
    return { facts, fileName, part, stream: cutStream(stream, part) };
  }
  await db.transaction(async (tx) => {
    await appendAudit(tx, secrets, now, {
      action: input.copy ? 'lead.view-evidence' : 'lead.save-evidence',
      subjectKind: 'lead',
      subjectId: lead.id,
      personId: actor.personId,
      bodyCode: actor.posts.find((post) => roles.includes(post.role))?.bodyCode ?? null,
      fields: { number: input.number },
    });
  });
  noteOpening(db, sitting, now);
  return { facts, fileName, part, stream: part ? cutStream(stream, part) : stream };
}
