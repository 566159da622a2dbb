/** Keys of a page in sight of those who work without the mouse; `?` has them all. */
import { useTranslation } from "react-i18next";
import { areShortcutsOn, useShortcuts } from "../shell/shortcuts.ts";

/** Shows those of `keys` that work here and now. */
export function ShortcutKeys({ keys }: { readonly keys: readonly string[] }) {
  useTranslation("common");
  const known = useShortcuts();
  const shown = keys.flatMap((key) => known.findLast((each) => each.keys === key) ?? []);
  if (shown.length === 0 || !areShortcutsOn()) return null;
  return (
    <p className="help only-wide keys">
      {shown.map(({ keys: key, label }) => (
        <span key={key}>
          <kbd>{key}</kbd> {label}
        </span>
      ))}
    </p>
  );
}
