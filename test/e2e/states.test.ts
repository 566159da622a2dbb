import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { axeFaults } from "../support/axe.ts";
import { type Portal, startPortal } from "../support/portal.ts";

const stageOfBirch = "Sample Birch Oy: Sample class planner – Needs analysis";

describe("The page of the workflow engine", () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await startPortal({ sample: "pilots" });
    await portal.settled();
  }, 90_000);
  afterAll(() => portal[Symbol.asyncDispose]());

  test("leads an administrator from the list to where an execution is, stops it and lets it go on", async () => {
    const { context, page, complaints } = await portal.visitAs("admin-1", "/states");
    await page.getByRole("combobox", { name: "Status" }).selectOption({ label: "Running" });
    await page.getByRole("searchbox", { name: /^Pilot, company/ }).fill("birch class");
    await page.getByRole("button", { name: "Find", exact: true }).click();
    await page.getByRole("link", { name: stageOfBirch }).click();
    await page.getByRole("heading", { name: stageOfBirch }).waitFor();
    await page.getByText("sample-needs-needs-1-1", { exact: true }).waitFor();
    const graph = page.getByRole("img", { name: /State machine stage-run/ });
    expect(await graph.textContent()).toMatch(/✓ Open stage.*▶ Work on deliverables.*▶ Await submission/);
    await page.getByText("In words").click();
    await page.getByText(/Open stage: entered once/).waitFor();
    await page.getByText("ExecutionStarted").click();
    await page
      .getByText(/"stageRunId": "needs-1"/)
      .first()
      .waitFor();
    expect(await axeFaults(page)).toEqual([]);

    await page.getByText("Stop this execution").click();
    await page.getByRole("textbox", { name: "Reason" }).fill("To see that it goes on");
    await page.getByRole("button", { name: "Stop the execution" }).click();
    await page.getByRole("button", { name: "Redrive" }).click();
    await page.getByText(/redriven once/).waitFor();
    await page.getByText("Stop this execution").waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  test("tells an administrator on arrival what waits and what each page is for", async () => {
    const { context, page, complaints } = await portal.visitAs("admin-1", "/");
    await page.getByText(/^Nothing waits for you\./).waitFor();
    await page.getByRole("main").getByRole("link", { name: "Engine" }).click();
    await page.getByRole("heading", { name: "Workflow engine" }).waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  test("lets a coordinator look and change nothing, from the pilot and back to it", async () => {
    const { context, page, complaints } = await portal.visitAs(
      "coordinator-1",
      "/states/stage-run/sample-needs-needs-1-1",
    );
    await page.getByRole("img", { name: /State machine stage-run/ }).waitFor();
    expect(await page.getByText("Stop this execution").count()).toBe(0);
    await page.getByRole("link", { name: "Open the pilot" }).click();
    await page.getByRole("heading", { name: "Sample Birch Oy: Sample class planner" }).waitFor();
    await page.getByRole("link", { name: "Executions of this pilot in the workflow engine" }).click();
    await page.getByText(/^Only executions of Sample Birch Oy: Sample class planner\./).waitFor();
    await page.getByRole("link", { name: stageOfBirch }).click();
    await page.getByRole("heading", { name: stageOfBirch }).waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  test("is not offered to others", async () => {
    const { context, page } = await portal.visitAs("advisor-1", "/");
    await page.getByRole("link", { name: "Pilots", exact: true }).waitFor();
    expect(await page.getByRole("link", { name: "Engine" }).count()).toBe(0);
    await context.close();
  });
});
