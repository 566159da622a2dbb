/** The pictures in the guides: who looks at which page, and what they have done there. One row, one file in docs/images. */
import type { Page } from "playwright-core";
import { as, type SamplePerson } from "../support/people.ts";

export interface Picture {
  /** Of the file, without ".png". */
  readonly name: string;
  readonly person: SamplePerson;
  readonly path: string;
  readonly size?: "desktop" | "phone";
  /** What others have done before anybody looks. */
  readonly prepare?: (url: string) => Promise<unknown>;
  /** Waits for what the picture is about, and does by hand what leads to it. */
  readonly show: (page: Page) => Promise<unknown>;
}

export const pictures: readonly Picture[] = [
  {
    name: "company-tasks",
    person: "sme-kestrel-admin",
    path: "/",
    show: (page) => page.getByText("Who has the ball").first().waitFor(),
  },
  {
    name: "company-form",
    person: "sme-heron-admin",
    path: "/pilots/sample-overdue/deliverables/NA-2",
    async show(page) {
      await page.getByRole("button", { name: "What is missing?" }).click();
      await page.getByRole("heading", { name: /What is missing/ }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: "company-rework",
    person: "sme-kestrel-admin",
    path: "/pilots/sample-rework/deliverables/FS-2",
    show: (page) => page.getByRole("heading", { name: "What to change" }).waitFor(),
  },
  {
    name: "company-phone",
    person: "sme-kestrel-admin",
    path: "/pilots/sample-rework",
    size: "phone",
    show: (page) => page.getByText("Who has the ball").first().waitFor(),
  },
  {
    name: "company-team",
    person: "sme-aurora-admin",
    path: "/team",
    show: (page) => page.getByRole("heading", { name: "Team" }).waitFor(),
  },
  {
    name: "advisor-inbox",
    person: "advisor-2",
    path: "/",
    async show(page) {
      await page.getByRole("heading", { name: "To review" }).waitFor();
      await page.keyboard.press("j");
    },
  },
  {
    name: "advisor-review",
    person: "advisor-2",
    path: "/pilots/sample-raven-1/deliverables/FS-5",
    async show(page) {
      await page.getByRole("heading", { name: "Your review" }).waitFor();
      for (const key of ["n", "4", "n", "3"]) await page.keyboard.press(key);
      const commentOn = page.getByRole("textbox", { name: "Comment on Discount rate" });
      await page.getByText("Add a comment").nth(2).click();
      await commentOn.fill("Please say where the 8 % come from.");
      await commentOn.scrollIntoViewIfNeeded();
    },
  },
  {
    name: "advisor-workspace",
    person: "advisor-1",
    path: "/pilots/sample-at-risk",
    show: (page) => page.getByRole("heading", { name: "Notes" }).waitFor(),
  },
  {
    name: "advisor-notes",
    person: "advisor-1",
    path: "/pilots/sample-needs",
    async prepare(url) {
      const params = { pilotId: "sample-needs" };
      const company = await as(url, "sme-birch-admin");
      await company("addComment", {
        params,
        body: { text: "The school in Riga can try it from November on.", internal: false, mentions: ["advisor-1"] },
      });
      const advisor = await as(url, "advisor-1");
      await advisor("addComment", {
        params,
        body: { text: "Good news, but nobody has asked the parents yet.", internal: true, mentions: [] },
      });
      await advisor("askQuestion", {
        params,
        body: { text: "How many classes would take part?", internal: false, toRole: "sme", dueOn: "2026-10-14" },
      });
    },
    async show(page) {
      await page.getByText("How many classes").first().waitFor();
      await page.getByRole("heading", { name: "Notes" }).evaluate((heading) => heading.scrollIntoView());
    },
  },
  {
    name: "coordinator-board",
    person: "coordinator-1",
    path: "/pilots",
    show: (page) => page.getByText("Overdue tasks").first().waitFor(),
  },
  {
    name: "coordinator-gate",
    person: "coordinator-2",
    path: "/pilots/sample-at-gate-2/gates/feasibility-1",
    async prepare(url) {
      const params = { pilotId: "sample-at-gate-2", runId: "feasibility-1" };
      for (const person of ["expert-3", "coordinator-2"] as const) {
        const decider = await as(url, person);
        const { round, musts, shoulds } = await decider("getGate", { params });
        await decider("scoreGate", {
          params,
          body: {
            round,
            musts: Object.fromEntries(musts.map(({ id }) => [id, { met: true, evidence: "As the report shows." }])),
            points: Object.fromEntries(shoulds.map(({ id }) => [id, 3])),
          },
        });
      }
    },
    async show(page) {
      await page.getByRole("radio", { name: "Advance with conditions" }).check();
      await page.getByRole("heading", { name: "Decisions" }).evaluate((heading) => heading.scrollIntoView());
    },
  },
  {
    name: "coordinator-dashboard",
    person: "coordinator-1",
    path: "/dashboard",
    show: (page) => page.getByRole("heading", { name: "How far pilots came" }).waitFor(),
  },
  {
    name: "coordinator-forecast",
    person: "coordinator-1",
    path: "/dashboard",
    async show(page) {
      const heading = page.getByRole("heading", { name: "Forecast", exact: true });
      await heading.evaluate((element) => element.scrollIntoView());
    },
  },
  {
    name: "coordinator-programme",
    person: "coordinator-1",
    path: "/programme",
    async show(page) {
      await page.getByLabel("Focus size").fill("50");
      await page.getByLabel("Time for a rework").fill("21");
      await page.getByRole("heading", { name: "What changes" }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: "coordinator-departure",
    person: "coordinator-1",
    path: "/people/advisor-1/departure",
    show: (page) => page.getByText("Who takes which pilot").waitFor(),
  },
  {
    name: "engine",
    person: "admin-1",
    path: "/states/stage-run/sample-needs-needs-1-1",
    show: (page) => page.getByRole("img", { name: /State machine stage-run/ }).waitFor(),
  },
];
