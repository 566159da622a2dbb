/** One group of an inbox under its name. */
import type { ReactNode } from "react";
import { Count } from "../../parts/labels.tsx";
import type { InboxGroup } from "./inbox.ts";

export function InboxSection(props: {
  readonly group: InboxGroup;
  readonly title: string;
  /** What it means for whoever has the tasks. */
  readonly help?: string;
  readonly children: ReactNode;
}) {
  const { group, title, help, children } = props;
  const id = `group-${group.id}`;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>
        {title} <Count of={group.tasks.length} />
      </h2>
      {help === undefined ? null : <p className="help">{help}</p>}
      <ul className="cards">{children}</ul>
    </section>
  );
}
