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

/** A link's address where it is http(s), a phone number or inside this site; else undefined. */
export function toSafeHref(url: string): string | undefined {
  const here = 'http://portal.invalid';
  const target = URL.parse(url, here);
  if (!target) return undefined;
  return target.origin === here || ['http:', 'https:', 'tel:'].includes(target.protocol)
    ? url
    : undefined;
}
