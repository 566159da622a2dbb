/** What is missing or wrong, in the chosen language. A component that calls this also calls `useTranslation("gap")`. */
import i18next from "i18next";
import type { OutputOf } from "../../shared/contracts/operations.ts";
import { type FormWords, fieldLabel } from "../../shared/domain/forms/form-schema.ts";
import { isComplaintCode } from "../../shared/domain/forms/validate.ts";
import type { FormSchema } from "../../shared/domain/process.ts";

export type Gap = OutputOf<"checkDraft">["gaps"][number];

/** A broken rule is said as the server says it: in the reader's language already. */
export function gapInWords(schema: FormSchema, gap: Gap): Gap {
  const { code, parameters } = gap;
  return {
    ...gap,
    label: fieldLabel(schema, gap.pointer, formWords()),
    message:
      code !== undefined && isComplaintCode(code)
        ? i18next.t(`problem.${code}`, { ns: "gap", ...parameters }).trim()
        : gap.message,
  };
}

const formWords = (): FormWords => ({
  row: i18next.t("words.row", { ns: "gap" }),
  entry: i18next.t("words.entry", { ns: "gap" }),
  form: i18next.t("words.form", { ns: "gap" }),
  yes: i18next.t("words.yes", { ns: "gap" }),
  no: i18next.t("words.no", { ns: "gap" }),
});
