/**
 * A posted form as the JSON that `ComplaintInput` takes: `reporter.name` becomes nested, repeated
 * `problemTypes` and `evidence` become lists, empty answers are left out.
 */
export function complaintOfForm(entries: Iterable<readonly [string, string]>) {
  const complaint: Record<string, unknown> = {};
  for (const [name, value] of entries) {
    if (value.trim() === '') continue;
    const [outer = name, inner] = name.split('.', 2);
    if (LISTS.includes(name)) complaint[name] = [...listOf(complaint[name]), value];
    else if (inner !== undefined)
      complaint[outer] = { ...recordOf(complaint[outer]), [inner]: value };
    else complaint[name] = value;
  }
  return complaint;
}

const LISTS: readonly string[] = ['problemTypes', 'evidence'];

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function recordOf(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}
