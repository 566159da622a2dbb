/** The frame of the portal: signing in, the role acted in, the banner of sample data, and the page the address names. */
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { type Call, createClient } from "../shared/contracts/client.ts";
import type { OutputOf } from "../shared/contracts/operations.ts";
import { ClockControl } from "./pages/clock.tsx";
import { DeliverablePage } from "./pages/deliverable.tsx";
import { GatePage } from "./pages/gate.tsx";
import { MailsPage } from "./pages/mails.tsx";
import { PilotPage } from "./pages/pilot.tsx";
import { PilotsPage } from "./pages/pilots.tsx";
import { TasksPage } from "./pages/tasks.tsx";
import { ActionButton, Link, PageHeading, Problem, Waiting } from "./parts.tsx";
import { type Portal, PortalContext } from "./portal.ts";
import { navigate, type Route, routeOf, usePath } from "./route.ts";
import { accessToken, completeSignIn, isSignedIn, renewToken, SessionEnded, signIn, signOut } from "./session.ts";
import { roleWords } from "./words.ts";

const membershipKey = "fairway.membership";

const clientOf = (membershipId: string | undefined): Call =>
  createClient({ baseUrl: "", membershipId, accessToken, renewToken });

export function App() {
  const path = usePath();
  const route = routeOf(path);
  if (route.page === "signed-in") return <SigningIn />;
  if (!isSignedIn()) return <Welcome returnTo={path} />;
  return <SignedIn route={route} path={path} />;
}

function Welcome({ returnTo, error }: { readonly returnTo: string; readonly error?: unknown }) {
  return (
    <main className="welcome">
      <PageHeading>Fairway</PageHeading>
      <p>
        Fairway walks small companies’ pilots to a neighbouring market: needs analysis, feasibility, platform
        adaptation, legal and cultural guidance.
      </p>
      <Problem error={error} />
      <ActionButton className="primary" act={() => signIn(returnTo)}>
        Sign in
      </ActionButton>
    </main>
  );
}

/** A code is good for one use; so is this, also when React mounts a component twice. */
let redemption: Promise<string> | undefined;

function SigningIn() {
  const [error, setError] = useState<unknown>();
  useEffect(() => {
    redemption ??= completeSignIn(new URLSearchParams(location.search));
    redemption
      .then((returnTo) => navigate(returnTo, "replace"), setError)
      .finally(() => {
        redemption = undefined;
      });
  }, []);
  if (error !== undefined) return <Welcome returnTo="/" error={error} />;
  return <p className="welcome quiet">Signing you in…</p>;
}

interface Loading {
  readonly me?: OutputOf<"getMe">;
  readonly clock?: OutputOf<"getClock"> & { readonly aheadMs: number };
  readonly error?: unknown;
}

function SignedIn({ route, path }: { readonly route: Route; readonly path: string }) {
  const [membershipId, setMembershipId] = useState(() => localStorage.getItem(membershipKey) ?? undefined);
  const [hasEnded, setHasEnded] = useState(false);
  const [loading, setLoading] = useState<Loading>({});
  const [attempt, setAttempt] = useState(0);
  const [announcement, setAnnouncement] = useState("");

  const call = useMemo<Call>(() => {
    const client = clientOf(membershipId);
    return (id, input) =>
      client(id, input).catch((error: unknown) => {
        if (error instanceof SessionEnded) setHasEnded(true);
        throw error;
      });
  }, [membershipId]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: an attempt asks anew.
  useEffect(() => {
    let isCurrent = true;
    const load = async () => {
      const me = await whoAmI(membershipId);
      if (!isCurrent) return;
      if (me.acting.id !== membershipId) return setMembershipId(me.acting.id);
      const clock = await call("getClock", {});
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
  const portal = useMemo<Portal | undefined>(
    () =>
      me && {
        call,
        me,
        now: () => new Date(Date.now() + aheadMs),
        announce: setAnnouncement,
      },
    [call, me, aheadMs],
  );
  const reload = useCallback(() => setAttempt((before) => before + 1), []);

  if (me === undefined || clock === undefined || portal === undefined) {
    return (
      <main className="welcome">
        <h1>Fairway</h1>
        {hasEnded ? <SessionEndedNotice path={path} /> : <Waiting error={loading.error} reload={reload} />}
        {loading.error === undefined ? null : <ActionButton act={signOut}>Sign out</ActionButton>}
      </main>
    );
  }
  const actIn = (id: string) => {
    localStorage.setItem(membershipKey, id);
    setMembershipId(id);
    navigate("/");
  };
  return (
    <PortalContext value={portal}>
      <a className="skip" href="#main">
        Skip to the page
      </a>
      {me.acting.sample ? (
        <p className="sample">Sample data: these people, companies and pilots are invented.</p>
      ) : null}
      <Header me={me} path={path} actIn={actIn} />
      {clock.movable ? <ClockControl clock={clock} mayMove={mayMoveClock(me)} onMoved={reload} /> : null}
      <main id="main" tabIndex={-1}>
        {hasEnded ? <SessionEndedNotice path={path} /> : null}
        <Page key={`${me.acting.id} ${path} ${clock.now}`} route={route} />
      </main>
      <p className="announcement" role="status">
        {announcement}
      </p>
    </PortalContext>
  );
}

const mayMoveClock = ({ acting }: OutputOf<"getMe">) =>
  acting.role === "coordinator" || acting.role === "administrator";

/** A membership remembered from another person or taken away meanwhile must not lock anybody out. */
async function whoAmI(membershipId: string | undefined): Promise<OutputOf<"getMe">> {
  const me = await clientOf(undefined)("getMe", {});
  const acting = me.memberships.find(({ id }) => id === membershipId);
  return acting === undefined ? me : { ...me, acting };
}

function SessionEndedNotice({ path }: { readonly path: string }) {
  return (
    <div className="problem" role="alert">
      <p>
        <strong>Your session has ended.</strong> What you typed is kept on this device; sign in again to go on.
      </p>
      <ActionButton className="primary" act={() => signIn(path)}>
        Sign in again
      </ActionButton>
    </div>
  );
}

function Header(props: { readonly me: OutputOf<"getMe">; readonly path: string; actIn(membershipId: string): void }) {
  const { me, path } = props;
  const menu = useRef<HTMLDetailsElement>(null);
  const link = (to: string, label: string) => (
    <li className={path === to ? "here" : undefined}>
      <Link to={to}>{label}</Link>
    </li>
  );
  return (
    <header>
      <p className="brand">Fairway</p>
      <nav aria-label="Main">
        <ul>
          {link("/", "Tasks")}
          {me.acting.role === "administrator" ? null : link("/pilots", "Pilots")}
          {me.acting.role === "coordinator" || me.acting.role === "administrator" ? link("/mails", "Outbox") : null}
        </ul>
      </nav>
      <details ref={menu} className="person">
        <summary>
          {me.person.name} <span className="quiet">{roleWords[me.acting.role]}</span>
        </summary>
        <div className="menu">
          {me.memberships.length > 1 ? (
            <p className="field">
              <label htmlFor="acting">Act as</label>
              <select id="acting" value={me.acting.id} onChange={(event) => props.actIn(event.target.value)}>
                {me.memberships.map(({ id, role, organisation, programmeName }) => (
                  <option key={id} value={id}>
                    {roleWords[role]}, {organisation.name} ({programmeName})
                  </option>
                ))}
              </select>
            </p>
          ) : (
            <p>
              {me.acting.organisation.name}, {me.acting.programmeName}
            </p>
          )}
          <ActionButton act={signOut}>Sign out</ActionButton>
        </div>
      </details>
    </header>
  );
}

function Page({ route }: { readonly route: Route }) {
  switch (route.page) {
    case "tasks":
      return <TasksPage />;
    case "pilots":
      return <PilotsPage />;
    case "pilot":
      return <PilotPage pilotId={route.pilotId} />;
    case "deliverable":
      return <DeliverablePage pilotId={route.pilotId} deliverableId={route.deliverableId} />;
    case "gate":
      return <GatePage pilotId={route.pilotId} runId={route.runId} />;
    case "mails":
      return <MailsPage />;
    case "signed-in":
    case "unknown":
      return (
        <>
          <PageHeading>There is no such page</PageHeading>
          <p>
            The address may be mistyped or old. <Link to="/">Go to your tasks</Link>
          </p>
        </>
      );
  }
}
