/**
 * The settings as a form: what is typed lies over what is set, so that nothing of it is lost when somebody else saves first.
 * Before saving it says what will change, and asks why.
 */
import { Button, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiProblem } from "../../../shared/contracts/client.ts";
import type { ProgrammeView } from "../../../shared/contracts/people-operations.ts";
import type { ProcessVersionView } from "../../../shared/contracts/process-operations.ts";
import { type MovableStepId, movableSteps } from "../../../shared/domain/programme-timing.ts";
import { useCommand } from "../../api/queries.ts";
import { numberInWords } from "../../language/format.ts";
import { Mark } from "../../parts/labels.tsx";
import { Problem } from "../../parts/states.tsx";
import { useAction, usePortal } from "../../portal.ts";
import { ChangeLines, useValueWords } from "./change-lines.tsx";
import { Holidays } from "./holidays.tsx";
import { LastForgetting } from "./last-forgetting.tsx";
import {
  type NumberParameter,
  numberGroups,
  ownStepDays,
  type ProgrammeDraft,
  stepSign,
  wantedOf,
} from "./programme-draft.ts";

interface SettingsFormProps {
  readonly programme: ProgrammeView;
  readonly process: ProcessVersionView;
  readonly mayChange: boolean;
  reload(): Promise<void>;
}

export function SettingsForm({ programme, process, mayChange, reload }: SettingsFormProps) {
  const { t } = useTranslation(["programme", "common"]);
  const { announce } = usePortal();
  const change = useCommand("changeProgramme", { invalidates: ["getProgramme"] });
  const { isPending, error, run } = useAction();
  const [draft, setDraft] = useState<ProgrammeDraft>({ texts: {} });
  const [reason, setReason] = useState("");
  /** The version somebody else's change was met at. */
  const [metAt, setMetAt] = useState<number>();
  const { parameters, defaults } = programme;
  const wanted = wantedOf(parameters, draft, process);
  const changes = Object.entries(wanted).map(([parameter, after]) => ({
    parameter,
    before: new Map<string, unknown>(Object.entries(parameters)).get(parameter),
    after,
  }));

  const type = (key: string, text: string) => setDraft({ ...draft, texts: { ...draft.texts, [key]: text } });
  const textOf = (key: string, set: number | undefined) => draft.texts[key] ?? (set === undefined ? "" : String(set));
  const forget = () => {
    setDraft({ texts: {} });
    setReason("");
    setMetAt(undefined);
  };
  const save = async () => {
    try {
      await change.mutateAsync({ body: { expectedVersion: programme.version, reason, ...wanted } });
    } catch (refused) {
      if (!(refused instanceof ApiProblem && refused.kind === "StaleVersion")) throw refused;
      await reload();
      setMetAt(programme.version);
      return;
    }
    forget();
    announce(t("saved"));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    run(save);
  };
  const place = { mayChange, type, textOf, process };
  const numberFields = (group: keyof typeof numberGroups) => (
    <div className="settings">
      {numberGroups[group].map((parameter) => (
        <NumberField
          key={parameter.name}
          {...place}
          parameter={parameter}
          value={parameters[parameter.name]}
          standard={defaults[parameter.name]}
        />
      ))}
    </div>
  );

  return (
    <form onSubmit={submit}>
      <section aria-labelledby="amounts">
        <h2 id="amounts">{t("amounts")}</h2>
        {numberFields("amounts")}
      </section>
      <Holidays
        days={draft.holidays ?? parameters.extraHolidays}
        mayChange={mayChange}
        change={(holidays) => setDraft({ ...draft, holidays })}
      />
      <section aria-labelledby="durations">
        <h2 id="durations">{t("durations.title")}</h2>
        <p className="help">{t("durations.help")}</p>
        {process.stages.map((stage) => (
          <details key={stage.id} className="action folded">
            <summary>
              {stage.name}: {t("unit.days", { count: parameters.stageDays[stage.id] ?? stage.durationDays })}
              <OwnDays isSet={parameters.stageDays[stage.id] !== undefined || hasOwn(parameters, stage.deliverables)} />
            </summary>
            <div className="settings">
              <DaysField
                {...place}
                at={`stageDays/${stage.id}`}
                label={t("durations.stage")}
                set={parameters.stageDays[stage.id]}
                own={stage.durationDays}
              />
              {stage.deliverables.map(({ id, name, dueInDays }) => (
                <DaysField
                  key={id}
                  {...place}
                  at={`dueInDays/${id}`}
                  label={`${id} ${name}`}
                  set={parameters.dueInDays[id]}
                  own={dueInDays}
                />
              ))}
            </div>
          </details>
        ))}
        <details className="action folded">
          <summary>
            {t("durations.around")}
            <OwnDays isSet={hasOwn(parameters, [process.intake, process.followUp])} />
          </summary>
          <div className="settings">
            {[process.intake, process.followUp].map(({ id, name, dueInDays }) => (
              <DaysField
                key={id}
                {...place}
                at={`dueInDays/${id}`}
                label={`${id} ${name}`}
                set={parameters.dueInDays[id]}
                own={dueInDays}
              />
            ))}
          </div>
        </details>
      </section>
      <section aria-labelledby="reminders">
        <h2 id="reminders">{t("reminders.title")}</h2>
        <p className="help">{t("reminders.help")}</p>
        <div className="settings">
          {movableSteps.map((step) => (
            <StepField key={step} {...place} step={step} set={parameters.reminderDays[step]} />
          ))}
        </div>
      </section>
      <section aria-labelledby="retention">
        <h2 id="retention">{t("retention.title")}</h2>
        <p className="help">{t("retention.help")}</p>
        {numberFields("retention")}
        <LastForgetting last={programme.lastForgetting} />
      </section>
      {mayChange ? (
        <section aria-labelledby="save" className="to-save">
          <h2 id="save">{t("save.title")}</h2>
          {metAt === undefined ? null : (
            <div className="notice" role="alert">
              <p>
                <strong>{t("save.met")}</strong> {t("save.kept")}
              </p>
            </div>
          )}
          {changes.length === 0 ? (
            <p className="help">{t("save.nothing")}</p>
          ) : (
            <>
              <ChangeLines changes={changes} process={process} />
              <p className="help">{t("save.fromNow")}</p>
              <Textarea
                className="field"
                label={t("common:reason")}
                rows={2}
                required
                withAsterisk={false}
                maxLength={1000}
                value={reason}
                onChange={(event) => setReason(event.currentTarget.value)}
              />
              <Problem error={error} />
              <div className="buttons">
                <Button type="submit" aria-disabled={isPending}>
                  {t("save.confirm")}
                </Button>
                <Button variant="default" onClick={forget}>
                  {t("save.discard")}
                </Button>
              </div>
            </>
          )}
        </section>
      ) : null}
    </form>
  );
}

interface Place {
  readonly mayChange: boolean;
  readonly process: ProcessVersionView;
  type(key: string, text: string): void;
  textOf(key: string, set: number | undefined): string;
}

const hasOwn = (
  { dueInDays }: ProgrammeView["parameters"],
  deliverables: readonly { readonly id: string }[],
): boolean => deliverables.some(({ id }) => dueInDays[id] !== undefined);

/** Set by the programme, not by Fairway or the process. */
function OwnDays({ isSet }: { readonly isSet: boolean }) {
  const { t } = useTranslation("programme");
  return isSet ? (
    <>
      {" "}
      <Mark tone="gray">{t("changed")}</Mark>
    </>
  ) : null;
}

function NumberField(
  props: Place & { readonly parameter: NumberParameter; readonly value: number; readonly standard: number },
) {
  const { t } = useTranslation("programme");
  const { parameter, value, standard, mayChange, type, textOf, process } = props;
  const { name, unit, scale, min, max } = parameter;
  const words = useValueWords(process);
  const help = t(`parameter.${name}.help`);
  const usual = t("default", { value: words.inWordsOf({ parameter: name }, standard) });
  return (
    <Setting
      label={t(`parameter.${name}.label`)}
      description={`${help} ${usual}`}
      unit={t(`unitOf.${unit}`)}
      isOwn={value !== standard}
      mayChange={mayChange}
      shown={
        unit === "people"
          ? `${numberInWords(value / scale)} ${t("unitOf.people")}`
          : words.inWordsOf({ parameter: name }, value)
      }
      value={textOf(name, value / scale)}
      min={min}
      max={max}
      step={scale === 1 ? 1 : 0.01}
      onChange={(text) => type(name, text)}
      isRequired
    />
  );
}

function DaysField(
  props: Place & {
    readonly at: string;
    readonly label: string;
    readonly set: number | undefined;
    readonly own: number;
  },
) {
  const { t } = useTranslation("programme");
  const { at, label, set, own, mayChange, type, textOf } = props;
  return (
    <Setting
      label={label}
      description={t("ofProcess", { days: t("unit.days", { count: own }) })}
      unit={t("unitOf.days")}
      isOwn={set !== undefined}
      mayChange={mayChange}
      shown={t("unit.days", { count: set ?? own })}
      value={textOf(at, set)}
      placeholder={String(own)}
      min={1}
      max={730}
      onChange={(text) => type(at, text)}
    />
  );
}

function StepField(props: Place & { readonly step: MovableStepId; readonly set: number | undefined }) {
  const { t } = useTranslation("programme");
  const { step, set, mayChange, process, type, textOf } = props;
  const own = Math.abs(ownStepDays(process, step));
  const isBefore = stepSign(process, step) < 0;
  const unit = step === "review" ? "workingDays" : isBefore ? "before" : "after";
  return (
    <Setting
      label={t(`step.${step}.label`)}
      description={`${t(`step.${step}.help`)} ${t("ofProcess", { days: t("unit.days", { count: own }) })}`}
      unit={t(`unitOf.${unit}`)}
      isOwn={set !== undefined}
      mayChange={mayChange}
      shown={`${numberInWords(Math.abs(set ?? own))} ${t(`unitOf.${unit}`)}`}
      value={textOf(`reminderDays/${step}`, set === undefined ? undefined : Math.abs(set))}
      placeholder={String(own)}
      min={1}
      max={isBefore ? 90 : 180}
      onChange={(text) => type(`reminderDays/${step}`, text)}
    />
  );
}

function Setting(props: {
  readonly label: string;
  readonly description: string;
  readonly unit: string;
  readonly isOwn: boolean;
  readonly mayChange: boolean;
  /** For those who only read. */
  readonly shown: string;
  readonly value: string;
  readonly placeholder?: string;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  readonly isRequired?: boolean;
  onChange(text: string): void;
}) {
  const { label, description, unit, isOwn, mayChange, shown, value, min, max, step = 1, isRequired = false } = props;
  if (!mayChange) {
    return (
      <div className="setting">
        <p className="setting-name">
          {label}
          <OwnDays isSet={isOwn} />
        </p>
        <p>{shown}</p>
        <p className="help">{description}</p>
      </div>
    );
  }
  return (
    <TextInput
      className="setting"
      type="number"
      label={
        <>
          {label} <span className="unit">({unit})</span>
          <OwnDays isSet={isOwn} />
        </>
      }
      description={description}
      inputWrapperOrder={["label", "input", "description"]}
      value={value}
      min={min}
      max={max}
      step={step}
      required={isRequired}
      withAsterisk={false}
      {...(props.placeholder === undefined ? {} : { placeholder: props.placeholder })}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  );
}
