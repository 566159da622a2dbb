/**
 * Keyboard shortcuts: those of the components that are shown, single keys ("c") or two in a row ("g t").
 * They rest while somebody types, and can be switched off (WCAG 2.1.4).
 */
import { useEffect, useRef, useSyncExternalStore } from "react";

export interface Shortcut {
  /** As pressed: "c", "?", or two keys with a space between: "g t"; of those that go together as they are shown: "0–4". */
  readonly keys: string;
  /** What it does, in the person's language. */
  readonly label: string;
}

interface Registered extends Shortcut {
  /** Unless where the focus is listens itself. */
  readonly run?: () => void;
}

const secondKeyWithinMs = 1500;
const offKey = "fairway.shortcuts";

let registered: readonly Registered[] = [];
const listeners = new Set<() => void>();

function change(next: readonly Registered[]): void {
  registered = next;
  for (const listener of listeners) listener();
}

/** Until the returned function is called. */
function register(own: Registered): () => void {
  change([...registered, own]);
  return () => change(registered.filter((each) => each !== own));
}

/** Works while the component is shown. Of two with the same keys the one shown later wins. */
export function useShortcut(keys: string, label: string, run: () => void): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => register({ keys, label, run: () => latest.current() }), [keys, label]);
}

/** What a part of the page listens for itself while the focus is in it, e.g. "0–4" or "↑/↓": told here to be found. */
export function useKeysAtFocus(keys: string, label: string): void {
  useEffect(() => register({ keys, label }), [keys, label]);
}

/** For the help dialog. */
export function useShortcuts(): readonly Shortcut[] {
  return useSyncExternalStore(subscribe, () => registered);
}

export const areShortcutsOn = (): boolean => localStorage.getItem(offKey) !== "off";

export function switchShortcuts(on: boolean): void {
  if (on) localStorage.removeItem(offKey);
  else localStorage.setItem(offKey, "off");
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Listens until the returned function is called; the shell does so once. */
export function listenForShortcuts(): () => void {
  let first: { readonly key: string; readonly at: number } | undefined;
  const onKey = (event: KeyboardEvent) => {
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.defaultPrevented && !event.repeat;
    if (!isPlain || isTyping(event.target) || isDialogOpen() || !areShortcutsOn()) return;
    const pair =
      first !== undefined && event.timeStamp - first.at < secondKeyWithinMs ? `${first.key} ${event.key}` : "";
    const found =
      registered.findLast(({ keys }) => keys === pair) ?? registered.findLast(({ keys }) => keys === event.key);
    first = found === undefined ? { key: event.key, at: event.timeStamp } : undefined;
    if (found?.run === undefined) return;
    event.preventDefault();
    found.run();
  };
  document.addEventListener("keydown", onKey);
  return () => document.removeEventListener("keydown", onKey);
}

/** Where a key means a letter or picks a choice by its first one. */
function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.matches('input:not([type="checkbox"], [type="radio"]), select, textarea, [contenteditable]')
  );
}

const isDialogOpen = () => document.querySelector('[role="dialog"][aria-modal="true"]') !== null;
