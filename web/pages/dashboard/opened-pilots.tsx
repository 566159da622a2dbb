/** Every figure opens the pilots behind it. */
import { createContext, lazy, type ReactNode, Suspense, use, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { DashboardView } from "../../../shared/contracts/dashboard-operations.ts";
import { numberInWords } from "../../language/format.ts";

/** A figure that was pressed. */
interface Opened {
  readonly title: string;
  readonly pilotIds: readonly string[];
}

interface Opening {
  open(opened: Opened): void;
  nameOf(figure: string, title: string): string;
}

const Opening = createContext<Opening>({ open: () => {}, nameOf: (figure) => figure });

const loadDrawer = () => import("./pilots-drawer.tsx");
const PilotsDrawer = lazy(() => loadDrawer().then((module) => ({ default: module.PilotsDrawer })));

/** Around the figures; `pilots` says what is known of each pilot they name. */
export function OpenedPilots(props: { readonly pilots: DashboardView["pilots"]; readonly children: ReactNode }) {
  const { t } = useTranslation("dashboard");
  const { pilots, children } = props;
  const [opened, setOpened] = useState<Opened>();
  const [isOpen, setOpen] = useState(false);
  // Fetched after the figures and before the first is pressed; what fails here is tried again then.
  useEffect(() => void loadDrawer().catch(() => undefined), []);
  const opening = useMemo<Opening>(
    () => ({
      open: (figure) => {
        setOpened(figure);
        setOpen(true);
      },
      // Here once, not in each of some hundred figures.
      nameOf: (figure, title) => t("opens", { figure, title }),
    }),
    [t],
  );
  return (
    <Opening value={opening}>
      {children}
      {opened === undefined ? null : (
        <Suspense>
          <PilotsDrawer {...opened} isOpen={isOpen} pilots={pilots} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </Opening>
  );
}

/** A figure in numbers, or in the words given; pressed it opens its pilots. Nothing behind it, nothing to press. */
export function Opens(props: {
  readonly of: { readonly count: number; readonly pilotIds: readonly string[] };
  /** What the figure counts: with the number its name. */
  readonly title: string;
  readonly children?: string;
}) {
  const { open, nameOf } = use(Opening);
  const { of, title } = props;
  const { children: says = numberInWords(of.count) } = props;
  if (of.pilotIds.length === 0) return <>{says}</>;
  return (
    <button
      type="button"
      className="opens"
      aria-haspopup="dialog"
      aria-label={nameOf(says, title)}
      onClick={() => open({ title, pilotIds: of.pilotIds })}
    >
      {says}
    </button>
  );
}
