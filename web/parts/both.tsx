/** A page that needs two answers before it shows anything. */
import type { ReactNode } from "react";
import type { Asked } from "../api/queries.ts";
import { PageHeading } from "./page.tsx";
import { Waiting } from "./states.tsx";

/** Until both are there: the page's title, and that it waits or what did not work. */
export function Both<First, Second>(props: {
  readonly title: string;
  readonly first: Asked<First>;
  readonly second: Asked<Second>;
  children(first: First, second: Second): ReactNode;
}) {
  const { title, first, second, children } = props;
  if (first.data !== undefined && second.data !== undefined) return children(first.data, second.data);
  const reload = () => {
    void first.refetch();
    void second.refetch();
  };
  return (
    <>
      <PageHeading>{title}</PageHeading>
      <Waiting error={first.error ?? second.error} reload={reload} />
    </>
  );
}
