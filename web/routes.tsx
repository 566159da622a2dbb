/**
 * The whole portal on one screen. Each page is a file of its own, fetched when it is first opened, together with the words
 * of its area.
 */
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet } from "@tanstack/react-router";
import { loadWords } from "./language/language.ts";
import { dashboardSearch } from "./pages/dashboard/dashboard-search.ts";
import { revisionSearch } from "./pages/deliverable/revision-search.ts";
import { pilotSearch } from "./pages/pilots/pilot-search.ts";
import { statesSearch } from "./pages/states/states-search.ts";
import { inboxSearch } from "./pages/tasks/inbox.ts";
import { PageFailed } from "./parts/page-failed.tsx";
import { Loading } from "./parts/states.tsx";
import { Entrance } from "./shell/signed-in.tsx";
import { SigningIn } from "./shell/welcome.tsx";

const root = createRootRoute({ component: Outlet });

const signedIn = createRoute({ getParentRoute: () => root, path: "/signed-in", component: SigningIn });

/** Everything a person must be signed in for. */
const portal = createRoute({ getParentRoute: () => root, id: "portal", component: Entrance });

const tasks = createRoute({
  getParentRoute: () => portal,
  path: "/",
  validateSearch: inboxSearch,
  loader: () => loadWords("tasks", "ball"),
  component: lazyRouteComponent(() => import("./pages/tasks/tasks-page.tsx"), "TasksPage"),
});

const absence = createRoute({
  getParentRoute: () => portal,
  path: "/absence",
  loader: () => loadWords("inbox"),
  component: lazyRouteComponent(() => import("./pages/absence/absence-page.tsx"), "AbsencePage"),
});

const dashboard = createRoute({
  getParentRoute: () => portal,
  path: "/dashboard",
  validateSearch: dashboardSearch,
  loader: () => loadWords("dashboard"),
  component: lazyRouteComponent(() => import("./pages/dashboard/dashboard-page.tsx"), "DashboardPage"),
});

const pilots = createRoute({
  getParentRoute: () => portal,
  path: "/pilots",
  validateSearch: pilotSearch,
  loader: () => loadWords("pilot", "board", "ball"),
  component: lazyRouteComponent(() => import("./pages/pilots/pilots-page.tsx"), "PilotsPage"),
});

const pilot = createRoute({
  getParentRoute: () => portal,
  path: "/pilots/$pilotId",
  loader: () => loadWords("pilot", "tasks", "workspace", "ball"),
  component: lazyRouteComponent(() => import("./pages/pilot/pilot-page.tsx"), "PilotPage"),
});

const deliverable = createRoute({
  getParentRoute: () => portal,
  path: "/pilots/$pilotId/deliverables/$deliverableId",
  validateSearch: revisionSearch,
  loader: () => loadWords("form", "gap", "review", "tasks"),
  component: lazyRouteComponent(() => import("./pages/deliverable/deliverable-page.tsx"), "DeliverablePage"),
});

const agreement = createRoute({
  getParentRoute: () => portal,
  path: "/pilots/$pilotId/agreement",
  loader: () => loadWords("agreement"),
  component: lazyRouteComponent(() => import("./pages/agreement/agreement-page.tsx"), "AgreementPage"),
});

const gate = createRoute({
  getParentRoute: () => portal,
  path: "/pilots/$pilotId/gates/$runId",
  loader: () => loadWords("gate"),
  component: lazyRouteComponent(() => import("./pages/gate/gate-page.tsx"), "GatePage"),
});

const people = createRoute({
  getParentRoute: () => portal,
  path: "/people",
  validateSearch: wordsOf,
  loader: () => loadWords("people"),
  component: lazyRouteComponent(() => import("./pages/people/people-page.tsx"), "PeoplePage"),
});

const departure = createRoute({
  getParentRoute: () => portal,
  path: "/people/$personId/departure",
  loader: () => loadWords("people"),
  component: lazyRouteComponent(() => import("./pages/people/departure-page.tsx"), "DeparturePage"),
});

const work = createRoute({
  getParentRoute: () => portal,
  path: "/people/$personId/tasks",
  loader: () => loadWords("people", "tasks"),
  component: lazyRouteComponent(() => import("./pages/people/work-page.tsx"), "WorkPage"),
});

const erasures = createRoute({
  getParentRoute: () => portal,
  path: "/people/erasures",
  loader: () => loadWords("privacy"),
  component: lazyRouteComponent(() => import("./pages/privacy/erasures-page.tsx"), "ErasuresPage"),
});

const states = createRoute({
  getParentRoute: () => portal,
  path: "/states",
  validateSearch: statesSearch,
  loader: () => loadWords("states"),
  component: lazyRouteComponent(() => import("./pages/states/states-page.tsx"), "StatesPage"),
});

const execution = createRoute({
  getParentRoute: () => portal,
  path: "/states/$stateMachine/$name",
  loader: () => loadWords("states"),
  component: lazyRouteComponent(() => import("./pages/states/execution-page.tsx"), "ExecutionPage"),
});

const team = createRoute({
  getParentRoute: () => portal,
  path: "/team",
  loader: () => loadWords("team"),
  component: lazyRouteComponent(() => import("./pages/team/team-page.tsx"), "TeamPage"),
});

const programme = createRoute({
  getParentRoute: () => portal,
  path: "/programme",
  loader: () => loadWords("programme"),
  component: lazyRouteComponent(() => import("./pages/programme/programme-page.tsx"), "ProgrammePage"),
});

const process = createRoute({
  getParentRoute: () => portal,
  path: "/programme/process",
  loader: () => loadWords("process"),
  component: lazyRouteComponent(() => import("./pages/programme/process-page.tsx"), "ProcessPage"),
});

const mails = createRoute({
  getParentRoute: () => portal,
  path: "/mails",
  validateSearch: wordsOf,
  loader: () => loadWords("mails"),
  component: lazyRouteComponent(() => import("./pages/mails/mails-page.tsx"), "MailsPage"),
});

const settings = createRoute({
  getParentRoute: () => portal,
  path: "/settings",
  loader: () => loadWords("settings", "privacy"),
  component: lazyRouteComponent(() => import("./pages/settings/settings-page.tsx"), "SettingsPage"),
});

const search = createRoute({
  getParentRoute: () => portal,
  path: "/search",
  validateSearch: wordsOf,
  loader: () => loadWords("search"),
  component: lazyRouteComponent(() => import("./pages/search/search-page.tsx"), "SearchPage"),
});

const unknown = createRoute({
  getParentRoute: () => portal,
  path: "$",
  component: lazyRouteComponent(() => import("./pages/unknown-page.tsx"), "UnknownPage"),
});

/** What is looked for. Digits in an address are read as a number. */
function wordsOf({ q }: Record<string, unknown>): { readonly q?: string } {
  const words = typeof q === "string" || typeof q === "number" ? String(q).trim().slice(0, 100) : "";
  return words === "" ? {} : { q: words };
}

export const router = createRouter({
  routeTree: root.addChildren([
    signedIn,
    portal.addChildren([
      tasks,
      absence,
      dashboard,
      pilots,
      pilot,
      deliverable,
      agreement,
      gate,
      people,
      departure,
      work,
      erasures,
      team,
      programme,
      process,
      states,
      execution,
      mails,
      settings,
      search,
      unknown,
    ]),
  ]),
  defaultPreload: "intent",
  defaultPendingComponent: Loading,
  defaultErrorComponent: PageFailed,
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
