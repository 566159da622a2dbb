/**
 * A form being filled in. What is typed is kept on the device at once and saved to Fairway on a pause.
 * A save that meets another's keeps both: fields only one side changed are merged, the rest is the person's to choose (I6).
 */
import i18next from "i18next";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { ApiProblem } from "../../shared/contracts/client.ts";
import type { DeliverableView, PilotView } from "../../shared/contracts/views.ts";
import { computeDerived, type DerivedContext } from "../../shared/domain/forms/derived.ts";
import { type FormValues, pointerKeys, propertiesOf } from "../../shared/domain/forms/form-schema.ts";
import { type FormProblem, validateDraft } from "../../shared/domain/forms/validate.ts";
import { mayPass, useAnswered } from "../api/queries.ts";
import { problemInWords } from "../parts/problem-in-words.ts";
import { usePortal } from "../portal.ts";
import { withValue } from "./form-model.ts";
import { gapInWords } from "./gap-in-words.ts";
import { type DraftKey, forgetKeptDraft, keepDraft, readKeptDraft } from "./kept-draft.ts";
import { type DraftConflict, isSame, mergeDrafts } from "./merge-drafts.ts";

const pauseBeforeSaveMs = 1200;
const pauseBeforeRetryMs = 15_000;

export type SaveState =
  | { readonly kind: "saved"; readonly at: string | undefined }
  | { readonly kind: "changed" }
  | { readonly kind: "saving" }
  /** On this device only, and why; whether saving may work later by itself. */
  | { readonly kind: "kept"; readonly why: string; readonly mayPass: boolean }
  /** Saved but for what no draft can hold, which is on this device only. */
  | { readonly kind: "partly"; readonly why: string }
  /** Only on the page: it goes with it. */
  | { readonly kind: "noRoom" };

export interface Draft {
  readonly values: FormValues;
  readonly saveState: SaveState;
  readonly conflicts: readonly DraftConflict[];
  /** Version the next save or submission rests on. */
  baseDraftVersion(): number;
  setValue(key: string, value: unknown): void;
  choose(conflict: DraftConflict, side: "mine" | "theirs"): void;
  /** Resolves to whether everything typed is saved now. */
  save(): Promise<boolean>;
  /** Another draft was saved in between: fetches and merges it. */
  meetOthersDraft(): Promise<void>;
  /** Submitted: nothing is left to keep on this device. */
  forget(): void;
}

interface Typed {
  readonly values: FormValues;
  readonly conflicts: readonly DraftConflict[];
}

export function useDraft(view: DeliverableView, pilot: PilotView, derived: DerivedContext): Draft {
  const { call, me } = usePortal();
  const answered = useAnswered();
  const { id: pilotId, tasks } = pilot;
  const { id: deliverableId, definitionId, schema } = view;
  const personId = me.person.id;
  const key = useMemo<DraftKey>(() => ({ personId, pilotId, deliverableId }), [personId, pilotId, deliverableId]);
  const derive = useCallback(
    (values: FormValues) => computeDerived(definitionId, values, derived),
    [definitionId, derived],
  );

  const [start] = useState(() => openDraft(view, key));
  const base = useRef(start.base);
  const typed = useRef<Typed>(start.typed);
  const [shown, setShown] = useState<Typed>(start.typed);
  const [saveState, setSaveState] = useState<SaveState>(
    start.isDirty ? { kind: "changed" } : { kind: "saved", at: view.draft?.savedAt },
  );
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const saving = useRef<Promise<boolean>>(undefined);
  const hasTyped = useRef(start.isDirty);
  const isBegun = useRef(true);

  const show = useCallback((next: Typed) => {
    typed.current = next;
    setShown(next);
  }, []);

  const isDirty = useCallback(() => !isSame(typed.current.values, base.current.values), []);

  const keep = useCallback((): boolean => {
    const { version, values } = base.current;
    return keepDraft(key, { baseDraftVersion: version, base: values, values: typed.current.values });
  }, [key]);

  const merge = useCallback(
    (theirs: DeliverableView) => {
      const latest = valuesOf(theirs);
      const merged = mergeDrafts(base.current.values, typed.current.values, latest);
      base.current = { version: theirs.draftVersion, values: latest, savedAt: theirs.draft?.savedAt };
      show({ values: derive(merged.values), conflicts: withoutDerived(theirs, merged.conflicts) });
      keep();
    },
    [derive, keep, show],
  );

  const meetOthersDraft = useCallback(async () => {
    merge(await call("getDeliverable", { params: { pilotId, deliverableId } }));
    setSaveState({ kind: "changed" });
  }, [call, merge, pilotId, deliverableId]);

  const saveOnce = useCallback(async (): Promise<boolean> => {
    if (typed.current.conflicts.length > 0) return false;
    if (!isDirty()) {
      // What was typed is what is saved already: typed back, or taken from the other.
      forgetKeptDraft(key);
      setSaveState({ kind: "saved", at: base.current.savedAt });
      return true;
    }
    const all = derive(typed.current.values);
    const problems = validateDraft(schema, all);
    const sent = problems.length === 0 ? all : derive(withoutProblems(all, problems, base.current.values));
    const [problem] = problems;
    if (problem !== undefined && isSame(sent, base.current.values)) {
      const { label, message } = gapInWords(schema, problem);
      setSaveState({ kind: "partly", why: `${label}: ${message}` });
      return false;
    }
    // Tried again by itself: what is said stays until it is no longer true.
    setSaveState((before) => (before.kind === "kept" && before.mayPass ? before : { kind: "saving" }));
    try {
      const input = {
        params: { pilotId, deliverableId },
        body: { baseDraftVersion: base.current.version, values: { ...sent } },
      };
      const saved = await call("saveDraft", input);
      // Whoever saves first has the task from then on.
      answered("saveDraft", input, saved, isBegun.current ? [] : ["getPilot", "listTasks"]);
      base.current = { version: saved.draftVersion, values: sent, savedAt: saved.draft?.savedAt };
      if (isSame(derive(typed.current.values), sent)) {
        show({ ...typed.current, values: sent });
        forgetKeptDraft(key);
        setSaveState({ kind: "saved", at: saved.draft?.savedAt });
        return true;
      }
      keep();
      setSaveState({ kind: "changed" });
      return await saveOnce();
    } catch (error) {
      if (error instanceof ApiProblem && error.kind === "StaleDraft") {
        await meetOthersDraft();
        return await saveOnce();
      }
      throw error;
    }
  }, [answered, call, derive, isDirty, keep, key, meetOthersDraft, pilotId, deliverableId, schema, show]);

  const save = useCallback((): Promise<boolean> => {
    clearTimeout(timer.current);
    saving.current ??= saveOnce()
      .catch((error: unknown) => {
        setSaveState({
          kind: "kept",
          why: error instanceof Error ? problemInWords(error).message : i18next.t("saving.failed", { ns: "form" }),
          mayPass: mayPass(error),
        });
        return false;
      })
      .finally(() => {
        saving.current = undefined;
      });
    return saving.current;
  }, [saveOnce]);

  const saveAfterPause = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void save(), pauseBeforeSaveMs);
  }, [save]);

  const change = useCallback(
    (next: Typed) => {
      hasTyped.current = true;
      show({ ...next, values: derive(next.values) });
      setSaveState({ kind: keep() ? "changed" : "noRoom" });
      saveAfterPause();
    },
    [derive, keep, saveAfterPause, show],
  );

  useEffect(() => {
    isBegun.current = tasks.some(
      (task) => task.kind === "produce" && task.deliverableId === deliverableId && task.status === "in_progress",
    );
  }, [tasks, deliverableId]);

  // Derived fields may rest on other deliverables, which arrive later than the form.
  useEffect(() => {
    const values = derive(typed.current.values);
    if (!isSame(values, typed.current.values)) show({ ...typed.current, values });
  }, [derive, show]);

  useEffect(() => {
    if (start.isDirty) saveAfterPause();
    const onBack = () => void save();
    window.addEventListener("online", onBack);
    return () => {
      window.removeEventListener("online", onBack);
      clearTimeout(timer.current);
      if (hasTyped.current && isDirty()) void save();
    };
  }, [isDirty, save, saveAfterPause, start]);

  // A browser often does not notice that Fairway can be reached again.
  useEffect(() => {
    if (saveState.kind !== "kept" || !saveState.mayPass) return;
    const retry = setTimeout(() => void save(), pauseBeforeRetryMs);
    return () => clearTimeout(retry);
  }, [save, saveState]);

  return {
    ...shown,
    saveState,
    baseDraftVersion: () => base.current.version,
    setValue: (field, value) => change({ ...typed.current, values: withValue(typed.current.values, field, value) }),
    choose: (conflict, side) =>
      change({
        values: withValue(typed.current.values, conflict.key, conflict[side]),
        conflicts: typed.current.conflicts.filter((each) => each.key !== conflict.key),
      }),
    save,
    meetOthersDraft,
    forget: () => {
      clearTimeout(timer.current);
      hasTyped.current = false;
      forgetKeptDraft(key);
    },
  };
}

/** The saved draft, or what was typed on this device since, merged with what others saved meanwhile. */
function openDraft(view: DeliverableView, key: DraftKey) {
  const saved = { version: view.draftVersion, values: valuesOf(view), savedAt: view.draft?.savedAt };
  const kept = readKeptDraft(key);
  if (kept === undefined) return { base: saved, typed: { values: saved.values, conflicts: [] }, isDirty: false };
  const merged = mergeDrafts(kept.base, kept.values, saved.values);
  const typed: Typed = { values: merged.values, conflicts: withoutDerived(view, merged.conflicts) };
  return { base: saved, typed, isDirty: !isSame(typed.values, saved.values) };
}

/** Where nothing was saved since the last submission, work goes on from that. */
const valuesOf = (view: DeliverableView): FormValues => view.draft?.values ?? view.submitted?.values ?? {};

/** One wrong answer does not hold up the others: its field stays as it was saved. */
function withoutProblems(values: FormValues, problems: readonly FormProblem[], saved: FormValues): FormValues {
  const keys = new Set(problems.map(({ pointer }) => pointerKeys(pointer)[0] ?? ""));
  return [...keys].reduce((rest, key) => withValue(rest, key, saved[key]), values);
}

/** Derived fields follow from the others: there is nothing to choose. */
function withoutDerived(view: DeliverableView, conflicts: readonly DraftConflict[]): readonly DraftConflict[] {
  const properties = propertiesOf(view.schema);
  return conflicts.filter(({ key }) => properties[key]?.readOnly !== true);
}
