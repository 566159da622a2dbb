/** One setting each: its name, what it means, what it is when nobody sets it; to change, or only to read. */
import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ProcessVersionView } from "../../../shared/contracts/process-operations.ts";
import type { MovableStepId } from "../../../shared/domain/programme-timing.ts";
import { numberInWords } from "../../language/format.ts";
import { Mark } from "../../parts/labels.tsx";
import { useValueWords } from "./change-lines.tsx";
import { type NumberParameter, ownStepDays, stepSign } from "./programme-draft.ts";

interface Place {
  readonly mayChange: boolean;
  readonly process: ProcessVersionView;
  type(key: string, text: string): void;
  textOf(key: string, set: number | undefined): string;
}

/** Set by the programme, not by Fairway or the process. */
export function OwnDays({ isSet }: { readonly isSet: boolean }) {
  const { t } = useTranslation("programme");
  return isSet ? (
    <>
      {" "}
      <Mark tone="gray">{t("changed")}</Mark>
    </>
  ) : null;
}

export function NumberField(
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

export function DaysField(
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

export function StepField(props: Place & { readonly step: MovableStepId; readonly set: number | undefined }) {
  const { t } = useTranslation("programme");
  const { step, set, mayChange, process, type, textOf } = props;
  const own = Math.abs(ownStepDays(process, step));
  const isBefore = stepSign(process, step) < 0;
  const unit = step === "review" ? "workingDays" : isBefore ? "before" : "after";
  const { daysOf } = useValueWords(process);
  return (
    <Setting
      label={t(`step.${step}.label`)}
      description={`${t(`step.${step}.help`)} ${t("ofProcess", { days: daysOf(step, own) })}`}
      unit={t(`unitOf.${unit}`)}
      isOwn={set !== undefined}
      mayChange={mayChange}
      shown={`${numberInWords(Math.abs(set ?? own))}\u00a0${t(`unitOf.${unit}`)}`}
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
