/**
 * Who is signed in, in which membership, for whom, at what time. When the session ends while somebody works, the page stays as it is,
 * with what was typed, and a notice above it leads back to it.
 */
import { Button } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { Outlet, useLocation, useNavigate } from "@tanstack/react-router";
import i18next from "i18next";
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiProblem, type Call, createClient } from "../../shared/contracts/client.ts";
import type { OutputOf } from "../../shared/contracts/operations.ts";
import { createQueryClient } from "../api/queries.ts";
import { speakAs } from "../language/language.ts";
import { ActionButton } from "../parts/action.tsx";
import { Waiting } from "../parts/states.tsx";
import { type Portal, PortalContext } from "../portal.ts";
import { accessToken, isSignedIn, renewToken, SessionEnded, signIn, signOut } from "../session.ts";
import { tell } from "./messages.ts";
import { keepSeat, keptSeat, type Seat } from "./seat.ts";
import { Shell } from "./shell.tsx";
import { Welcome } from "./welcome.tsx";

const SeatBanner = lazy(() => import("./standing-in.tsx").then((module) => ({ default: module.SeatBanner })));

const membershipKey = "fairway.membership";

const clientOf = (membershipId: string | undefined, standingInFor?: string): Call =>
  createClient({ baseUrl: "", membershipId, standingInFor, language: () => i18next.language, accessToken, renewToken });

export function Entrance() {
  const returnTo = useLocation({ select: ({ href }) => href });
  return isSignedIn() ? <SignedIn returnTo={returnTo} /> : <Welcome returnTo={returnTo} />;
}

interface Loading {
  readonly me?: OutputOf<"getMe">;
  readonly clock?: OutputOf<"getClock"> & { readonly aheadMs: number };
  readonly error?: unknown;
}

function SignedIn({ returnTo }: { readonly returnTo: string }) {
  const navigate = useNavigate();
  const [membershipId, setMembershipId] = useState(() => localStorage.getItem(membershipKey) ?? undefined);
  const [hasEnded, setHasEnded] = useState(false);
  const [loading, setLoading] = useState<Loading>({});
  const [attempt, setAttempt] = useState(0);
  const [seat, setSeat] = useState(() => keptSeat(membershipId));
  const [lostSeat, setLostSeat] = useState<Seat>();
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
      const me = await whoAmI(membershipId);
      if (!isCurrent) return;
      if (me.acting.id !== membershipId) {
        setSeat(keptSeat(me.acting.id));
        return setMembershipId(me.acting.id);
      }
      const [clock] = await Promise.all([call("getClock", {}), speakAs(me.person.language)]);
      if (!isCurrent) return;
      setLoading({ me, clock: { ...clock, aheadMs: new Date(clock.now).getTime() - Date.now() } });
    };
    load().catch((error: unknown) => {
      if (!isCurrent) return;
      if (error instanceof SessionEnded) setHasEnded(true);
      setLoading((before) => ({ ...before, error }));
    });
    return () => {
      isCurrent = false;
    };
  }, [call, attempt]);

  const { me, clock } = loading;
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
    localStorage.setItem(membershipKey, id);
    takeSeat(undefined);
    setMembershipId(id);
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

/** A membership remembered from another person or taken away meanwhile must not lock anybody out. */
async function whoAmI(membershipId: string | undefined): Promise<OutputOf<"getMe">> {
  const call = clientOf(undefined);
  let me = await call("getMe", {});
  if (me.invited) me = await call("acceptInvitation", {});
  const acting = me.memberships.find(({ id }) => id === membershipId);
  return acting === undefined ? me : { ...me, acting };
}

function SignOut() {
  const { t } = useTranslation("common");
  return <ActionButton act={signOut}>{t("shell.signOut")}</ActionButton>;
}

function SessionEndedNotice({ returnTo }: { readonly returnTo: string }) {
  const { t } = useTranslation("common");
  return (
    <div className="problem" role="alert">
      <p>
        <strong>{t("session.ended")}</strong> {t("session.kept")}
      </p>
      <Button onClick={() => void signIn(returnTo)}>{t("session.again")}</Button>
    </div>
  );
}
