/**
 * The first field that stands twice in one object of a JSON text, else null. A reader takes the last of them, a
 * person the first: what is to be proved says each thing once. The text must be JSON.
 */
export function findRepeatedField(json: string): string | null {
  const open: Set<string>[] = [];
  for (const [token, name, colon] of json.matchAll(/[{}]|("(?:[^"\\]|\\.)*")\s*(:)?/g)) {
    if (token === '{') open.push(new Set());
    else if (token === '}') open.pop();
    if (!name || !colon) continue;
    // Written with escapes it is the same name.
    const field = String(JSON.parse(name));
    if (open.at(-1)?.has(field)) return field;
    open.at(-1)?.add(field);
  }
  return null;
}
