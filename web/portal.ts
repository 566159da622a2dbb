/** What every page has at hand: who acts, the API, the time. Reading and changing go through `api/queries.ts`. */
import { createContext, use, useCallback, useRef, useState } from "react";
import type { Call } from "../shared/contracts/client.ts";
import type { OutputOf } from "../shared/contracts/operations.ts";
import type { Seat } from "./shell/seat.ts";

/** Who acts. */
export type Me = OutputOf<"getMe"> & {
  /** Whose tasks are one's own now: the person's, or those of somebody away whom they stand in for. */
  readonly seatId: string;
};

export interface Portal {
  /** Past the cache: for what `useOperation` and `useCommand` do not fit. */
  readonly call: Call;
  readonly me: Me;
  /** The time of Fairway, which a sample programme can move ahead of the device's. */
  now(): Date;
  /** The calendar day on the device, so many days from today: "2027-03-01", as a date field has it. */
  day(inDays?: number): string;
  /** Says something to everyone, screen readers included, once. */
  announce(message: string): void;
  /** Somebody away, for whom the person acts; undefined in their own place. */
  readonly seat: Seat | undefined;
  /** Acts for somebody away, or (undefined) in the own place again. */
  takeSeat(seat: Seat | undefined): void;
}

export const PortalContext = createContext<Portal | undefined>(undefined);

export function usePortal(): Portal {
  const portal = use(PortalContext);
  if (portal === undefined) throw new Error("Pages are shown inside the portal.");
  return portal;
}

interface Action {
  readonly isPending: boolean;
  readonly error: unknown;
  /** Runs one at a time: a second click while the first is under way does nothing. */
  run(work: () => Promise<void>): void;
}

export function useAction(): Action {
  const [state, setState] = useState<{ isPending: boolean; error?: unknown }>({ isPending: false });
  const isBusy = useRef(false);
  const run = useCallback((work: () => Promise<void>) => {
    if (isBusy.current) return;
    isBusy.current = true;
    setState({ isPending: true });
    work()
      .then(
        () => setState({ isPending: false }),
        (error: unknown) => setState({ isPending: false, error }),
      )
      .finally(() => {
        isBusy.current = false;
      });
  }, []);
  return { isPending: state.isPending, error: state.error, run };
}
