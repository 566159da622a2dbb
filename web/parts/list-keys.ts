/** Arrow keys, Home and End go through the links of a list of results; up from the first one leads back to the field. */
import type { KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { useKeysAtFocus } from "../shell/shortcuts.ts";

/** Tells whoever looks for keys of those that lists have. */
export function useListKeys(): void {
  const { t } = useTranslation("common");
  useKeysAtFocus("↑/↓", t("shortcuts.entries"));
  useKeysAtFocus("Home/End", t("shortcuts.ends"));
}

/** For `onKeyDown` of an element around a search field and the list of its results. */
export function useResultKeys(): (event: KeyboardEvent<HTMLElement>) => void {
  useListKeys();
  return walkResults;
}

function walkResults(event: KeyboardEvent<HTMLElement>): void {
  const { key, target, currentTarget, altKey, ctrlKey, metaKey, shiftKey } = event;
  if (altKey || ctrlKey || metaKey || shiftKey || !(target instanceof HTMLElement)) return;
  const field = currentTarget.querySelector<HTMLInputElement>("input[type=search]");
  const links = [...currentTarget.querySelectorAll<HTMLElement>("ul a, ul summary")];
  const at = links.indexOf(target);
  // Home and End of a text that is being typed are the field's own.
  if (at < 0 && !(target === field && key === "ArrowDown")) return;
  const to =
    key === "ArrowDown"
      ? links[at + 1]
      : key === "ArrowUp"
        ? (links[at - 1] ?? field)
        : key === "Home"
          ? links[0]
          : key === "End"
            ? links.at(-1)
            : undefined;
  if (to === undefined || to === null) return;
  event.preventDefault();
  to.focus();
}
