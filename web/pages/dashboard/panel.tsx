/** What all figures of the dashboard stand in. */
import { type ReactNode, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { percentOf } from "./figures.ts";

/** One question and its answer: first in a sentence, then drawn, then in numbers. */
export function Panel(props: {
  readonly title: string;
  readonly says?: string | undefined;
  readonly help?: string;
  readonly isWide?: boolean;
  readonly children: ReactNode;
}) {
  const id = useId();
  const { title, says, help, isWide = false, children } = props;
  return (
    <section className={isWide ? "panel across" : "panel"} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {says === undefined ? null : <p className="says">{says}</p>}
      {help === undefined ? null : <p className="help">{help}</p>}
      {children}
    </section>
  );
}

/** Unfolded by whoever wants to see it; until then its content costs nothing. */
export function Unfold({ summary, children }: { readonly summary: string; children(): ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary className="unfold">{summary}</summary>
      {isOpen ? children() : null}
    </details>
  );
}

/** The numbers of a chart, for whoever would rather read them. */
export function Numbers({ children }: { children(): ReactNode }) {
  const { t } = useTranslation("dashboard");
  return <Unfold summary={t("numbers")}>{children}</Unfold>;
}

export function NumberTable(props: {
  readonly caption: string;
  /** The first column names the row, the others hold figures. */
  readonly columns: readonly string[];
  readonly children: ReactNode;
}) {
  const { caption, columns, children } = props;
  return (
    // A group, no landmark: the panel around it is one already.
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
    <div className="table-scroll" role="group" aria-label={caption} tabIndex={0}>
      <table className="table">
        <caption className="for-readers">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column, index) => (
              <th key={column} scope="col" className={index === 0 ? undefined : "figure"}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

/** The number beside it says the same. */
export function Bar({ value, max, tone = "plain" }: { value: number; max: number; tone?: "plain" | "late" }) {
  return (
    <span className={`bar ${tone}`} aria-hidden>
      <span style={{ width: `${percentOf(value, max)}%` }} />
    </span>
  );
}
