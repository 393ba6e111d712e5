/** A link's address where it is http(s), a phone number or inside this site; else undefined. */
export function toSafeHref(url: string): string | undefined {
  const here = 'http://portal.invalid';
  const target = URL.parse(url, here);
  if (!target) return undefined;
  return target.origin === here || ['http:', 'https:', 'tel:'].includes(target.protocol)
    ? url
    : undefined;
}
