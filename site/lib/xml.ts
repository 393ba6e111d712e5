/** An element: its name, its attributes, and what it contains. */
export type XmlElement = readonly [
  name: string,
  attributes: Record<string, string>,
  ...children: XmlContent[],
];
type XmlContent = string | XmlElement;

export const XML_HEADERS = { 'content-type': 'application/xml; charset=utf-8' };

/** A document with one root, every text escaped. */
export function writeXml(root: XmlElement): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${writeElement(root)}\n`;
}

function writeElement([name, attributes, ...children]: XmlElement): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(value)}"`);
  const open = `${name}${written.join('')}`;
  if (children.length === 0) return `<${open}/>`;
  const inner = children.map((child) =>
    typeof child === 'string' ? escapeXml(child) : writeElement(child),
  );
  return `<${open}>${inner.join('')}</${name}>`;
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escapeXml(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => ESCAPES[character] ?? '');
}
