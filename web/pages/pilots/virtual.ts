/**
 * Of a long list only what is near the part that shows is drawn. What has the focus stays drawn however far it is
 * scrolled away, so the focus is never lost; arrow keys, Page Up and Down, Home and End go from entry to entry.
 */
import { defaultRangeExtractor, type Range, useVirtualizer } from "@tanstack/react-virtual";
import { type FocusEvent, type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { useTranslation } from "react-i18next";
import { useListKeys } from "../../parts/list-keys.ts";
import { useKeysAtFocus } from "../../shell/shortcuts.ts";

/** Lists up to this long are drawn whole: the browser's own search and printing see all of them. */
const DRAWN_WHOLE = 100;

export const isLong = (entries: number): boolean => entries > DRAWN_WHOLE;

export interface Drawn {
  readonly index: number;
  /** Pixels taken by what is not drawn between this entry and the one drawn before. */
  readonly gap: number;
}

interface VirtualList {
  /** In order. */
  readonly drawn: readonly Drawn[];
  /** Pixels taken by what is not drawn after the last. */
  readonly rest: number;
  /** For the element that scrolls. */
  readonly scroller: {
    ref(element: HTMLElement | null): void;
    onFocus(event: FocusEvent<HTMLElement>): void;
    onKeyDown(event: KeyboardEvent<HTMLElement>): void;
  };
  /** For each entry's element. */
  entry(index: number): { readonly "data-index": number; readonly ref?: (element: HTMLElement | null) => void };
}

export function useVirtualList(props: {
  /** Of each entry in order; stays the same while the entry does. */
  readonly keys: readonly string[];
  readonly isLong: boolean;
  /** Pixels of an entry that was not drawn yet. */
  estimate(index: number): number;
  /** Scrolls to the beginning when it changes. */
  readonly shows: string;
}): VirtualList {
  const { keys, isLong: isVirtual, estimate, shows } = props;
  const { t } = useTranslation("common");
  useListKeys();
  useKeysAtFocus("PgUp/PgDn", t("shortcuts.pages"));
  const element = useRef<HTMLElement | null>(null);
  const [held, setHeld] = useState<string>();
  const heldAt = useMemo(() => (held === undefined ? -1 : keys.indexOf(held)), [held, keys]);
  const virtualizer = useVirtualizer<HTMLElement, HTMLElement>({
    count: keys.length,
    enabled: isVirtual,
    getScrollElement: () => element.current,
    estimateSize: estimate,
    getItemKey: useCallback((index: number) => keys[index] ?? index, [keys]),
    overscan: 6,
    rangeExtractor: useCallback(
      (range: Range) => {
        const near = defaultRangeExtractor(range);
        if (heldAt < 0) return near;
        // With its neighbours, a heading between them included: Tab goes to them from wherever it is.
        const kept = [-2, -1, 0, 1, 2]
          .map((step) => heldAt + step)
          .filter((index) => index >= 0 && index < range.count);
        return [...new Set([...near, ...kept])].sort((one, other) => one - other);
      },
      [heldAt],
    ),
  });

  const shown = useRef(shows);
  useEffect(() => {
    if (shown.current === shows) return;
    shown.current = shows;
    element.current?.scrollTo({ top: 0 });
  }, [shows]);

  const focusEntry = (from: number, step: 1 | -1): void => {
    for (let index = from; index >= 0 && index < keys.length; index += step) {
      flushSync(() => setHeld(keys[index]));
      const link = element.current?.querySelector<HTMLElement>(`[data-index="${index}"] a`);
      if (link) {
        link.focus();
        return;
      }
    }
  };

  let end = 0;
  const drawn = isVirtual
    ? virtualizer.getVirtualItems().map((item) => {
        const gap = item.start - end;
        end = item.end;
        return { index: item.index, gap };
      })
    : keys.map((_, index) => ({ index, gap: 0 }));

  return {
    drawn,
    rest: isVirtual ? virtualizer.getTotalSize() - end : 0,
    scroller: {
      ref(given) {
        element.current = given;
      },
      onFocus({ target }) {
        const index = indexOf(target);
        if (index !== undefined) setHeld(keys[index]);
      },
      onKeyDown(event) {
        const index = indexOf(event.target);
        if (index === undefined || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
        const { startIndex = 0, endIndex = 10 } = virtualizer.range ?? {};
        const page = Math.max(1, endIndex - startIndex - 1);
        const last = keys.length - 1;
        const moves: Readonly<Record<string, readonly [to: number, step: 1 | -1]>> = {
          ArrowDown: [index + 1, 1],
          ArrowUp: [index - 1, -1],
          PageDown: [Math.min(last, index + page), -1],
          PageUp: [Math.max(0, index - page), 1],
          Home: [0, 1],
          End: [last, -1],
        };
        const move = moves[event.key];
        if (move === undefined) return;
        event.preventDefault();
        focusEntry(...move);
      },
    },
    entry: (index) => ({ "data-index": index, ...(isVirtual ? { ref: virtualizer.measureElement } : {}) }),
  };
}

/** Of the entry that an element is in. */
function indexOf(target: EventTarget): number | undefined {
  const given = target instanceof Element ? target.closest("[data-index]")?.getAttribute("data-index") : undefined;
  return given === undefined || given === null ? undefined : Number(given);
}
