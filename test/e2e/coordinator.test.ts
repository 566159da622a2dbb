import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { as } from "../support/people.ts";
import { type Portal, startPortal } from "../support/portal.ts";

describe("A coordinator", () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await startPortal({ sample: "pilots" });
  }, 90_000);
  afterAll(() => portal[Symbol.asyncDispose]());

  test("watches the pipeline as a board and as a table, and takes it along as CSV", async () => {
    const { context, page, complaints } = await portal.visitAs("coordinator-1", "/pilots");
    const needs = page.getByRole("region", { name: /^Needs analysis \(/ });
    await needs.getByRole("link", { name: "Sample Heron d.o.o.: Sample sleep journal" }).waitFor();
    await needs.getByText(/tasks? overdue/).waitFor();
    await page.getByLabel("Search in pilots").fill("heron");
    await page.getByText(/^1 of \d+ pilots shown$/).waitFor();
    await page.getByRole("button", { name: "Clear filters" }).click();

    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Show as table" }).click();
    await page.getByLabel("Group by").selectOption({ label: "Stage" });
    await page.getByRole("rowheader", { name: "Feasibility (4)" }).waitFor();
    await page.getByRole("button", { name: "Days in stage" }).click();
    await page.getByRole("columnheader", { name: "Days in stage", exact: false }).waitFor();
    expect(new URL(page.url()).searchParams.get("sort")).toBe("days");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Export CSV" }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^sample-programme-.*-pilots-\d{4}-\d{2}-\d{2}\.csv$/);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test("hands over the work of an advisor who leaves, by load and language (story 6)", async () => {
    const { context, page, complaints } = await portal.visitAs("coordinator-1", "/people");
    await page.getByRole("link", { name: "Hand over the work of Sample advisor, Sofia" }).click();
    await page.getByRole("heading", { name: "Who takes which pilot" }).waitFor();
    const coordinator = await as(portal.url, "coordinator-1");
    const preview = await coordinator("previewDeparture", { params: { personId: "advisor-3" } });
    expect(preview.pilots.length).toBeGreaterThan(1);
    const fern = page.getByLabel("Successor for Sample Fern EOOD: Sample skills passport");
    await fern.selectOption("advisor-2");
    await page.getByText("Plan the hand-over", { exact: true }).click();
    const { now } = await coordinator("getClock", {});
    const lastDay = new Date(Date.parse(now) + 5 * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
    await page.getByLabel("Last day").fill(lastDay);
    await page.getByLabel("Reason").fill("A new post elsewhere.");
    await page.getByRole("button", { name: "Hand over" }).click();
    await page
      .getByText(/^Handed over: \d+ pilots, \d+ open tasks\.$/)
      .first()
      .waitFor();
    const advisors = await Promise.all(
      preview.pilots.map(async ({ id }) => (await coordinator("getPilot", { params: { pilotId: id } })).advisors),
    );
    expect(advisors.flat().map(({ id }) => id)).not.toContain("advisor-3");
    const { advisors: ofFern } = await coordinator("getPilot", { params: { pilotId: "sample-adaptation" } });
    expect(ofFern.map(({ id }) => id)).toEqual(["advisor-2"]);
    await page.goto(`${portal.url}/people`);
    await page
      .getByText(/until .*advisor-3@sample\.example$/)
      .first()
      .waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });
});
