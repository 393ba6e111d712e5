import type { z } from 'zod';
import type { TextDesk } from '#routes/staff-texts.ts';
import type { TextSection } from '#rules/page-texts.ts';
import { textOf } from '#site/lib/api.ts';

export type TextView = z.infer<typeof TextDesk>;
export type Typed = { [K in keyof TextView['fields']]: string } & { note: string };

/** Order of the form, in which mistakes are listed. */
export const FIELDS = [
  ...['title', 'issuer', 'documentNumber', 'issuedOn', 'effectiveFrom', 'endedOn', 'sourceUrl'],
  ...['overview', 'markdown', 'legalBasis', 'position', 'note'],
] as const;

export const LABELS: Record<keyof TextView['fields'], string> = {
  title: '标题',
  issuer: '制定（发布）机关',
  documentNumber: '文号',
  issuedOn: '公布日期',
  effectiveFrom: '从哪天起施行',
  endedOn: '哪天起停止执行',
  sourceUrl: '官方来源的网址',
  overview: '开头的要点',
  markdown: '正文',
  legalBasis: '依据',
  position: '次序',
};

/** What the form holds; line breaks as people read them. */
export function readTyped(form: FormData): Typed {
  const of = (name: string) => textOf(form, name).replaceAll('\r\n', '\n');
  return {
    title: of('title'),
    issuer: of('issuer'),
    documentNumber: of('documentNumber'),
    issuedOn: of('issuedOn'),
    effectiveFrom: of('effectiveFrom'),
    endedOn: of('endedOn'),
    sourceUrl: of('sourceUrl'),
    overview: of('overview'),
    markdown: of('markdown'),
    legalBasis: of('legalBasis'),
    position: of('position'),
    note: of('note'),
  };
}

export function typedOf(fields: TextView['fields']): Typed {
  return { ...fields, position: String(fields.position), note: '' };
}

/** The same for the API. */
export function fieldsOf(all: Typed) {
  const { note: _note, ...typed } = all;
  const position = /^\d{1,4}$/.test(typed.position.trim()) ? Number(typed.position) : null;
  return { ...typed, position };
}

export const CHANGES = {
  add: '新增',
  edit: '修改',
  hide: '停用',
  show: '放到网站上',
  remove: '删除',
} as const;

/** Sections in which staff add texts. */
export const OPEN_SECTIONS = ['procedure', 'policy', 'form'] as const satisfies TextSection[];
