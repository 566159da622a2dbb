/**
 * Who is signed in, in which membership, for whom, at what time. When the session ends while somebody works, the page stays as it is,
 * with what was typed, and a notice above it leads back to it.
 */
import { Button } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { Outlet, useLocation, useNavigate } from "@tanstack/react-router";
import i18next from "i18next";
import { lazy, Suspense, startTransition, useCallback, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiProblem, type Call } from "../../shared/contracts/client.ts";
import { createQueryClient } from "../api/queries.ts";
import { ActionButton } from "../parts/action.tsx";
import { Waiting } from "../parts/states.tsx";
import { type Portal, PortalContext } from "../portal.ts";
import { isSignedIn, SessionEnded, signIn, signOut } from "../session.ts";
import { tell } from "./messages.ts";
import { keepSeat, keptSeat, type Seat } from "./seat.ts";
import { Shell } from "./shell.tsx";
import { Welcome } from "./welcome.tsx";
import {
  clientOf,
  knownAhead,
  rememberedMembership,
  rememberMembership,
  type WhoAndWhen,
  whoAndWhen,
} from "./who-and-when.ts";

const SeatBanner = lazy(() => import("./standing-in.tsx").then((module) => ({ default: module.SeatBanner })));

export function Entrance() {
  const returnTo = useLocation({ select: ({ href }) => href });
  return isSignedIn() ? <SignedIn returnTo={returnTo} /> : <Welcome returnTo={returnTo} />;
}

interface Loading extends Partial<WhoAndWhen> {
  readonly error?: unknown;
}

function SignedIn({ returnTo }: { readonly returnTo: string }) {
  const navigate = useNavigate();
  const [wishedId, setWishedId] = useState(rememberedMembership);
  const [hasEnded, setHasEnded] = useState(false);
  const [loading, setLoading] = useState<Loading>(() => knownAhead() ?? {});
  const [attempt, setAttempt] = useState(0);
  const [seat, setSeat] = useState(() => keptSeat(loading.me?.acting.id ?? wishedId));
  const [lostSeat, setLostSeat] = useState<Seat>();
  const { me, clock } = loading;
  const membershipId = me?.acting.id;
  const seatId = seat?.personId;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each membership and each seat has answers of its own.
  const queries = useMemo(createQueryClient, [membershipId, seatId]);

  // What the server says is in the language that was spoken when it was asked.
  useEffect(() => {
    const askAgain = () => void queries.invalidateQueries();
    i18next.on("languageChanged", askAgain);
    return () => i18next.off("languageChanged", askAgain);
  }, [queries]);

  const call = useMemo<Call>(() => {
    const client = clientOf(membershipId, seatId);
    return (id, input) =>
      client(id, input).catch((error: unknown) => {
        if (error instanceof SessionEnded) setHasEnded(true);
        if (isSeatLost(error)) {
          keepSeat(undefined);
          setLostSeat(seat);
          setSeat(undefined);
        }
        throw error;
      });
  }, [membershipId, seatId, seat]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: an attempt asks anew.
  useEffect(() => {
    let isCurrent = true;
    const load = async () => {
      const answer = await whoAndWhen(wishedId);
      if (!isCurrent) return;
      // Drawn in short pieces: a whole page at once keeps a phone busy for a fifth of a second.
      startTransition(() => {
        if (answer.me.acting.id !== wishedId) setSeat(keptSeat(answer.me.acting.id));
        setLoading(answer);
      });
    };
    load().catch((error: unknown) => {
      if (!isCurrent) return;
      if (error instanceof SessionEnded) setHasEnded(true);
      setLoading((before) => ({ ...before, error }));
    });
    return () => {
      isCurrent = false;
    };
  }, [wishedId, attempt]);

  const aheadMs = clock?.aheadMs ?? 0;
  const takeSeat = useCallback(
    (next: Seat | undefined) => {
      keepSeat(next);
      setLostSeat(undefined);
      setSeat(next);
      void navigate({ to: "/" });
    },
    [navigate],
  );
  const portal = useMemo<Portal | undefined>(
    () =>
      me && {
        call,
        me: { ...me, seatId: seatId ?? me.person.id },
        now: () => new Date(Date.now() + aheadMs),
        day(inDays = 0) {
          const now = new Date(Date.now() + aheadMs);
          // Written in UTC, a day stays what it is on the device.
          const day = new Date(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate() + inDays));
          return day.toISOString().slice(0, 10);
        },
        announce: tell,
        seat,
        takeSeat,
      },
    [call, me, aheadMs, seat, seatId, takeSeat],
  );
  const reload = useCallback(() => setAttempt((before) => before + 1), []);

  if (me === undefined || clock === undefined || portal === undefined) {
    return (
      <main className="welcome">
        <h1>Fairway</h1>
        {hasEnded ? <SessionEndedNotice returnTo={returnTo} /> : <Waiting error={loading.error} reload={reload} />}
        {loading.error === undefined ? null : <SignOut />}
      </main>
    );
  }
  const actIn = (id: string) => {
    rememberMembership(id);
    takeSeat(undefined);
    setWishedId(id);
  };
  const onClockMoved = () => {
    reload();
    void queries.invalidateQueries();
  };
  return (
    <QueryClientProvider client={queries}>
      <PortalContext value={portal}>
        <Shell me={me} clock={clock} actIn={actIn} onClockMoved={onClockMoved}>
          {hasEnded ? <SessionEndedNotice returnTo={returnTo} /> : null}
          {seat === undefined && lostSeat === undefined ? null : (
            <Suspense>
              <SeatBanner seat={seat} lost={lostSeat} />
            </Suspense>
          )}
          <Outlet key={`${me.acting.id} ${seatId}`} />
        </Shell>
      </PortalContext>
    </QueryClientProvider>
  );
}

/** The absence has ended, or another substitute was named: only the server knows at once. */
const isSeatLost = (error: unknown): boolean => error instanceof ApiProblem && error.details.seatLost === true;

function SignOut() {
  const { t, i18n } = useTranslation("common");
  return <ActionButton act={() => signOut(i18n.language)}>{t("shell.signOut")}</ActionButton>;
}

function SessionEndedNotice({ returnTo }: { readonly returnTo: string }) {
  const { t, i18n } = useTranslation("common");
  return (
    <div className="problem session" role="alert">
      <p>
        <strong>{t("session.ended")}</strong> {t("session.kept")}
      </p>
      <Button onClick={() => void signIn(returnTo, i18n.language)}>{t("session.again")}</Button>
    </div>
  );
}
