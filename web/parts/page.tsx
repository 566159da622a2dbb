/** What a page begins with, and links between pages. */
import { Anchor, Button } from "@mantine/core";
import { createLink } from "@tanstack/react-router";
import { type ComponentProps, type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";

/**
 * A link to a page of the portal: `<PageLink to="/pilots/$pilotId" params={{ pilotId }}>`. `isButton`: what most people
 * do next.
 */
export const PageLink = createLink(
  ({ isButton = false, ...props }: Omit<ComponentProps<"a">, "color"> & { readonly isButton?: boolean }) =>
    isButton ? <Button component="a" {...props} /> : <Anchor {...props} underline="always" />,
);

/** Where reading goes on when what had the focus is gone. */
export const focusHeading = () => document.querySelector("h1")?.focus();

/** A page's heading takes the focus when the page opens, so that keyboard and screen reader start there. */
export function PageHeading(props: {
  readonly children: string;
  /** The pages above this one, from the top. */
  readonly trail?: readonly ReactNode[];
}) {
  const { t } = useTranslation("common");
  const { children, trail = [] } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = children === "Fairway" ? children : `${children} – Fairway`;
    const { activeElement } = document;
    // Has the page laid out: a task of its own, not the end of the one that drew it. Who is elsewhere by then stays there.
    const opened = setTimeout(() => {
      if (document.activeElement !== activeElement) return;
      heading.current?.focus({ preventScroll: true });
      window.scrollTo(0, 0);
    });
    return () => clearTimeout(opened);
  }, [children]);
  return (
    <div className="page-heading">
      {trail.length === 0 ? null : (
        <nav aria-label={t("shell.trail")}>
          <ol className="trail">
            {trail.map((link, level) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the pages above a page do not change places.
              <li key={level}>{link}</li>
            ))}
          </ol>
        </nav>
      )}
      <h1 ref={heading} tabIndex={-1}>
        {children}
      </h1>
    </div>
  );
}
