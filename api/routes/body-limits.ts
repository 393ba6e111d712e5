import { bodyLimit } from 'hono/body-limit';
import type { Context as RequestContext, Next } from 'hono';
import { CodedError } from '#api/errors.ts';
import { EVIDENCE_LIMITS } from '#rules/evidence.ts';
import { isFormWithFiles, unreadable } from './posted-forms.ts';
import { tooMuchEvidence } from './upload-form.ts';
import { BACKLOG_LIMIT } from './staff-backlog.ts';
import { PLACE_TABLE_LIMIT } from './staff-places.ts';
import { RELATIVES_LIMIT } from './staff-relatives.ts';

const MB = 1024 * 1024;
const JSON_LIMIT = 256 * 1024;
/** The same, as a browser's form writes Chinese, and what a page carries along sealed. */
const PAGE_LIMIT = 2 * MB;
/** A page with one table to choose. */
const TABLE_PAGE_LIMIT = 10 * MB;

/** Those that may be larger, by path. */
const LARGER: Readonly<Record<string, number>> = {
  '/api/staff/ledgers/backlog': BACKLOG_LIMIT,
  '/api/staff/places/table': PLACE_TABLE_LIMIT,
  '/api/staff/relatives/import': RELATIVES_LIMIT,
  // A text that was pasted whole is told how long it is, not that it cannot be read.
  '/api/complaints/answers': PAGE_LIMIT,
  '/api/complaints/drafts': PAGE_LIMIT,
  '/api/follow-up/messages': PAGE_LIMIT,
  '/api/follow-up/code/dispute': PAGE_LIMIT,
  '/staff/ledgers/backlog': TABLE_PAGE_LIMIT,
  '/staff/places/table': TABLE_PAGE_LIMIT,
  '/staff/relatives': TABLE_PAGE_LIMIT,
};

/** Read as they arrive, and counted by who reads them. */
const STREAMED = ['/api/uploads', '/api/uploads/form', '/api/staff/batches'];
/** Pages that pass their files on to one of these. */
const EVIDENCE_PAGES = ['/complaints/new', '/complaints/follow-up', '/staff/leads/new'];
const STREAMED_PAGES = [...EVIDENCE_PAGES, '/staff/lists/new/file'];

/** Whether a page passes on what is sent to it as it arrives, so that nobody may read it before. */
export function isPassedOn(c: RequestContext): boolean {
  return STREAMED_PAGES.includes(pathOf(c)) && isFormWithFiles(c);
}

/**
 * Before everything that reads a body: what is gathered in memory is bounded, whoever sends it. Throws
 * `too-large`, and `invalid-input` where the connection breaks before all has come.
 */
export async function limitBody(c: RequestContext, next: Next) {
  const path = pathOf(c);
  if (STREAMED.includes(path) || isPassedOn(c)) {
    const length = Number(c.req.header('content-length'));
    // Told before hundreds of megabytes are sent in vain, and on a page that says what to do.
    if (EVIDENCE_PAGES.includes(path) && length > EVIDENCE_LIMITS.request) throw tooMuchEvidence();
    return next();
  }
  const usual = path.startsWith('/api/') ? JSON_LIMIT : PAGE_LIMIT;
  let hasCome = false;
  const limit = bodyLimit({ maxSize: LARGER[path] ?? usual, onError: refuse });
  const goOn = async () => {
    hasCome = true;
    return next();
  };
  try {
    return await limit(c, goOn);
  } catch (error) {
    if (hasCome || error instanceof CodedError) throw error;
    throw unreadable();
  }
}

function pathOf(c: RequestContext): string {
  return c.req.path.replace(/(.)\/$/, '$1');
}

function refuse(): never {
  throw new CodedError(
    'too-large',
    {},
    '一次提交的内容太多，没有收下。返回上一页，缩短以后再提交。',
  );
}
