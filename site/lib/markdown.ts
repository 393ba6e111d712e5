import { fromMarkdown } from 'mdast-util-from-markdown';

export type MarkdownNode = ReturnType<typeof fromMarkdown>['children'][number];

/** The nodes of a text, its highest heading brought to level 2, below the page's own h1. */
export function parseMarkdown(markdown: string): MarkdownNode[] {
  const nodes = fromMarkdown(markdown).children;
  const depths = nodes.map((node) => (node.type === 'heading' ? node.depth : 6));
  const shift = 2 - Math.min(...depths, 6);
  for (const node of nodes) {
    if (node.type === 'heading') node.depth = toHeadingDepth(node.depth + shift);
  }
  return nodes;
}

function toHeadingDepth(depth: number): 1 | 2 | 3 | 4 | 5 | 6 {
  return ([2, 3, 4, 5, 6] as const).find((level) => level >= depth) ?? 6;
}

/** A text and the blanks in it, which are written `____`: the longer, the wider. */
export function splitBlanks(text: string): (string | { width: 1 | 2 | 3 | 4 | 5 })[] {
  return text
    .split(/(_{4,})/)
    .filter((part) => part !== '')
    .map((part) => (part.startsWith('____') ? { width: widthOf(part.length) } : part));
}

function widthOf(length: number): 1 | 2 | 3 | 4 | 5 {
  if (length > 24) return 5;
  if (length > 16) return 4;
  if (length > 10) return 3;
  return length > 6 ? 2 : 1;
}

/**
 * A table in a fence ` ```表 5 `: cells between `|`, the first line its head, and so many empty rows below.
 * Null for any other fence.
 */
export function readTable(node: {
  lang?: string | null | undefined;
  meta?: string | null | undefined;
  value: string;
}): { head: string[]; rows: string[][] } | null {
  if (node.lang !== '表') return null;
  const lines = node.value.split('\n').filter((line) => line.trim() !== '');
  const [head = [], ...rows] = lines.map((line) => line.split(/[|｜]/).map((cell) => cell.trim()));
  const empty = Math.min(Number(/^\d{1,2}$/.exec(node.meta?.trim() ?? '')?.[0] ?? 0), MOST_EMPTY);
  const blanks = Array.from({ length: empty }, () => head.map(() => ''));
  return { head, rows: [...rows.map((row) => head.map((_, at) => row[at] ?? '')), ...blanks] };
}
const MOST_EMPTY = 20;
