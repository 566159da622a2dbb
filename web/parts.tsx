/** Small pieces every page is made of. */
import { type FormEvent, type MouseEvent, type ReactNode, useEffect, useId, useRef } from "react";
import { ApiProblem } from "../shared/contracts/client.ts";
import { useAction, usePortal } from "./portal.ts";
import { navigate } from "./route.ts";
import { dayInWords, distanceInWords, inWords, toneOf } from "./words.ts";

/** A page's heading takes the focus when the page opens, so that keyboard and screen reader start there. */
export function PageHeading({ children, above }: { readonly children: string; readonly above?: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${children} – Fairway`;
    heading.current?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, [children]);
  return (
    <div className="page-heading">
      {above}
      <h1 ref={heading} tabIndex={-1}>
        {children}
      </h1>
    </div>
  );
}

export function Link({ to, children }: { readonly to: string; readonly children: ReactNode }) {
  const follow = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    navigate(to);
  };
  return (
    <a href={to} onClick={follow}>
      {children}
    </a>
  );
}

export function Status({ of: status }: { readonly of: string }) {
  return <span className={`status ${toneOf(status)}`}>{inWords(status)}</span>;
}

export function Problem({ error }: { readonly error: unknown }) {
  if (error === undefined) return null;
  const title = error instanceof ApiProblem ? error.title : "That did not work";
  const message = error instanceof Error ? error.message : "Please try again.";
  return (
    <div className="problem" role="alert">
      <strong>{title}.</strong> {message}
    </div>
  );
}

/** What a page shows until its answer is there. */
export function Waiting({ error, reload }: { readonly error: unknown; reload(): void }) {
  if (error === undefined) return <p className="quiet">Loading…</p>;
  return (
    <>
      <Problem error={error} />
      <button type="button" onClick={reload}>
        Try again
      </button>
    </>
  );
}

export function Empty({ children }: { readonly children: ReactNode }) {
  return <p className="empty">{children}</p>;
}

export function DueDate({ at, isOver }: { readonly at: string; readonly isOver: boolean }) {
  const { now } = usePortal();
  return (
    <span className={isOver ? "overdue" : undefined}>
      {isOver ? "Overdue: " : "Due "}
      <time dateTime={at}>{dayInWords(at)}</time> ({distanceInWords(at, now())})
    </span>
  );
}

export function ActionButton(props: {
  readonly children: ReactNode;
  readonly className?: string;
  /** What it is about, for those who do not see what stands beside it. */
  readonly about?: string;
  act(): Promise<void>;
}) {
  const { isPending, error, run } = useAction();
  return (
    <>
      <button
        type="button"
        className={props.className}
        aria-disabled={isPending}
        onClick={() => run(props.act)}
        aria-label={props.about === undefined ? undefined : `${props.children}: ${props.about}`}
      >
        {props.children}
      </button>
      <Problem error={error} />
    </>
  );
}

/** An operation that asks for something first, folded away until it is wanted. */
export function ActionForm(props: {
  readonly title: string;
  readonly explanation?: string;
  readonly confirm: string;
  readonly isGrave?: boolean;
  readonly children?: ReactNode;
  act(form: FormData): Promise<void>;
}) {
  const { isPending, error, run } = useAction();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    run(() => props.act(data));
  };
  return (
    <details className="action">
      <summary>{props.title}</summary>
      <form onSubmit={submit}>
        {props.explanation === undefined ? null : <p className="help">{props.explanation}</p>}
        {props.children}
        <Problem error={error} />
        <button type="submit" className={props.isGrave === true ? "grave" : "primary"} aria-disabled={isPending}>
          {props.confirm}
        </button>
      </form>
    </details>
  );
}

export function TextArea(props: {
  readonly name: string;
  readonly label: string;
  readonly isOptional?: boolean;
  readonly maxLength?: number;
}) {
  const id = useId();
  return (
    <p className="field">
      <label htmlFor={id}>
        {props.label}
        {props.isOptional === true ? <span className="optional"> (optional)</span> : null}
      </label>
      <textarea
        id={id}
        name={props.name}
        rows={3}
        required={props.isOptional !== true}
        maxLength={props.maxLength ?? 2000}
      />
    </p>
  );
}

export function Input(props: {
  readonly name: string;
  readonly label: string;
  readonly type: "text" | "date" | "number";
  readonly min?: string | number;
  readonly max?: string | number;
  readonly maxLength?: number;
  readonly isOptional?: boolean;
}) {
  const id = useId();
  return (
    <p className="field">
      <label htmlFor={id}>
        {props.label}
        {props.isOptional === true ? <span className="optional"> (optional)</span> : null}
      </label>
      <input
        id={id}
        name={props.name}
        type={props.type}
        min={props.min}
        max={props.max}
        maxLength={props.maxLength}
        required={props.isOptional !== true}
      />
    </p>
  );
}

export function Select(props: {
  readonly name: string;
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
}) {
  const id = useId();
  return (
    <p className="field">
      <label htmlFor={id}>{props.label}</label>
      <select id={id} name={props.name} required defaultValue="">
        <option value="">Choose…</option>
        {props.options.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </p>
  );
}

/** The text typed into a field of a form; empty when there is none. */
export function textIn(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value.trim() : "";
}
