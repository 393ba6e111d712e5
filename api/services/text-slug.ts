const LONGEST = 36;
/** An address of the API. */
const RESERVED = ['check'];

/** An address for a title: its pinyin, with a number where that is taken. */
export async function makeSlug(title: string, taken: readonly string[]): Promise<string> {
  const { pinyin } = await import('pinyin-pro');
  const read = pinyin(title, { toneType: 'none', type: 'array', v: true, nonZh: 'consecutive' });
  const letters = read
    .join('')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '');
  const slug = letters.slice(0, LONGEST) || 'text';
  if (!RESERVED.includes(slug) && !taken.includes(slug)) return slug;
  for (let number = 2; ; number += 1) {
    if (!taken.includes(`${slug}-${number}`)) return `${slug}-${number}`;
  }
}
