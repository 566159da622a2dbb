/** One deliverable without a mouse: applied for by a company, reviewed by a coordinator. The gate is in gate.test.ts. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { pdfSaying } from "../support/files.ts";
import { as } from "../support/people.ts";
import { type Portal, startPortal } from "../support/portal.ts";

/** The label of what has the focus, and the question it belongs to. */
interface Focused {
  readonly label: string;
  readonly group: string;
  readonly tag: string;
}

const focusedOn = (page: Page): Promise<Focused> =>
  page.evaluate(() => {
    const at = document.activeElement === document.body ? null : document.activeElement;
    const label = at instanceof HTMLInputElement || at instanceof HTMLSelectElement ? at.labels?.[0] : null;
    const ofArea = at instanceof HTMLTextAreaElement ? at.labels?.[0] : null;
    const said = at?.getAttribute("aria-label") ?? (label ?? ofArea ?? at)?.textContent ?? "";
    const groups = at?.parentElement?.closest("fieldset");
    return { label: said.trim(), group: groups?.querySelector("legend")?.textContent ?? "", tag: at?.tagName ?? "" };
  });

/** Tab by tab until it is reached, as somebody without a mouse does. */
async function tabTo(page: Page, what: RegExp, { back = false } = {}): Promise<void> {
  for (let tabs = 0; tabs < 150; tabs += 1) {
    if (what.test((await focusedOn(page)).label)) return;
    await page.keyboard.press(back ? "Shift+Tab" : "Tab");
  }
  throw new Error(`No number of tabs leads to ${what}.`);
}

const hasFocus = (page: Page, label: RegExp) =>
  eventually(`the focus is on ${label}`, async () => (label.test((await focusedOn(page)).label) ? true : undefined));

const isSaid = (page: Page, message: RegExp) =>
  page
    .locator("[role=alert], [role=status], [aria-live]")
    .filter({ hasText: message })
    .first()
    .waitFor({ state: "attached" });

describe("Without a mouse", () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await startPortal();
  }, 90_000);
  afterAll(() => portal[Symbol.asyncDispose]());

  async function signInByKeyboard(name: RegExp) {
    const visit = await portal.open("/", { locale: "en-GB" });
    const { page } = visit;
    await page.getByRole("button", { name: "Sign in" }).waitFor();
    await tabTo(page, /^Sign in$/);
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name }).first().waitFor();
    await tabTo(page, name);
    await page.keyboard.press("Enter");
    await page.waitForURL(`${portal.url}/`);
    await hasFocus(page, /^Your tasks$/);
    return visit;
  }

  test("a company fills in a form of every kind of field and submits it, and a coordinator scores and accepts it", async () => {
    const { context, page, complaints } = await signInByKeyboard(/Sample manager, Sample Aurora/);
    const { keyboard } = page;
    await keyboard.press("g");
    await keyboard.press("p");
    await hasFocus(page, /^Pilots$/);
    // It stands open for a company without a pilot.
    await tabTo(page, /^Start an application$/);
    await tabTo(page, /^Service and market/);
    await keyboard.type("Care diary for Finland");
    await keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Pilot application" }).waitFor();
    await hasFocus(page, /^Pilot application$/);
    const pilotId = new URL(page.url()).pathname.split("/")[2] ?? "";

    // What is missing is asked for first: the list takes the focus, its first gap leads to the first field.
    await tabTo(page, /^What is missing\?$/);
    await keyboard.press("Enter");
    await hasFocus(page, /^What is missing \d+$/);
    await keyboard.press("Tab");
    await keyboard.press("Enter");
    await hasFocus(page, /^Legal name of the company/);

    const typed: readonly (readonly [RegExp, string])[] = [
      [/^Legal name/, "Sample Aurora SIA"],
      [/^Business register number/, "40000000000"],
      [/^Country of registration/, "Latvia"],
      [/^Employees/, "12"],
      [/^Annual turnover/, "250000"],
      [/^Balance sheet total/, "90000"],
      [/^Field of the service/, "e-health"],
      [/^Name of the service/, "Sample care diary"],
      [/^What the service does/, "It keeps a diary of care at home."],
      [/^Add a country/, "Finland"],
      [/^Why this service/, "Our customers asked for it."],
      [/^Contact person/, "Sample contact"],
      [/^Contact e-mail/, "sample@example.org"],
      [/^Granting body/, "Sample fund"],
      [/^Measure/, "Sample voucher"],
      [/^Granted on/, "03032025"],
      [/^Amount/, "1000"],
    ];
    // The window in which a file is picked belongs to the system; it answers with this one.
    const extract = { name: "extract.pdf", mimeType: "application/pdf", buffer: Buffer.from(pdfSaying("extract")) };
    page.on("filechooser", (chooser) => void chooser.setFiles([extract]));
    const seen: string[] = [];
    const filled: RegExp[] = [];
    for (let tabs = 0; tabs < 150; tabs += 1) {
      const { label, group, tag } = await focusedOn(page);
      const at = group === "" || /^(Row|Countries)/.test(group) ? label : group;
      const [field, words] = typed.find(([field]) => field.test(label)) ?? [];
      const isNew = !seen.includes(at);
      if (isNew) seen.push(at);
      if (field !== undefined && words !== undefined && !filled.includes(field)) {
        filled.push(field);
        // A list is searched by the letters typed so far.
        await keyboard.type(words, { delay: tag === "SELECT" ? 5 : 0 });
      } else if (/^Autonomous enterprise/.test(label) || /^Yes, I confirm/.test(label)) await keyboard.press("Space");
      else if (/^Company may appear/.test(group) && isNew) {
        await keyboard.press("Space");
        await keyboard.press("ArrowRight");
        await expect.poll(async () => (await focusedOn(page)).label).toBe("No");
      } else if (/^Add a row to De minimis aid/.test(label) && isNew) {
        await keyboard.press("Enter");
        // The new row stands before the button: the focus goes into it.
        await hasFocus(page, /^Granting body/);
        continue;
      } else if (/^Choose files: Register extract/.test(label)) {
        await keyboard.press("Enter");
        await page.getByText(/by Sample manager/).waitFor();
      } else if (label === "Submit") break;
      await keyboard.press("Tab");
    }
    expect((await focusedOn(page)).label).toBe("Submit");
    // In the order in which they are read.
    expect(filled).toEqual(typed.map(([field]) => field));
    await keyboard.press("Enter");
    await isSaid(page, /Pilot application/);
    await hasFocus(page, /^Pilot application$/);
    await page.getByRole("heading", { name: "Answers of revision 1" }).waitFor();
    const company = await as(portal.url, "sme-aurora-admin");
    const { submitted } = await company("getDeliverable", { params: { pilotId, deliverableId: "IN-1" } });
    expect(submitted?.values).toMatchObject({
      country: "LV",
      ownership: "autonomous",
      sector: "e_health",
      desiredMarkets: ["FI"],
      publicProfileOk: false,
      sanctionsDeclaration: true,
      deMinimisReceived: [{ grantor: "Sample fund", grantedOn: "2025-03-03", amountEur: 1000 }],
      attachments: [{ name: "extract.pdf" }],
    });
    expect(complaints).toEqual([]);
    await context.close();
    await portal.settled();

    const review = await signInByKeyboard(/Sample coordinator, Tallinn/);
    await review.page.getByRole("link", { name: /Pilot application/ }).waitFor();
    await review.page.keyboard.press("j");
    await hasFocus(review.page, /Pilot application/);
    await review.page.keyboard.press("s");
    await review.page.getByRole("heading", { name: "Your review" }).waitFor();
    await hasFocus(review.page, /^Pilot application$/);
    const coordinator = await as(portal.url, "coordinator-1");
    const view = await coordinator("getDeliverable", { params: { pilotId, deliverableId: "IN-1" } });
    await review.page.keyboard.press("n");
    for (const { text } of view.reviewCriteria) {
      const { group, label } = await focusedOn(review.page);
      expect(group).toContain(text);
      expect(label).toMatch(/^0/);
      // A scale is one stop: arrows run along it, Tab leaves it.
      await review.page.keyboard.press("Space");
      for (const points of ["1", "2", "3", "4"]) {
        await review.page.keyboard.press("ArrowDown");
        expect((await focusedOn(review.page)).label).toMatch(new RegExp(`^${points}`));
      }
      await review.page.keyboard.press("Tab");
      expect((await focusedOn(review.page)).tag).toBe("TEXTAREA");
      await review.page.keyboard.press("Tab");
    }
    await isSaid(review.page, /Result: 100\sof\s100/);
    await tabTo(review.page, /^Accept$/);
    await review.page.keyboard.press("Enter");
    await isSaid(review.page, /accepted/i);
    await hasFocus(review.page, /^Pilot application$/);
    await review.page.getByRole("heading", { name: "Accepted" }).waitFor();
    expect(review.complaints).toEqual([]);
    await review.context.close();
  }, 120_000);
});
