/** Where a field is on the page: every control's id is `controlId` of its pointer, so that a gap can lead to its field. */
import { withParents } from "./form-model.ts";

export const controlId = (pointer: string): string => `field${pointer}`;

/** Brings the field into view and the focus to it; to the nearest field above when it has no control of its own. */
export function focusField(pointer: string): void {
  for (const candidate of withParents(pointer)) {
    const element = document.getElementById(controlId(candidate));
    if (element === null) continue;
    const control = element.matches("input, select, textarea")
      ? element
      : (element.querySelector<HTMLElement>("input:not([hidden]), select, textarea, button") ?? element);
    control.focus();
    element.scrollIntoView({ block: "center" });
    return;
  }
}
