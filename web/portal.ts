/** What every page has at hand: who acts, the API, the time; and how pages load and change things. */
import { createContext, use, useCallback, useEffect, useRef, useState } from "react";
import type { Call, InputOf } from "../shared/contracts/client.ts";
import type { OperationId, OutputOf } from "../shared/contracts/operations.ts";

export interface Portal {
  readonly call: Call;
  readonly me: OutputOf<"getMe">;
  /** The time of Fairway, which a sample programme can move ahead of the device's. */
  now(): Date;
  /** Says something to everyone, screen readers included, once. */
  announce(message: string): void;
}

export const PortalContext = createContext<Portal | undefined>(undefined);

export function usePortal(): Portal {
  const portal = use(PortalContext);
  if (portal === undefined) throw new Error("Pages are shown inside the portal.");
  return portal;
}

export interface Loaded<Answer> {
  readonly answer: Answer | undefined;
  readonly error: unknown;
  reload(): void;
  /** An operation answered with the new state: shown without asking again. */
  replace(answer: Answer): void;
}

/** Asks when the page opens and when the input changes; the last answer stays while a new one is on its way. */
export function useAnswer<Id extends OperationId>(id: Id, input: InputOf<Id>): Loaded<OutputOf<Id>> {
  const { call } = usePortal();
  const [state, setState] = useState<{ key: string; answer?: OutputOf<Id>; error?: unknown }>({ key: "" });
  const [attempt, setAttempt] = useState(0);
  const key = JSON.stringify(input);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the input is compared by what it says; an attempt asks anew.
  useEffect(() => {
    let isCurrent = true;
    call(id, input).then(
      (answer) => isCurrent && setState({ key, answer }),
      (error: unknown) => isCurrent && setState((before) => ({ ...(before.key === key ? before : {}), key, error })),
    );
    return () => {
      isCurrent = false;
    };
  }, [call, id, key, attempt]);
  const isMine = state.key === key;
  return {
    answer: isMine ? state.answer : undefined,
    error: isMine ? state.error : undefined,
    reload: useCallback(() => setAttempt((before) => before + 1), []),
    replace: useCallback((answer) => setState({ key, answer }), [key]),
  };
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
