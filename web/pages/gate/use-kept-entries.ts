/**
 * What somebody types at a gate and has not sent yet, kept on the device on every change as drafts of forms are: a reload,
 * an ended session or a refusal loses nothing. With it goes what the person saw when they began.
 */
import { useCallback, useState } from "react";
import type { FormValues } from "../../../shared/domain/forms/form-schema.ts";
import { type DraftKey, forgetKeptDraft, keepDraft, readKeptDraft } from "../../form/kept-draft.ts";

/** Deliverable id → revision. */
export type Revisions = Readonly<Record<string, number>>;

interface KeptEntries<Entries> {
  readonly entries: Entries;
  /** The revisions the person looked at when typing. */
  readonly seen: Revisions;
  /** Something was typed that is not sent. */
  readonly isTouched: boolean;
  change(entries: Entries): void;
  /** The person has looked at newer revisions as well. */
  see(revisions: Revisions): void;
  /** Sent: nothing is left to keep. */
  forget(): void;
}

export function useKeptEntries<Entries extends object>(
  key: DraftKey,
  round: number,
  now: Revisions,
  read: (kept: FormValues) => Entries,
): KeptEntries<Entries> {
  const [kept, setKept] = useState(() => {
    const draft = readKeptDraft(key);
    return { entries: read(draft?.values ?? {}), seen: revisionsIn(draft?.base), isTouched: draft !== undefined };
  });
  // Until something is typed, what is shown now is what is seen.
  const seen = kept.isTouched ? (kept.seen ?? now) : now;

  const keep = (entries: Entries, revisions: Revisions) => {
    keepDraft(key, {
      baseDraftVersion: round,
      base: { ...revisions },
      values: Object.fromEntries(Object.entries(entries)),
    });
    setKept({ entries, seen: revisions, isTouched: true });
  };

  return {
    entries: kept.entries,
    seen,
    isTouched: kept.isTouched,
    change: (entries) => keep(entries, seen),
    see: (revisions) => keep(kept.entries, revisions),
    forget: useCallback(() => {
      forgetKeptDraft(key);
      setKept({ entries: read({}), seen: undefined, isTouched: false });
    }, [key, read]),
  };
}

function revisionsIn(base: FormValues | undefined): Revisions | undefined {
  if (base === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(base).flatMap(([id, revision]) => (typeof revision === "number" ? [[id, revision] as const] : [])),
  );
}

/** A text that was kept; empty when there is none. */
export const textOf = (value: unknown): string => (typeof value === "string" ? value : "");
