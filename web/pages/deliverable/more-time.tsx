/** More time for a deliverable: giving it, and what became of its due date so far. */
import { Radio } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { DeliverableView, PilotView } from "../../../shared/contracts/views.ts";
import { useCommand } from "../../api/queries.ts";
import { dayInWords, dueDayInWords, listInWords } from "../../language/format.ts";
import { ActionForm, Input, TextArea, textIn } from "../../parts/action.tsx";
import { usePortal } from "../../portal.ts";

interface DeliverableProps {
  readonly pilot: PilotView;
  readonly view: DeliverableView;
}

/** What an advisor may give, once. */
export const advisorsDays = 14;

/** `days`: as they were asked for; else they are typed. */
export function GiveTime(props: DeliverableProps & { readonly title: string; readonly days?: number }) {
  const { t } = useTranslation(["form", "common"]);
  const { me } = usePortal();
  const { pilot, view, title, days } = props;
  const extend = useCommand("extendDueDate");
  const isAdvisor = me.acting.role === "advisor";
  return (
    <ActionForm
      title={title}
      explanation={isAdvisor ? t("giveTime.advisor") : t("giveTime.coordinator")}
      confirm={t("giveTime.confirm")}
      act={async (form) => {
        const body = {
          days: days ?? Number(textIn(form, "days")),
          reason: textIn(form, "reason"),
          kind: form.get("kind") === "dependency" ? "dependency" : "extension",
        } as const;
        await extend.mutateAsync({ params: { pilotId: pilot.id, deliverableId: view.id }, body });
      }}
    >
      {days === undefined ? (
        <Input
          type="number"
          name="days"
          label={t("giveTime.days")}
          help={t("giveTime.daysHelp")}
          min={1}
          max={isAdvisor ? advisorsDays : 365}
        />
      ) : null}
      {/* That a date moves with another's delay is a coordinator's to agree to. */}
      {isAdvisor || view.waitsFor.length === 0 ? null : (
        <fieldset>
          <legend>{t("giveTime.why")}</legend>
          <Radio
            className="tick"
            name="kind"
            value="dependency"
            defaultChecked
            label={t("giveTime.dependency", { what: namesOf(pilot, view.waitsFor) })}
          />
          <Radio className="tick" name="kind" value="extension" label={t("giveTime.extension")} />
        </fieldset>
      )}
      <TextArea name="reason" label={t("common:reason")} help={t("giveTime.reasonHelp")} />
    </ActionForm>
  );
}

/** Each change keeps the old date, the new one, the reason and the person. */
export function DueDateChanges({ pilot, view }: DeliverableProps) {
  const { t } = useTranslation("form");
  const { dueDateChanges } = view;
  if (dueDateChanges.length === 0) return null;
  return (
    <section aria-labelledby="due-dates">
      <h2 id="due-dates">{t("dueDates.title")}</h2>
      <ul className="cards">
        {dueDateChanges.toReversed().map(({ at, from, to, kind, reason, by, waitsFor }) => (
          <li key={at}>
            <p className="what">{t("dueDates.moved", { from: dueDayInWords(from), to: dueDayInWords(to) })}</p>
            <p>
              {waitsFor === undefined
                ? t(`dueDates.kind.${kind}`)
                : t("dueDates.waited", { what: namesOf(pilot, waitsFor) })}
              {reason === "" ? null : <q>{reason}</q>}
            </p>
            <p className="quiet">{t("dueDates.by", { name: by.name, day: dayInWords(at) })}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

const namesOf = (pilot: PilotView, ids: readonly string[]): string =>
  listInWords(ids.map((id) => pilot.deliverables.find((each) => each.id === id)?.name ?? id));
