/** Two people, or two windows, changed the same draft: keep what does not collide, ask about the rest. */
import type { FormValues } from "../../shared/domain/forms/form-schema.ts";

export interface DraftConflict {
  readonly key: string;
  /** Undefined: the answer was removed. */
  readonly mine: unknown;
  readonly theirs: unknown;
}

export interface MergedDraft {
  /** Every change of either side; where both changed the same field differently, mine. */
  readonly values: FormValues;
  /** Root fields; a table counts as one. */
  readonly conflicts: readonly DraftConflict[];
}

/** `base` is the version both started from. */
export function mergeDrafts(base: FormValues, mine: FormValues, theirs: FormValues): MergedDraft {
  const values: Record<string, unknown> = {};
  const conflicts: DraftConflict[] = [];
  for (const key of new Set([...Object.keys(theirs), ...Object.keys(mine)])) {
    const iChanged = !isSame(base[key], mine[key]);
    const theyChanged = !isSame(base[key], theirs[key]);
    const kept = iChanged ? mine[key] : theirs[key];
    if (kept !== undefined) values[key] = kept;
    if (iChanged && theyChanged && !isSame(mine[key], theirs[key])) {
      conflicts.push({ key, mine: mine[key], theirs: theirs[key] });
    }
  }
  return { values, conflicts };
}

/** Same answer, whatever the order of keys. */
export function isSame(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  const sorted = (_key: string, part: unknown): unknown =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part;
  return JSON.stringify(value, sorted) ?? "";
}
