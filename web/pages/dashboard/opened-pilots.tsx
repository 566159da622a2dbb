/** Every figure opens the pilots behind it. */
import { Drawer } from "@mantine/core";
import { createContext, type ReactNode, use, useState } from "react";
import { useTranslation } from "react-i18next";
import type { DashboardView } from "../../../shared/contracts/dashboard-operations.ts";
import { countryName, inOrder, numberInWords } from "../../language/format.ts";
import { Status } from "../../parts/labels.tsx";
import { PageLink } from "../../parts/page.tsx";
import { stageInWords } from "../../words.ts";

interface Opened {
  readonly title: string;
  readonly pilotIds: readonly string[];
}

const Opening = createContext<(opened: Opened) => void>(() => {});

/** Around the figures; `pilots` says what is known of each pilot they name. */
export function OpenedPilots(props: { readonly pilots: DashboardView["pilots"]; readonly children: ReactNode }) {
  const { t } = useTranslation(["dashboard", "common"]);
  const { pilots, children } = props;
  const [shown, setShown] = useState<Opened>({ title: "", pilotIds: [] });
  const [isOpen, setOpen] = useState(false);
  const named = shown.pilotIds
    .flatMap((id) => (pilots[id] === undefined ? [] : [{ id, ...pilots[id] }]))
    .sort((one, other) => inOrder(one.title, other.title));
  return (
    <Opening
      value={(opened) => {
        setShown(opened);
        setOpen(true);
      }}
    >
      {children}
      <Drawer
        opened={isOpen}
        onClose={() => setOpen(false)}
        position="right"
        title={shown.title}
        closeButtonProps={{ "aria-label": t("common:close") }}
      >
        <p className="quiet">{t("behind", { number: numberInWords(named.length) })}</p>
        <ul className="cards">
          {named.map((pilot) => (
            <li key={pilot.id}>
              <p className="what">
                <PilotLink id={pilot.id} title={pilot.title} />
                <Status of={pilot.status} />
              </p>
              <p className="quiet">
                {pilot.market === undefined
                  ? countryName(pilot.country)
                  : t("common:route", { from: countryName(pilot.country), to: countryName(pilot.market) })}{" "}
                · {stageInWords(pilot.stage)}
              </p>
            </li>
          ))}
        </ul>
      </Drawer>
    </Opening>
  );
}

export function PilotLink({ id, title }: { readonly id: string; readonly title: string | undefined }) {
  return (
    <PageLink to="/pilots/$pilotId" params={{ pilotId: id }}>
      {title ?? id}
    </PageLink>
  );
}

/** A figure in numbers, or in the words given; pressed it opens its pilots. Nothing behind it, nothing to press. */
export function Opens(props: {
  readonly of: { readonly count: number; readonly pilotIds: readonly string[] };
  /** What the figure counts: with the number its name. */
  readonly title: string;
  readonly children?: string;
}) {
  const { t } = useTranslation("dashboard");
  const open = use(Opening);
  const { of, title } = props;
  const { children: says = numberInWords(of.count) } = props;
  if (of.pilotIds.length === 0) return <>{says}</>;
  return (
    <button
      type="button"
      className="opens"
      aria-haspopup="dialog"
      aria-label={t("opens", { figure: says, title })}
      onClick={() => open({ title, pilotIds: of.pilotIds })}
    >
      {says}
    </button>
  );
}
