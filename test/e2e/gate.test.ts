import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Download, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { canonicalJson } from "../../shared/domain/checksum.ts";
import { axeFaults } from "../support/axe.ts";
import { eventually } from "../support/eventually.ts";
import { as, type SamplePerson } from "../support/people.ts";
import { type Portal, phone, startPortal } from "../support/portal.ts";

const gate1 = { pilotId: "sample-at-gate-1", runId: "needs-1" };
const gate2 = { pilotId: "sample-at-gate-2", runId: "feasibility-1" };
const addressOf = ({ pilotId, runId }: typeof gate1) => `/pilots/${pilotId}/gates/${runId}`;

let portal: Portal;

/** Each group of tests moves the same few sample pilots on, so each has a system of its own. */
function withSystemOfItsOwn(): void {
  beforeAll(async () => {
    portal = await startPortal({ sample: "pilots" });
  }, 90_000);
  afterAll(() => portal[Symbol.asyncDispose]());
}

async function accessible(page: Page, when: string): Promise<void> {
  expect(await axeFaults(page), when).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow, when).toBeLessThanOrEqual(0);
}

async function scoreAs(person: SamplePerson, params: typeof gate1, points: number): Promise<void> {
  const call = await as(portal.url, person);
  const { round, musts, shoulds } = await call("getGate", { params });
  await call("scoreGate", {
    params,
    body: {
      round,
      musts: Object.fromEntries(musts.map(({ id }) => [id, { met: true, evidence: "As the report shows." }])),
      points: Object.fromEntries(shoulds.map(({ id }) => [id, points])),
    },
  });
}

async function take(page: Page, button: string): Promise<{ readonly file: Download; readonly bytes: Buffer }> {
  const [file] = await Promise.all([
    page.waitForEvent("download", { timeout: 20_000 }),
    page.getByRole("button", { name: button }).click(),
  ]);
  return { file, bytes: await readFile(await file.path()) };
}

const decision = (page: Page, name: string) => page.getByRole("radio", { name, exact: true });

describe("A gate", () => {
  withSystemOfItsOwn();

  test("is scored unseen, keeps what is typed, and sends deliverables back (story 5)", async () => {
    await scoreAs("expert-3", gate2, 3);
    const { context, page, complaints } = await portal.visitAs("coordinator-2", addressOf(gate2));
    await page.getByText(/Still to come: 1 from a coordinator\. Until then/).waitFor();
    expect(await page.getByText(/filed, sealed/).count()).toBe(2);
    expect(await page.getByText("As the report shows.").count()).toBe(0);
    await accessible(page, "while it is scored");
    const evidence = page.getByRole("link", { name: "Business case (revision 1)" });
    expect(await evidence.getAttribute("href")).toBe(`/pilots/${gate2.pilotId}/deliverables/FS-5?revision=1`);

    const coordinator = await as(portal.url, "coordinator-2");
    const { musts } = await coordinator("getGate", { params: gate2 });
    for (const { text } of musts) {
      const must = page.getByRole("group", { name: text });
      await must.getByLabel(text.startsWith("Half of the investment") ? "Not met" : "Met", { exact: true }).check();
      await must.getByLabel("Evidence").fill("As the business case shows.");
    }
    await page.reload();
    const half = page.getByRole("group", { name: /^Half of the investment/ });
    await half.waitFor();
    expect(await half.getByLabel("Not met").isChecked()).toBe(true);
    expect(await half.getByLabel("Evidence").inputValue()).toBe("As the business case shows.");
    for (const choice of await page.getByLabel("3 Good").all()) await choice.check();
    await page.getByRole("button", { name: "File score" }).click();

    await page.getByText(/^Mean score: 76\.7\sof\s100$/).waitFor();
    const advance = page.getByRole("listitem").filter({ hasText: /^Advance Not offered/ });
    await advance.getByText("Not met: Half of the investment secured or applied for").waitFor();
    await decision(page, "Rework").check();
    await page.getByLabel("Reason").fill("Half of the investment must be secured.");
    await page.getByLabel("Business case").check();
    await page.getByText("Goes back as well, because it rests on that: Feasibility report").waitFor();
    await accessible(page, "while it is decided");
    await page.reload();
    await decision(page, "Rework").waitFor();
    expect(await decision(page, "Rework").isChecked()).toBe(true);
    expect(await page.getByLabel("Reason").inputValue()).toBe("Half of the investment must be secured.");
    await page.getByRole("button", { name: "Decide: Rework" }).click();

    await page.getByRole("heading", { name: "Decided so far" }).waitFor();
    await page.getByText("Sent back: Business case and Feasibility report").waitFor();
    const { deliverables } = await coordinator("getPilot", { params: { pilotId: gate2.pilotId } });
    expect(deliverables.filter(({ status }) => status === "rework").map(({ id }) => id)).toEqual(["FS-5", "FS-7"]);
    await page.getByText("Scores of round 1").click();
    await page.getByText("As the report shows.").first().waitFor();

    const { file, bytes } = await take(page, "Download as JSON");
    expect(file.suggestedFilename()).toBe("gate-G2-sample-at-gate-2.json");
    const { dossier, checksum } = JSON.parse(bytes.toString("utf8"));
    expect(createHash("sha256").update(canonicalJson(dossier)).digest("hex")).toBe(checksum);
    expect(dossier.rounds[0].scores).toHaveLength(3);
    const pdf = await take(page, "Download as PDF");
    expect(pdf.bytes.subarray(0, 5).toString("latin1")).toBe("%PDF-");
    expect(pdf.bytes.includes(Buffer.from(dossier.pilot.title, "utf16le").swap16())).toBe(true);
    expect(pdf.bytes.includes("/Lang (en)")).toBe(true);
    await accessible(page, "when it is decided");
    expect(complaints).toEqual([]);
    await context.close();

    const small = await portal.visitAs("coordinator-2", addressOf(gate2), { viewport: phone, language: "fi" });
    await small.page.getByRole("heading", { name: "Tähänastiset päätökset" }).waitFor();
    await accessible(small.page, "on a phone, in Finnish");
    expect(await small.page.locator("main").innerText()).not.toMatch(/\b\w+\.\w+\.\w+\b(?<!\d)/);
    const finnish = await take(small.page, "Lataa PDF");
    expect(finnish.bytes.includes("/Lang (fi)")).toBe(true);
    expect(small.complaints).toEqual([]);
    await small.context.close();
  }, 90_000);

  test("is skipped by two: one proposes, another declines, then confirms", async () => {
    const { context, page, complaints } = await portal.visitAs("coordinator-1", addressOf(gate1));
    await scoreAs("coordinator-2", gate1, 4);
    await page.reload();
    const propose = async () => {
      await decision(page, "Skip stage").check();
      await page.getByLabel("Why this stage can be skipped").selectOption({ label: "Already done elsewhere" });
      await page.getByLabel("Evidence", { exact: true }).fill("Study of 2025, file 12.");
      await page.getByText("Nothing changes yet: another coordinator has to confirm it.").waitFor();
      await page.getByRole("button", { name: "Propose to skip" }).click();
      await page.getByText("You proposed it, so another coordinator has to agree.").waitFor();
    };
    await propose();
    const other = await portal.visitAs("coordinator-2", addressOf(gate1));
    await other.page.getByRole("heading", { name: "Proposal to skip: Feasibility" }).waitFor();
    await other.page.getByText("Study of 2025, file 12.").waitFor();
    await accessible(other.page, "with a proposal");
    await other.page.getByText("Decline the skip", { exact: true }).first().click();
    await other.page.getByLabel("Reason").fill("The study is too old.");
    await other.page.getByRole("button", { name: "Decline the skip" }).click();
    await other.page.getByRole("heading", { name: "Proposal to skip: Feasibility" }).waitFor({ state: "detached" });

    await page.reload();
    await decision(page, "Skip stage").waitFor();
    await propose();
    await other.page.reload();
    await other.page.getByText("Agree to skip", { exact: true }).click();
    await other.page.getByText(/^Feasibility is recorded as skipped with all its deliverables/).waitFor();
    await other.page.getByRole("button", { name: "Confirm the skip" }).click();
    await other.page.getByText("Skip, by Sample coordinator, Tallinn and Sample coordinator, Vilnius").waitFor();
    // Why, in words, and what proves it.
    await other.page.getByText(/^Already done elsewhere\s· Evidence: Study of 2025, file 12\.$/).waitFor();
    expect([...complaints, ...other.complaints]).toEqual([]);
    await Promise.all([context.close(), other.context.close()]);
  }, 60_000);

  test("comes after an agreement that is on the pilot's page, to read and to take along", async () => {
    const { context, page, complaints } = await portal.visitAs("sme-birch-admin", "/pilots/sample-needs", {
      viewport: phone,
    });
    await page.getByRole("link", { name: "Pilot agreement" }).click();
    await page.getByText(/to be checked by the programme’s lawyer/).waitFor();
    await page.getByText("Sample class planner", { exact: true }).first().waitFor();
    await accessible(page, "the agreement");
    const { file, bytes } = await take(page, "Download as PDF");
    expect(file.suggestedFilename()).toBe("agreement-sample-needs.pdf");
    expect(bytes.subarray(0, 5).toString("latin1")).toBe("%PDF-");
    const data = JSON.parse((await take(page, "Download as JSON")).bytes.toString("utf8"));
    expect(createHash("sha256").update(canonicalJson(data.agreement)).digest("hex")).toBe(data.checksum);
    expect(complaints).toEqual([]);
    await context.close();
  }, 60_000);
});

describe("A decider", () => {
  withSystemOfItsOwn();

  test("passes a gate by keyboard only, from the task list to the decision", async () => {
    const { context, page, complaints } = await portal.visitAs("coordinator-1", "/");
    const { keyboard } = page;
    const focused = () =>
      page.evaluate(() => {
        const { activeElement: at } = document;
        const label = at?.id === "" || at === null ? undefined : document.querySelector(`label[for="${at.id}"]`);
        const group = at?.closest("fieldset")?.querySelector("legend")?.textContent ?? "";
        return { is: (label ?? at)?.textContent ?? "", type: at?.getAttribute("type") ?? at?.tagName ?? "", group };
      });
    /** Tab by tab until it is reached, as somebody without a mouse does. */
    const tabTo = async (what: RegExp, { within = /./ } = {}) => {
      for (let tabs = 0; tabs < 250; tabs += 1) {
        const { is, group } = await focused();
        if (what.test(is) && (within.source === "." || within.test(group))) return;
        await keyboard.press("Tab");
      }
      throw new Error(`No number of tabs leads to ${what}.`);
    };

    await page
      .getByRole("link", { name: /Gate 1/ })
      .first()
      .waitFor();
    await tabTo(/Score.*Gate 1/);
    await keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: /^Gate 1/ }).waitFor();
    const coordinator = await as(portal.url, "coordinator-1");
    const { musts, shoulds } = await coordinator("getGate", { params: gate1 });
    for (const { text } of musts) {
      await tabTo(/^Met$/, { within: new RegExp(text.slice(0, 20).replaceAll(/[^\w ]/g, ".")) });
      await keyboard.press("Space");
      await tabTo(/^Evidence/);
      await keyboard.type("As the report shows.");
      await keyboard.press("Tab");
    }
    for (const { text } of shoulds) {
      await tabTo(/^0 /, { within: new RegExp(text.slice(0, 15).replaceAll(/[^\w ]/g, ".")) });
      for (const _ of [1, 2, 3]) await keyboard.press("ArrowDown");
      await keyboard.press("Tab");
    }
    await tabTo(/^File score$/);
    await keyboard.press("Enter");
    await page.getByText("Mean score: 75 of 100").waitFor();
    expect((await focused()).is).toBe("Scores");
    await tabTo(/^Advance$/);
    await keyboard.press("Space");
    await page.getByText(/^Feasibility opens with 7\sdeliverables/).waitFor();
    await tabTo(/^Decide: Advance$/);
    await keyboard.press("Enter");
    await page.getByText("Advance, by Sample coordinator, Tallinn").waitFor();
    await eventually("the focus is where the decision is told", async () =>
      (await focused()).is === "Decided so far" ? true : undefined,
    );
    expect(complaints).toEqual([]);
    await context.close();
  }, 60_000);

  test("is refused on a newer revision without losing a word, and decides once it was looked at (story 8)", async () => {
    for (const person of ["expert-3", "coordinator-2"] as const) await scoreAs(person, gate2, 3);
    const { context, page } = await portal.visitAs("coordinator-2", addressOf(gate2));
    await decision(page, "Advance with conditions").check();
    await page.getByLabel("Reason").fill("Nearly there.");
    const fill = async (number: number, what: string) => {
      const condition = page.getByRole("group", { name: `Condition ${number}` });
      await condition.getByLabel("What must be done").fill(what);
      await condition.getByLabel("By whom").selectOption({ label: "The company" });
      await condition.getByLabel("Until").fill("2031-01-15");
    };
    await fill(1, "Sign the loan.");
    await page.getByRole("button", { name: "Add a condition" }).click();
    await fill(2, "Hire a partner.");
    await page.getByRole("button", { name: "Add a condition" }).click();
    await page.getByRole("button", { name: "Remove condition 3" }).click();

    // Meanwhile the report is opened again and handed in anew.
    const [coordinator, advisor] = [await as(portal.url, "coordinator-1"), await as(portal.url, "advisor-2")];
    const report = { pilotId: gate2.pilotId, deliverableId: "FS-7" };
    await coordinator("reopenDeliverable", { params: report, body: { reason: "A figure is wrong.", dueInDays: 5 } });
    const { draftVersion, submitted } = await advisor("getDeliverable", { params: report });
    await advisor("submitDeliverable", {
      params: report,
      body: { baseDraftVersion: draftVersion, values: submitted?.values ?? {} },
    });
    await page.getByRole("button", { name: "Decide: Advance with conditions" }).click();
    await page.getByText(/FS-7 has a newer revision/).waitFor();
    await page.getByText(/What you typed is kept on this device/).waitFor();

    const { reviewCriteria } = await coordinator("getDeliverable", { params: report });
    await coordinator("claimTask", { params: { pilotId: gate2.pilotId, taskId: "FS-7.review.2" } });
    await coordinator("reviewDeliverable", {
      params: report,
      body: {
        revision: 2,
        outcome: "accepted",
        points: Object.fromEntries(reviewCriteria.map(({ id }) => [id, 4])),
        criterionComments: {},
        fieldComments: [],
      },
    });
    await eventually("the gate opens again", async () => {
      const { status, round } = await coordinator("getGate", { params: gate2 });
      return status === "open" && round === 2 ? true : undefined;
    });
    for (const person of ["expert-2", "expert-3", "coordinator-2"] as const) await scoreAs(person, gate2, 3);
    await page.reload();
    await page.getByText("There is a newer revision: Feasibility report. Look at it, then decide.").waitFor();
    expect(await page.getByLabel("Reason").inputValue()).toBe("Nearly there.");
    await page.getByRole("button", { name: "I have looked at it" }).click();
    await page.getByRole("button", { name: "Decide: Advance with conditions" }).click();
    await page.getByText("Advance with conditions, by Sample coordinator, Vilnius").waitFor();
    const { conditions } = await coordinator("getPilot", { params: { pilotId: gate2.pilotId } });
    expect(conditions.map(({ text, ownerRole }) => [text, ownerRole])).toEqual([
      ["Sign the loan.", "sme"],
      ["Hire a partner.", "sme"],
    ]);
    await context.close();
  }, 60_000);
});
