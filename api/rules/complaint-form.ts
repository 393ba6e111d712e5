/**
 * A posted form as the JSON that `ComplaintInput` takes: `reporter.name` becomes nested, `subjects.0.role`
 * a list of records, repeated `problemTypes` and `evidence` become lists, empty answers are left out.
 */
export function complaintOfForm(entries: Iterable<readonly [string, string]>) {
  const complaint: Record<string, unknown> = {};
  const accused: Record<string, string>[] = [];
  for (const [name, value] of entries) {
    if (value.trim() === '') continue;
    const [outer = name, inner] = name.split('.', 2);
    const ofAccused = ACCUSED.exec(name);
    if (ofAccused?.[1] && ofAccused[2]) {
      const index = Number(ofAccused[1]);
      accused[index] = { ...accused[index], [ofAccused[2]]: value };
    } else if (LISTS.includes(name)) complaint[name] = [...listOf(complaint[name]), value];
    else if (inner !== undefined)
      complaint[outer] = { ...recordOf(complaint[outer]), [inner]: value };
    else complaint[name] = value;
  }
  const subjects = accused.filter(Boolean);
  return subjects.length > 0 ? { ...complaint, subjects } : complaint;
}

const LISTS: readonly string[] = ['problemTypes', 'evidence'];
const ACCUSED = /^subjects\.(\d\d?)\.(role|bodyCode|name)$/;

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function recordOf(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}
