/** The pilots behind a figure. */
import { Drawer } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { DashboardView } from "../../../shared/contracts/dashboard-operations.ts";
import { inOrder, numberInWords } from "../../language/format.ts";
import { FactsInLine } from "../../parts/facts.tsx";
import { Status } from "../../parts/labels.tsx";
import { routeInWords, stageInWords } from "../../words.ts";
import { PilotLink } from "./pilot-link.tsx";

export function PilotsDrawer(props: {
  readonly title: string;
  readonly pilotIds: readonly string[];
  readonly isOpen: boolean;
  readonly pilots: DashboardView["pilots"];
  onClose(): void;
}) {
  const { t } = useTranslation(["dashboard", "common"]);
  const { title, pilotIds, isOpen, pilots, onClose } = props;
  // It remembers where the focus was when it opens, not when it is open from the start.
  const [isShown, setShown] = useState(false);
  useEffect(() => setShown(isOpen), [isOpen]);
  const named = pilotIds
    .flatMap((id) => (pilots[id] === undefined ? [] : [{ id, ...pilots[id] }]))
    .sort((one, other) => inOrder(one.title, other.title));
  return (
    <Drawer
      opened={isShown}
      onClose={onClose}
      position="right"
      title={title}
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
              <FactsInLine>
                {routeInWords(pilot)}
                {stageInWords(pilot.stage)}
              </FactsInLine>
            </p>
          </li>
        ))}
      </ul>
    </Drawer>
  );
}
