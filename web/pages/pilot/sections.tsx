/** The parts of the workspace, one below the other, with links to them that stay in view; the address says which one. */
import { useLocation } from "@tanstack/react-router";
import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { PilotView } from "../../../shared/contracts/views.ts";
import { isEnded } from "../../../shared/domain/pilot/state.ts";
import { Count } from "../../parts/labels.tsx";
import { PageLink } from "../../parts/page.tsx";
import { Empty } from "../../parts/states.tsx";
import { useShortcut } from "../../shell/shortcuts.ts";

export interface SectionLink {
  /** The id of its heading, and what stands behind "#" in the address. */
  readonly id: string;
  readonly title: string;
  readonly count?: number;
}

export function Section({ id, title, children }: SectionLink & { readonly children: ReactNode }) {
  return (
    <section aria-labelledby={id}>
      <h2 id={id} tabIndex={-1} className="section-heading">
        {title}
      </h2>
      {children}
    </section>
  );
}

/** Says what will appear; of a pilot that has ended, that nothing will. */
export function EmptyIn({ pilot, children }: { readonly pilot: PilotView; readonly children: ReactNode }) {
  const { t } = useTranslation(["workspace", "pilot"]);
  return <Empty>{isEnded(pilot) ? t("pilot:endedWithout") : children}</Empty>;
}

export function SectionNavigation(props: { readonly pilotId: string; readonly sections: readonly SectionLink[] }) {
  const { t } = useTranslation("workspace");
  const { pilotId, sections } = props;
  const hash = useLocation({ select: (location) => location.hash });
  useEffect(() => {
    if (hash !== "") goToSection(hash);
  }, [hash]);
  const move = (by: number) => {
    const at = sections.findIndex(({ id }) => id === sectionInView(sections));
    const next = sections[Math.min(Math.max(at + by, 0), sections.length - 1)];
    if (next !== undefined) document.getElementById(linkId(next.id))?.click();
  };
  useShortcut("j", t("keys.next"), () => move(1));
  useShortcut("k", t("keys.before"), () => move(-1));
  return (
    <nav className="section-links" aria-label={t("sections")}>
      <ul>
        {sections.map(({ id, title, count }) => (
          <li key={id}>
            <PageLink
              id={linkId(id)}
              to="/pilots/$pilotId"
              params={{ pilotId }}
              hash={id}
              replace
              hashScrollIntoView={false}
              activeOptions={{ includeHash: true }}
              // Also when the address has it already.
              onClick={() => goToSection(id)}
            >
              {title}
            </PageLink>
            {count === undefined ? null : <Count of={count} />}
          </li>
        ))}
      </ul>
    </nav>
  );
}

const linkId = (id: string): string => `to-${id}`;

function goToSection(id: string): void {
  const heading = document.getElementById(id);
  document.getElementById(linkId(id))?.scrollIntoView({ block: "nearest", inline: "center" });
  heading?.scrollIntoView();
  heading?.focus({ preventScroll: true });
}

/** The one that has the focus, else the last one whose heading is above the middle of the window; undefined at the top. */
function sectionInView(sections: readonly SectionLink[]): string | undefined {
  const focused = document.activeElement?.closest("section")?.getAttribute("aria-labelledby");
  if (sections.some(({ id }) => id === focused)) return focused ?? undefined;
  if (window.scrollY === 0) return undefined;
  const isAbove = ({ id }: SectionLink) =>
    (document.getElementById(id)?.getBoundingClientRect().top ?? Number.POSITIVE_INFINITY) < window.innerHeight / 2;
  return sections.findLast(isAbove)?.id;
}
