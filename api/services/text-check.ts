import { fromMarkdown } from 'mdast-util-from-markdown';
import { listHotlines } from '#db/queries/hotlines.ts';
import { listPlacesOn } from '#db/queries/places.ts';
import { listTexts } from '#db/queries/texts.ts';
import type { Reader } from '#db/store.ts';
import { findNumber } from '#publishing/gate-numbers.ts';
import { normaliseValues } from '#publishing/gate-text.ts';
import type { TextFields, TextSection } from '#rules/page-texts.ts';
import { listPages } from '#rules/public-pages.ts';
import { toSafeHref } from '#rules/safe-href.ts';

type Node = {
  type: string;
  depth?: number;
  url?: string;
  children?: Node[];
  position?: { start: { line: number } } | undefined;
};
/** What a text may name: published numbers, and addresses of this site. */
type Known = { numbers: ReadonlySet<string>; paths: ReadonlySet<string> };
type Messages = Partial<Record<keyof TextFields, string | undefined>>;

const HEADINGS = [2, 3, 4];
const PRIVATE = {
  'id-number': '身份证号码',
  'mobile-number': '手机号码',
  'long-number': '一长串数字（像是银行账号或者证件号码）',
} as const;
const CHECKED = [
  'title',
  'overview',
  'markdown',
  'legalBasis',
  'issuer',
  'documentNumber',
] as const;
/** A number may be spread over lines. */
const LINES_AT_ONCE = 3;
const ON_DEMAND = /^\/(complaints|staff|api)(\/|$)/;

export async function readKnown(
  db: Reader,
  own: { section: TextSection; slug: string },
  today: string,
): Promise<Known> {
  const places = await listPlacesOn(db, today);
  const texts = [...(await listTexts(db)), own];
  const hotlines = await listHotlines(db);
  const contacts = places.map((place) => place.contactPhone);
  const phones = [...hotlines.flatMap((row) => [row.phone, row.secondPhone]), ...contacts];
  const pages = listPages({ places, texts, notices: [], cases: [], former: [] });
  return {
    numbers: new Set([
      ...places.map((place) => place.code),
      ...phones.flatMap((phone) => [phone, phone.replaceAll('-', '')]),
    ]),
    paths: new Set(pages.map((page) => page.path)),
  };
}

/**
 * What a text must not have, with the spot: HTML, pictures, links that lead nowhere, and what the leak gate would
 * refuse as somebody's number.
 */
export function checkText(fields: TextFields, known: Known): Record<string, string> {
  const messages: Messages = {};
  for (const field of CHECKED) {
    const message = findPrivate(fields[field], known.numbers);
    if (message) messages[field] = message;
  }
  messages.markdown ??= checkMarkdown(fields.markdown, known, HEADINGS);
  // A heading or a list cannot stand in a line of the overview.
  messages.overview ??= checkMarkdown(fields.overview, known, []);
  const found = Object.entries(messages);
  return Object.fromEntries(found.flatMap(([field, words]) => (words ? [[field, words]] : [])));
}

function findPrivate(text: string, numbers: ReadonlySet<string>): string | undefined {
  const lines = text.split('\n');
  for (let size = 1; size <= LINES_AT_ONCE; size += 1) {
    for (let at = 0; at + size <= lines.length; at += 1) {
      const part = lines.slice(at, at + size).join('\n');
      const kind = findNumber(normaliseValues(part), numbers);
      if (!kind) continue;
      const spot = lines.length === 1 ? '' : `第${at + 1}行`;
      return `${spot}“${quote(lines[at] ?? '')}”里像是有${PRIVATE[kind]}。公开的文字里不能有个人的号码，公开的电话在“监督电话”里维护。`;
    }
  }
  return undefined;
}

/** Enough of a line to find it, without its digits. */
function quote(line: string): string {
  const plain = line.normalize('NFKC').replaceAll(/\d/g, '*');
  return plain.length > 20 ? `${plain.slice(0, 20)}…` : plain;
}

function checkMarkdown(
  markdown: string,
  known: Known,
  headings: readonly number[],
): string | undefined {
  let depth = 1;
  const found: string[] = [];
  function visit(node: Node) {
    const spot = `第${node.position?.start.line ?? 1}行`;
    if (node.type === 'html') found.push(`${spot}有 HTML 标签，网页上会原样显示出来，请删掉。`);
    if (node.type === 'image' || node.type === 'imageReference') {
      found.push(`${spot}有图片。这里只能写文字和链接。`);
    }
    if (node.type === 'heading') {
      const next = node.depth ?? 1;
      if (!headings.includes(next)) {
        found.push(
          headings.length === 0
            ? `${spot}是标题，概要里不能有标题。`
            : `${spot}的标题用“## ”（大标题）或者“### ”（小标题）。`,
        );
      } else if (next > depth + 1) found.push(`${spot}的标题跳了一级，上面要先有“## ”的大标题。`);
      depth = next;
    }
    if (node.type === 'link') {
      const problem = checkLink(node.url ?? '', known);
      if (problem) found.push(`${spot}的链接“${(node.url ?? '').slice(0, 40)}”${problem}`);
    }
    for (const child of node.children ?? []) visit(child);
  }
  visit(fromMarkdown(markdown));
  return found[0];
}

function checkLink(url: string, { paths }: Known): string | undefined {
  if (!toSafeHref(url)) return '不能用。可以链接到 https:// 开头的网址、本站页面和 tel: 电话。';
  if (/^(https?:\/\/|tel:|#)/i.test(url)) return undefined;
  const path = url.replace(/[?#].*$/, '');
  if (paths.has(path) || ON_DEMAND.test(path)) return undefined;
  return '在本站没有对应的页面。本站页面写成 /standards/ 这样，前后都有斜杠。';
}
