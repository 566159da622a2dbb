/** Every kind of page of the portal with an example of each that a person can open, found by asking the API as they. */
import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import type { Role } from "../../shared/domain/actor.ts";
import { mayStandIn, navigationFor } from "../../web/shell/navigation.ts";
import { fullExample } from "../fixtures/form-examples.ts";
import { eventually } from "../support/eventually.ts";
import type { RunningFairway } from "../support/fairway.ts";
import { as, type SamplePerson } from "../support/people.ts";

export interface ExamplePage {
  /** As in `web/routes.tsx`. */
  readonly route: string;
  /** The route and the state of what it shows. */
  readonly kind: string;
  readonly path: string;
}

/** Between them they open every page in every state; the first ones of a role see the most. */
export const peopleOfRole = {
  sme_member: ["sme-iris-member", "sme-larch-member"],
  sme_admin: ["sme-kestrel-admin", "sme-birch-admin"],
  advisor: ["advisor-1", "advisor-2"],
  expert: ["expert-2"],
  living_lab: ["lab-1"],
  coordinator: ["coordinator-1"],
  auditor: ["auditor-1"],
  administrator: ["admin-1"],
} as const satisfies Readonly<Record<Role, readonly SamplePerson[]>>;

/** Who may read the agreement of an admitted pilot (`getAgreement`). */
const mayReadAgreement: readonly Role[] = ["sme_member", "sme_admin", "advisor", "coordinator", "auditor"];

/** The addresses that `web/routes.tsx` knows. */
export function routesOfThePortal(): readonly string[] {
  const source = readFileSync(new URL("../../web/routes.tsx", import.meta.url), "utf8");
  return [...source.matchAll(/createRoute\(\{[^}]*?path: "([^"]+)"/g)].map(([, path = ""]) => path);
}

/** Brings what the sample programme lacks: a deliverable in review and one begun, notes, somebody away. */
export async function bringMoreStates(fairway: RunningFairway): Promise<void> {
  const company = await as(fairway.url, "sme-iris-member");
  const pilotId = "sample-at-risk";
  const deliverable = (deliverableId: string) => ({ pilotId, deliverableId });
  const { draft } = await company("getDeliverable", { params: deliverable("FS-2") });
  const values = fullExample("FS-2");
  const body = { baseDraftVersion: draft?.draftVersion ?? 0, values };
  await company("submitDeliverable", { params: deliverable("FS-2"), body });
  await company("saveDraft", {
    params: deliverable("FS-5"),
    body: { baseDraftVersion: 0, values: { horizonYears: 3 } },
  });
  await company("addComment", { params: { pilotId }, body: { text: "Our pricing has changed.", internal: false } });
  const leaver = await as(fairway.url, "sme-larch-member");
  await leaver("askErasure", { body: { reason: "I have left the company." } });
  const advisor = await as(fairway.url, "advisor-2");
  const day = (offset: number): string => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
  await advisor("planAbsence", { body: { from: day(-1), until: day(20), substituteId: "advisor-1" } });
  await fairway.settled();
  const reviewer = await as(fairway.url, "advisor-1");
  const review = await eventually("the review is there", async () => {
    const { tasks } = await reviewer("getPilot", { params: { pilotId } });
    return tasks.find(({ kind, deliverableId }) => kind === "review" && deliverableId === "FS-2");
  });
  const task = { pilotId, taskId: review.id };
  if (review.status === "ready") await reviewer("claimTask", { params: task, body: {} });
  await reviewer("startTask", { params: task, body: {} });
}

/** One of each kind that this person can reach. */
export async function pagesFor(url: string, person: SamplePerson): Promise<readonly ExamplePage[]> {
  const call = await as(url, person);
  const { role } = (await call("getMe", {})).acting;
  const found = new Map<string, ExamplePage>();
  const add = (route: string, path: string, state = "") => {
    const kind = state === "" ? route : `${route} ${state}`;
    if (!found.has(kind)) found.set(kind, { route, kind, path });
  };

  for (const { link } of navigationFor(role)) add(link.to, link.to);
  add("/settings", "/settings");
  add("/search", "/search");
  add("/search", "/search?q=sample", "with words");
  add("$", "/nowhere");
  if (mayStandIn(role)) add("/absence", "/absence");
  if (found.has("/programme")) add("/programme/process", "/programme/process");
  if (role === "coordinator") add("/people/$personId/departure", "/people/advisor-1/departure");
  if (role === "coordinator" || role === "auditor") add("/people/$personId/tasks", "/people/advisor-1/tasks");
  if (role === "coordinator" || role === "administrator") add("/people/erasures", "/people/erasures");
  if (found.has("/states")) {
    for (const stateMachine of ["stage-run", "deadlines"] as const) {
      const { executions } = await call("listExecutions", { params: { stateMachine }, query: {} });
      for (const { name, status } of executions) {
        add("/states/$stateMachine/$name", `/states/${stateMachine}/${name}`, `${stateMachine} ${status}`);
      }
    }
  }
  if (!found.has("/pilots")) return [...found.values()];

  add("/pilots", "/pilots?view=table", "as a table");
  const { tasks } = await call("listTasks", { query: {} });
  const { pilots } = await call("listPilots", { query: {} });
  // Where this person has something to do comes first: there a page has most to offer.
  const busy = new Set(tasks.map((task) => task.pilotId));
  for (const { id } of pilots.toSorted((a, b) => Number(busy.has(b.id)) - Number(busy.has(a.id)))) {
    const { status, admittedAt, deliverables, runs } = await call("getPilot", { params: { pilotId: id } });
    const pilot = `/pilots/${id}`;
    add("/pilots/$pilotId", pilot, status);
    if (admittedAt !== undefined && mayReadAgreement.includes(role)) {
      add("/pilots/$pilotId/agreement", `${pilot}/agreement`);
    }
    const own = new Set(tasks.filter((task) => task.pilotId === id).map((task) => task.deliverableId));
    for (const each of deliverables.toSorted((a, b) => Number(own.has(b.id)) - Number(own.has(a.id)))) {
      if (!each.mayRead) continue;
      const path = `${pilot}/deliverables/${each.id}`;
      const isOwn = own.has(each.id) ? ", to do" : "";
      add("/pilots/$pilotId/deliverables/$deliverableId", path, `${each.status}${isOwn}`);
      if (each.status === "accepted") {
        add("/pilots/$pilotId/deliverables/$deliverableId", `${path}?revision=1`, "revision");
      }
    }
    for (const run of runs) {
      if (!run.hasGate) continue;
      add("/pilots/$pilotId/gates/$runId", `${pilot}/gates/${run.id}`, run.status);
    }
  }
  return [...found.values()];
}

/** Goes to another page as a link does: the portal is there already and is not loaded anew. */
export async function follow(page: Page, path: string): Promise<void> {
  await page.evaluate(async (href) => {
    const router = Reflect.get(window, "__TSR_ROUTER__");
    if (router === undefined) throw new Error("The portal is not there.");
    await router.navigate({ href });
    if (router.state.location.pathname !== new URL(href, location.href).pathname) throw new Error(`not at ${href}`);
  }, path);
  await page.waitForFunction(() => {
    const state = Reflect.get(window, "__TSR_ROUTER__")?.state;
    return state?.status === "idle" && state.resolvedLocation?.href === state.location.href;
  });
}

/** Tells when all that a page asks for has come and is drawn. */
export function watchPage(page: Page): () => Promise<void> {
  const underWay = new Set<unknown>();
  page.on("request", (request) => {
    // What a page asked for that is left is of no matter to the next.
    if (request.isNavigationRequest() && request.frame() === page.mainFrame()) underWay.clear();
    underWay.add(request);
  });
  page.on("requestfinished", (request) => underWay.delete(request));
  page.on("requestfailed", (request) => underWay.delete(request));
  const isDrawn = () =>
    page.evaluate(
      () =>
        new Promise<boolean>((resolve) => {
          const answer = () =>
            resolve(
              document.querySelector("h1") !== null && document.querySelector(".loading, [aria-busy=true]") === null,
            );
          requestAnimationFrame(() => requestAnimationFrame(answer));
        }),
    );
  return async () => {
    await page.getByRole("heading", { level: 1 }).first().waitFor();
    await eventually("the page is drawn", async () => {
      // What has just come may ask for more.
      const before = underWay.size === 0 && (await isDrawn());
      return before && underWay.size === 0 && (await isDrawn()) && underWay.size === 0 ? true : undefined;
    });
  };
}
