/**
 * Every page in every role: what axe knows, what fits where, what can be seen of the focus. Widths, colours and the focus are
 * looked at where a kind of page is first met; in the other roles axe alone looks, without the colours.
 */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Role, roles } from "../../shared/domain/actor.ts";
import { axeFaults } from "../support/axe.ts";
import type { SamplePerson } from "../support/people.ts";
import { desktop, type Portal, startPortal } from "../support/portal.ts";
import { focusFaults, layoutFaults, spaceText, unfold } from "./layout-faults.ts";
import {
  bringMoreStates,
  type ExamplePage,
  follow,
  pagesFor,
  peopleOfRole,
  routesOfThePortal,
  watchPage,
} from "./portal-pages.ts";

const narrow = { width: 320, height: 640 };
/** What a window of 1440 px has room for when everything is twice as large. */
const zoomed = { width: 720, height: 450 };

type Kind = "axe" | "layout" | "focus" | "complaint";
interface Finding {
  readonly kind: Kind;
  readonly fault: string;
  /** The first page that has it, and on how many more it was seen. */
  readonly where: string;
  readonly timesMore: number;
}

/** The same fault on many pages is one. */
class Findings {
  readonly #seen = new Map<string, Finding>();

  add(kind: Kind, fault: string, where: string): void {
    const known = this.#seen.get(kind + fault);
    this.#seen.set(
      kind + fault,
      known ? { ...known, timesMore: known.timesMore + 1 } : { kind, fault, where, timesMore: 0 },
    );
  }

  of(kind: Kind): readonly string[] {
    return [...this.#seen.values()]
      .filter((each) => each.kind === kind)
      .map(({ fault, where, timesMore }) => `${where}${timesMore === 0 ? "" : ` and ${timesMore} more`}: ${fault}`);
  }
}

describe("The portal", () => {
  let portal: Portal;
  const findings = new Findings();
  const visited = new Map<Role, ExamplePage[]>();
  /** Kinds of pages that were looked at in every way. */
  const looked = new Set<string>();

  beforeAll(async () => {
    portal = await startPortal({ sample: "pilots" });
    await bringMoreStates(portal);
    const people = roles.flatMap((role) => peopleOfRole[role].map((person) => ({ role, person })));
    const examples = await Promise.all(people.map(({ person }) => pagesFor(portal.url, person)));
    const walks = people.map(({ role, person }, index) => {
      const known = visited.get(role) ?? [];
      // Who comes second in a role shows only what the first one cannot open.
      const pages = (examples[index] ?? []).filter(({ kind }) => !known.some((each) => each.kind === kind));
      visited.set(role, [...known, ...pages]);
      return () => walk(person, pages);
    });
    const inTurn = async () => {
      for (let next = walks.pop(); next !== undefined; next = walks.pop()) await next();
    };
    await Promise.all([inTurn(), inTurn(), walkSignedOut()]);
  }, 600_000);
  afterAll(() => portal[Symbol.asyncDispose]());

  const calm = { colorScheme: "light", reducedMotion: "reduce" } as const;

  async function walk(person: SamplePerson, pages: readonly ExamplePage[]): Promise<void> {
    await using visit = await portal.visitAs(person, "/", calm);
    const { page, complaints } = visit;
    const drawn = watchPage(page);
    let told = 0;
    let isTouched = false;
    for (const { kind, path } of pages) {
      const where = `${path} (${person})`;
      const isKnown = looked.has(kind);
      looked.add(kind);
      // Each kind is loaded once; what was done to look at a page in every way goes with the next load.
      if (isKnown && !isTouched) await follow(page, path);
      else await page.goto(portal.url + path);
      isTouched = !isKnown;
      await drawn();
      if (isKnown) await axe(page, `${where}, 1440 px`, { "color-contrast": { enabled: false } });
      else await look(page, drawn, where);
      for (; told < complaints.length; told += 1) findings.add("complaint", complaints[told] ?? "", where);
    }
  }

  /** Wide and light, then narrow, dark and unfolded, then large, then with text spaced out. */
  async function look(page: Page, drawn: () => Promise<void>, where: string): Promise<void> {
    await axe(page, `${where}, 1440 px, light`);
    await page.setViewportSize(narrow);
    // First: Chromium keeps the colours of what lies folded as they were.
    await page.evaluate(unfold);
    await page.emulateMedia({ colorScheme: "dark" });
    await drawn();
    await axe(page, `${where}, 320 px, dark`);
    const layout = async (how: string) => {
      for (const fault of await page.evaluate(layoutFaults)) findings.add("layout", fault, `${where}, ${how}`);
    };
    await layout("320 px");
    // Whoever uses the keyboard sees the focus also where a script sets it.
    await page.keyboard.press("Tab");
    for (const fault of await page.evaluate(focusFaults)) findings.add("focus", fault, `${where}, 320 px`);
    await page.setViewportSize(zoomed);
    await layout("200 %");
    await page.evaluate(spaceText);
    await layout("200 %, spaced");
    await page.emulateMedia({ colorScheme: "light" });
    await page.setViewportSize(desktop);
  }

  async function axe(page: Page, where: string, rules: Record<string, { enabled: boolean }> = {}): Promise<void> {
    const faults = await axeFaults(page, { rules: { "target-size": { enabled: true }, ...rules } });
    for (const fault of faults) findings.add("axe", fault, where);
  }

  /** What is seen before anybody has signed in. */
  async function walkSignedOut(): Promise<void> {
    await using visit = await portal.open("/", calm);
    const { page } = visit;
    const drawn = watchPage(page);
    for (const path of ["/", "/signed-in"]) {
      await page.goto(portal.url + path);
      await drawn();
      await look(page, drawn, `${path} (nobody)`);
    }
    await page.goto(portal.url);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.locator(`button[value="coordinator-1"]`).waitFor();
    await look(page, drawn, "the sign-in of the embedded system");
  }

  test("has an example of every page, in every state that looks its own way", () => {
    const pages = [...visited.values()].flat();
    expect([...new Set(pages.map(({ route }) => route)), "/signed-in"].toSorted()).toEqual(
      routesOfThePortal().toSorted(),
    );
    const statesOf = (route: string) =>
      pages.filter((page) => page.route === route).map(({ kind }) => kind.slice(route.length + 1));
    expect(statesOf("/pilots/$pilotId/deliverables/$deliverableId")).toEqual(
      expect.arrayContaining([
        ...["not_started", "not_started, to do", "in_progress", "in_progress, to do", "submitted", "in_review, to do"],
        ...["rework", "rework, to do", "accepted", "cancelled", "revision"],
      ]),
    );
    expect(statesOf("/pilots/$pilotId/gates/$runId")).toEqual(
      expect.arrayContaining(["at_gate", "passed", "passed_with_conditions", "stopped"]),
    );
    expect(statesOf("/pilots/$pilotId")).toEqual(
      expect.arrayContaining(["applied", "active", "on_hold", "stopped", "withdrawn", "completed"]),
    );
    for (const role of roles) expect(visited.get(role)?.length, role).toBeGreaterThan(8);
  });

  test("gives axe nothing to find on any page, in any role, wide and narrow, light and dark", () => {
    expect(findings.of("axe")).toEqual([]);
  });

  test("fits 320 px, twice the size and wide spacing of text: nothing sticks out, is cut off or lies over something", () => {
    expect(findings.of("layout")).toEqual([]);
  });

  test("shows the focus wherever it goes", () => {
    expect(findings.of("focus")).toEqual([]);
  });

  test("gives the browser nothing to complain about", () => {
    expect(findings.of("complaint")).toEqual([]);
  });
});
