/** A part of a long list, from 1; there may be nothing on it. */
export type Page = { page: number; pages: number; offset: number };

export function pageOf(total: number, size: number, page = 1): Page {
  return { page, pages: Math.max(1, Math.ceil(total / size)), offset: (page - 1) * size };
}
