/** Buttons and small forms that do something, with what did not work beside them. */
import { Button, type ButtonProps, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { type ChangeEvent, type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../portal.ts";
import { FieldLabel } from "./field-label.tsx";
import { useFocusKept } from "./focus-kept.ts";
import { Problem } from "./states.tsx";

export function ActionButton(props: {
  readonly children: string;
  /** What most people do next, or what they seldom do. */
  readonly rank?: "primary" | "quiet";
  readonly size?: ButtonProps["size"];
  /** What it is about, for those who do not see what stands beside it. */
  readonly about?: string;
  act(): Promise<void>;
}) {
  const { isPending, error, run } = useAction();
  const button = useFocusKept<HTMLButtonElement>();
  return (
    <>
      <Button
        ref={button}
        variant={props.rank === "primary" ? "filled" : props.rank === "quiet" ? "subtle" : "default"}
        {...(props.size === undefined ? {} : { size: props.size })}
        aria-disabled={isPending}
        onClick={() => run(props.act)}
        aria-label={props.about === undefined ? undefined : `${props.children}: ${props.about}`}
      >
        {props.children}
      </Button>
      <Problem error={error} />
    </>
  );
}

/** An operation that asks for something first, folded away until it is wanted, and again once it is done. */
export function ActionForm(props: {
  readonly title: string;
  readonly explanation?: string;
  readonly confirm: string;
  readonly isGrave?: boolean;
  /** There is nothing else to do on the page. */
  readonly isOpen?: boolean;
  readonly children?: ReactNode;
  act(form: FormData): Promise<void>;
}) {
  const { isPending, error, run } = useAction();
  const details = useFocusKept<HTMLDetailsElement>();
  const [timesDone, setTimesDone] = useState(0);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    run(async () => {
      await props.act(data);
      fold();
    });
  };
  const fold = () => {
    const { current } = details;
    if (current === null) return;
    if (current.contains(document.activeElement)) current.querySelector("summary")?.focus();
    current.open = false;
    setTimesDone((before) => before + 1);
  };
  return (
    <details className="action" ref={details} open={props.isOpen}>
      <summary>{props.title}</summary>
      {/* Empty again: pressing twice must not do it twice. */}
      <form key={timesDone} onSubmit={submit}>
        {props.explanation === undefined ? null : <p className="help">{props.explanation}</p>}
        {props.children}
        <Problem error={error} />
        <Button type="submit" color={props.isGrave === true ? "alert" : "fairway"} aria-disabled={isPending}>
          {props.confirm}
        </Button>
      </form>
    </details>
  );
}

interface FieldProps {
  readonly name: string;
  readonly label: string;
  /** What the label does not say: what to write, who reads it, what follows. */
  readonly help?: string;
  readonly isOptional?: boolean;
}

export function TextArea({
  name,
  label,
  help,
  isOptional = false,
  maxLength = 2000,
}: FieldProps & { readonly maxLength?: number }) {
  return (
    <Textarea
      className="field"
      name={name}
      label={<FieldLabel isOptional={isOptional}>{label}</FieldLabel>}
      description={help}
      rows={3}
      required={!isOptional}
      withAsterisk={false}
      maxLength={maxLength}
    />
  );
}

export function Input(
  props: FieldProps & {
    readonly type: "text" | "email" | "date" | "number";
    readonly min?: string | number;
    readonly max?: string | number;
    readonly maxLength?: number;
  },
) {
  const { name, label, help, isOptional = false, type, min, max, maxLength } = props;
  return (
    <TextInput
      className="field"
      name={name}
      label={<FieldLabel isOptional={isOptional}>{label}</FieldLabel>}
      description={help}
      type={type}
      min={min}
      max={max}
      maxLength={maxLength}
      required={!isOptional}
      withAsterisk={false}
    />
  );
}

/** One of a few, read from the form by its name or held by whoever draws it. */
export function Select(
  props: {
    readonly label: string;
    readonly help?: string;
    readonly options: readonly { readonly value: string; readonly label: string }[];
  } & ({ readonly name: string } | { readonly value: string; choose(value: string): void }),
) {
  const { t } = useTranslation("common");
  const held =
    "name" in props
      ? { name: props.name, defaultValue: "" }
      : { value: props.value, onChange: (event: ChangeEvent<HTMLSelectElement>) => props.choose(event.target.value) };
  return (
    <NativeSelect
      className="field"
      label={props.label}
      description={props.help}
      required
      withAsterisk={false}
      {...held}
    >
      <option value="">{t("choose")}</option>
      {props.options.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </NativeSelect>
  );
}

/** The text typed into a field of a form; empty when there is none. */
export function textIn(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value.trim() : "";
}
