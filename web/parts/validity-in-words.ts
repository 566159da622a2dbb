/**
 * What the browser finds wrong in a field, in the portal's language: a browser's own words are in that of its menus. It checks
 * and shows as ever, beside the field and to screen readers; only the words are ours.
 */
import i18next from "i18next";
import type { Areas } from "../language/areas.ts";
import { dayInWords, numberInWords } from "../language/format.ts";
import { loadWords } from "../language/language.ts";

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** Listens until the returned function is called; the shell does so once. The words come when they are first needed. */
export function listenForInvalid(): () => void {
  const stop = new AbortController();
  let words: Promise<void> | undefined;
  let areThere = false;
  let willReport = false;
  const bringWords = () => {
    words ??= loadWords("gap").finally(() => {
      areThere = true;
    });
    return words;
  };
  const onInvalid = (event: Event) => {
    const { target } = event;
    if (!isControl(target)) return;
    unfold(target);
    if (areThere) return tell(target);
    event.preventDefault();
    if (willReport) return;
    willReport = true;
    void bringWords().then(() => target.form?.reportValidity());
  };
  // Browsers say it on pointing, too, before anything is sent.
  const onOver = ({ target }: Event) => {
    if (isControl(target) && target.form?.noValidate === false && !target.validity.valid)
      void bringWords().then(() => tell(target));
  };
  const options = { capture: true, signal: stop.signal };
  document.addEventListener("invalid", onInvalid, options);
  document.addEventListener("pointerover", onOver, options);
  // Enter in a field clicks the form's button, too. By then code may have put right what no event told of.
  for (const type of ["input", "change", "click"]) document.addEventListener(type, tellAnew, options);
  return () => stop.abort();
}

/** What was said blocks the form until it is taken back. */
function tellAnew({ target }: Event): void {
  const form = target instanceof Element ? target.closest("form") : null;
  for (const control of form?.elements ?? []) if (isControl(control) && control.validity.customError) tell(control);
}

function tell(control: Control): void {
  control.setCustomValidity("");
  // Where the words did not come, the browser's are better than none.
  if (control.validity.valid || !i18next.exists("problem.fillIn", { ns: "gap" })) return;
  control.setCustomValidity(validityInWords(control));
}

/** No browser shows what is wrong in a field that is folded away, and none sends its form. */
function unfold(control: Control): void {
  const around = control.closest<HTMLDetailsElement>("details:not([open])");
  if (around === null) return;
  around.open = true;
  unfold(control);
}

const isControl = (target: EventTarget | null): target is Control =>
  target instanceof HTMLInputElement || target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement;

/** Of a control what its words depend on. */
interface Checked extends Pick<Control, "type" | "value"> {
  readonly validity: Partial<ValidityState>;
  readonly min?: string;
  readonly max?: string;
  readonly step?: string;
  readonly maxLength?: number;
}

/** For the rules that forms of the portal have. */
export function validityInWords(control: Checked): string {
  const { type, value, validity, min = "", max = "", step = "", maxLength } = control;
  const isDay = type === "date";
  const limit = (text: string) => ({ limit: isDay ? dayInWords(text) : numberInWords(Number(text)) });
  if (validity.badInput) return say(isDay ? "wholeDate" : "number");
  if (validity.valueMissing) return say(missing[type] ?? "fillIn");
  if (validity.typeMismatch) return say("email");
  if (validity.tooLong) return say("maxLength", { limit: maxLength, size: value.length });
  if (validity.rangeUnderflow) return say(isDay ? "notBefore" : "minimum", limit(min));
  if (validity.rangeOverflow) return say(isDay ? "notAfter" : "maximum", limit(max));
  if (!validity.stepMismatch) return say("form", { hint: "" });
  return step === "" || step === "1" ? say("typeInteger") : say("multipleOf", { step: numberInWords(Number(step)) });
}

const missing: Readonly<Record<string, Problem>> = {
  number: "number",
  date: "enterDate",
  radio: "chooseOption",
  "select-one": "chooseOption",
  checkbox: "tick",
};

type Problem = keyof Areas["gap"]["problem"];

const say = (problem: Problem, parameters: object = {}): string =>
  i18next.t(`problem.${problem}`, { ns: "gap", ...parameters }).trim();
