/** What a decision needs beside itself: a reason, conditions, deliverables, a day, a proof. */
import { Button, Checkbox, Textarea, TextInput } from "@mantine/core";
import i18next from "i18next";
import { useTranslation } from "react-i18next";
import type { Areas } from "../../language/areas.ts";
import { Select } from "../../parts/action.tsx";
import { FieldLabel } from "../../parts/field-label.tsx";
import { usePortal } from "../../portal.ts";
import { inWords, someoneInWords } from "../../words.ts";
import { type ConditionEntry, type DecisionEntries, emptyCondition, ownerRoles } from "./decision-entries.ts";
import type { GateProps, GateView } from "./gate-view.ts";

const mostConditions = 20;

/** It says nothing without words. */
const otherReason = "other_with_text";

interface DetailsProps extends GateProps {
  readonly option: GateView["decisions"][number];
  readonly entries: DecisionEntries;
  change(entries: DecisionEntries): void;
}

export function DecisionDetails({ pilot, gate, option, entries, change }: DetailsProps) {
  const { t } = useTranslation(["gate", "common"]);
  const set = (changed: Partial<DecisionEntries>) => change({ ...entries, ...changed });
  const reason = (isOptional = false) => (
    <Reason
      label={t("common:reason")}
      help={t("decisions.reasonHelp")}
      isOptional={isOptional}
      maxLength={4000}
      value={entries.reason}
      change={(text) => set({ reason: text })}
    />
  );
  switch (option.decision) {
    case "advance":
      return reason(true);
    case "advance_with_conditions":
      return (
        <>
          {reason()}
          <ConditionRows rows={entries.conditions} change={(conditions) => set({ conditions })} />
        </>
      );
    case "rework":
      return (
        <>
          {reason()}
          <fieldset>
            <legend>{t("rework.which")}</legend>
            {pilot.deliverables
              .filter(({ id }) => Object.hasOwn(gate.basedOn, id))
              .map(({ id, name }) => (
                <Checkbox
                  key={id}
                  className="tick"
                  label={name}
                  checked={entries.deliverables.includes(id)}
                  onChange={(event) =>
                    set({
                      deliverables: event.currentTarget.checked
                        ? [...entries.deliverables, id]
                        : entries.deliverables.filter((each) => each !== id),
                    })
                  }
                />
              ))}
          </fieldset>
          <TextInput
            className="field"
            type="number"
            min={1}
            max={180}
            label={<FieldLabel isOptional>{t("rework.dueInDays")}</FieldLabel>}
            description={t("rework.dueInDaysHelp")}
            value={entries.dueInDays}
            onChange={(event) => set({ dueInDays: event.currentTarget.value })}
          />
          {option.against.some(({ code }) => code === "approval_needed") ? (
            <TextInput
              className="field"
              label={t("rework.approval")}
              description={t("rework.approvalHelp")}
              required
              withAsterisk={false}
              maxLength={500}
              value={entries.approval}
              onChange={(event) => set({ approval: event.currentTarget.value })}
            />
          ) : null}
        </>
      );
    case "hold":
      return (
        <>
          {reason()}
          <Day
            label={t("hold.resumeOn")}
            help={t("hold.resumeOnHelp")}
            mostDays={180}
            value={entries.resumeOn}
            change={(resumeOn) => set({ resumeOn })}
          />
        </>
      );
    case "stop":
      return reason();
    case "skip":
      return (
        <>
          <p className="help">{t("skip.fourEyes")}</p>
          <Select
            label={t("skip.why")}
            help={t("skip.whyHelp")}
            options={option.reasonOptions.map((id) => ({ value: id, label: skipReasonInWords(id) }))}
            value={entries.skipReason}
            choose={(skipReason) => set({ skipReason })}
          />
          <Reason
            label={t("skip.inWords")}
            help={t("skip.inWordsHelp", { other: skipReasonInWords(otherReason) })}
            isOptional={entries.skipReason !== otherReason}
            maxLength={1000}
            value={entries.reason}
            change={(text) => set({ reason: text })}
          />
          <Textarea
            className="field"
            label={t("common:evidence")}
            description={t("skip.evidenceHelp")}
            autosize
            minRows={2}
            required
            withAsterisk={false}
            maxLength={2000}
            value={entries.evidence}
            onChange={(event) => set({ evidence: event.currentTarget.value })}
          />
        </>
      );
  }
}

function ConditionRows(props: {
  readonly rows: readonly ConditionEntry[];
  change(rows: readonly ConditionEntry[]): void;
}) {
  const { t } = useTranslation(["gate", "common"]);
  const { rows, change } = props;
  return (
    <>
      {rows.map((row, index) => {
        const set = (changed: Partial<ConditionEntry>) => change(rows.with(index, { ...row, ...changed }));
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row has nothing of its own but its place and what is typed.
          <fieldset key={index} className="condition">
            <legend>{t("condition.title", { number: index + 1 })}</legend>
            <Textarea
              className="field"
              label={t("condition.what")}
              description={t("condition.whatHelp")}
              autosize
              minRows={2}
              required
              withAsterisk={false}
              maxLength={1000}
              value={row.text}
              onChange={(event) => set({ text: event.currentTarget.value })}
            />
            <Select
              label={t("condition.who")}
              help={t("condition.whoHelp")}
              options={ownerRoles.map((role) => ({ value: role, label: inWords(someoneInWords(role)) }))}
              value={row.owner}
              choose={(owner) => set({ owner })}
            />
            <Day
              label={t("condition.until")}
              help={t("condition.untilHelp")}
              value={row.dueOn}
              change={(dueOn) => set({ dueOn })}
            />
            {rows.length === 1 ? null : (
              <Button
                variant="subtle"
                aria-label={t("condition.removeOne", { number: index + 1 })}
                onClick={() => change(rows.toSpliced(index, 1))}
              >
                {t("condition.remove")}
              </Button>
            )}
          </fieldset>
        );
      })}
      {rows.length >= mostConditions ? null : (
        <Button variant="default" onClick={() => change([...rows, emptyCondition])}>
          {t("condition.add")}
        </Button>
      )}
    </>
  );
}

/** What a decision is recorded with; the words stay when another decision is chosen. */
function Reason(props: {
  readonly label: string;
  readonly help: string;
  readonly isOptional: boolean;
  readonly maxLength: number;
  readonly value: string;
  change(text: string): void;
}) {
  const { label, help, isOptional, maxLength, value, change } = props;
  return (
    <Textarea
      className="field"
      label={<FieldLabel isOptional={isOptional}>{label}</FieldLabel>}
      description={help}
      autosize
      minRows={3}
      required={!isOptional}
      withAsterisk={false}
      maxLength={maxLength}
      value={value}
      onChange={(event) => change(event.currentTarget.value)}
    />
  );
}

/** A day after today. */
function Day(props: {
  readonly label: string;
  readonly help: string;
  readonly value: string;
  readonly mostDays?: number;
  change(day: string): void;
}) {
  const { day } = usePortal();
  return (
    <TextInput
      className="field"
      type="date"
      label={props.label}
      description={props.help}
      min={day(1)}
      {...(props.mostDays === undefined ? {} : { max: day(props.mostDays) })}
      required
      withAsterisk={false}
      value={props.value}
      onChange={(event) => props.change(event.currentTarget.value)}
    />
  );
}

/** Reasons of later process versions are shown by their id. */
export const skipReasonInWords = (id: string): string =>
  isKnownReason(id) ? i18next.t(`skip.reason.${id}`, { ns: "gate" }) : inWords(id);

const isKnownReason = (id: string): id is keyof Areas["gate"]["skip"]["reason"] =>
  i18next.exists(`skip.reason.${id}`, { ns: "gate" });
