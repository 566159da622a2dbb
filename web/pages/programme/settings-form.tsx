/**
 * The settings as a form: what is typed lies over what is set, so that nothing of it is lost when somebody else saves first.
 * Before saving it says what will change, and asks why.
 */
import { Anchor, Button, Textarea } from "@mantine/core";
import { type FormEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiProblem } from "../../../shared/contracts/client.ts";
import type { ProgrammeView } from "../../../shared/contracts/people-operations.ts";
import type { ProcessVersionView } from "../../../shared/contracts/process-operations.ts";
import { movableSteps } from "../../../shared/domain/programme-timing.ts";
import { useCommand } from "../../api/queries.ts";
import { Problem } from "../../parts/states.tsx";
import { useAction, usePortal } from "../../portal.ts";
import { ChangeLines } from "./change-lines.tsx";
import { Holidays } from "./holidays.tsx";
import { LastForgetting } from "./last-forgetting.tsx";
import { numberGroups, type ProgrammeDraft, wantedOf } from "./programme-draft.ts";
import { DaysField, NumberField, OwnDays, StepField } from "./setting-fields.tsx";

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
  const toSave = useRef<HTMLHeadingElement>(null);
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
    // With nothing to save the buttons go.
    toSave.current?.focus();
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
  const dueInDaysField = ({ id, name, dueInDays }: ProcessVersionView["intake"]) => (
    <DaysField
      key={id}
      {...place}
      at={`dueInDays/${id}`}
      label={`${id} ${name}`}
      set={parameters.dueInDays[id]}
      own={dueInDays}
    />
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
        <p className="help">
          {t("durations.help")}
          {mayChange ? ` ${t("durations.empty")}` : null}
        </p>
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
              {stage.deliverables.map(dueInDaysField)}
            </div>
          </details>
        ))}
        <details className="action folded">
          <summary>
            {t("durations.around")}
            <OwnDays isSet={hasOwn(parameters, [process.intake, process.followUp])} />
          </summary>
          <div className="settings">{[process.intake, process.followUp].map(dueInDaysField)}</div>
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
      {changes.length === 0 ? null : (
        <div className="form-bar">
          <p className="saving" role="status">
            {t("save.count", { count: changes.length })}
          </p>
          <Anchor href="#save" underline="always">
            {t("save.look")}
          </Anchor>
        </div>
      )}
      {mayChange ? (
        <section aria-labelledby="save" className="to-save">
          <h2 id="save" tabIndex={-1} ref={toSave}>
            {t("save.title")}
          </h2>
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
                description={t("save.reasonHelp")}
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

const hasOwn = (
  { dueInDays }: ProgrammeView["parameters"],
  deliverables: readonly { readonly id: string }[],
): boolean => deliverables.some(({ id }) => dueInDays[id] !== undefined);
