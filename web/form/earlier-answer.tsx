/** An answer given before to the same question, as a dated fact: one click says that it still holds. */
import { Button, VisuallyHidden } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { DeliverableView } from "../../shared/contracts/views.ts";
import { dayInWords } from "../language/format.ts";
import { valueInWords } from "./field-value.tsx";
import type { Field } from "./form-model.ts";
import { isSame } from "./merge-drafts.ts";

export type Earlier = DeliverableView["earlier"][number];

/** Earlier answers that may be taken: those of fields that have no answer yet. */
export const stillToSay = (
  earlier: readonly Earlier[],
  values: Readonly<Record<string, unknown>>,
): readonly Earlier[] => earlier.filter(({ field }) => values[field] === undefined);

export function EarlierAnswer(props: {
  readonly field: Field;
  readonly earlier: Earlier;
  readonly value: unknown;
  take(value: unknown): void;
}) {
  const { t } = useTranslation("form");
  const { field, earlier } = props;
  const from = {
    day: dayInWords(earlier.answeredAt),
    form:
      earlier.pilot === undefined ? earlier.deliverable.name : `${earlier.pilot.title}, ${earlier.deliverable.name}`,
  };
  if (isSame(props.value, earlier.value)) return <p className="earlier quiet">{t("earlier.same", from)}</p>;
  return (
    <div className="earlier">
      <span>{t("earlier.was", { ...from, answer: valueInWords(field, earlier.value) })}</span>
      <Button size="compact-sm" variant="default" onClick={() => props.take(earlier.value)}>
        {t("earlier.stillTrue")}
        <VisuallyHidden>{field.label}</VisuallyHidden>
      </Button>
    </div>
  );
}
