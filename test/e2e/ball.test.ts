import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fullExample } from "../fixtures/form-examples.ts";
import { as } from "../support/people.ts";
import { type Portal, phone, startPortal } from "../support/portal.ts";

const DAY_MS = 86_400_000;

describe("Who has the ball", () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await startPortal();
  });
  afterAll(() => portal[Symbol.asyncDispose]());

  test("is told to the company in one line: who, with what, since when, and the day that was promised", async () => {
    const company = await as(portal.url, "sme-aurora-admin");
    const params = { pilotId: "whose-turn" };
    await company("startApplication", { body: { ...params, title: "Sample diary for Latvia" } });
    const on = new Date(Date.now() + 5 * DAY_MS).toISOString().slice(0, 10);
    await company("giveForecast", {
      params: { ...params, taskId: "IN-1.produce.1" },
      body: { on, note: "Waiting for the accountant" },
    });

    const { context, page } = await portal.visitAs("sme-aurora-admin", "/", { viewport: phone });
    // At home, before anything is looked for.
    const own = page.getByRole("region", { name: "Your pilots" });
    await own.getByText("Who has the ball:").waitFor();
    // Two pilots of one service have one title.
    await own.getByText("Latvia", { exact: true }).waitFor();
    await page.goto(`${portal.url}/pilots/${params.pilotId}`);
    const line = page.getByText("Who has the ball:").locator("..");
    const day = inEnglish(on);
    await line.getByText(`the company, with “IN\u20111 Pilot application”, since ${inEnglish(today())}`).waitFor();
    await line.getByText(`Expected ${day}.`).waitFor();
    await page.getByText(`expected ${day} (Waiting for the accountant)`).waitFor();

    const values = fullExample("IN-1", { attachments: [] });
    await company("submitDeliverable", {
      params: { ...params, deliverableId: "IN-1" },
      body: { baseDraftVersion: 0, values },
    });
    await portal.settled();
    await page.reload();
    await line.getByText("a coordinator, with “Review IN\u20111 Pilot application”").waitFor();
    // Nobody has promised the review, and too few reviews are finished to say how long one takes.
    expect(await line.innerText()).not.toMatch(/Expected|Usually/);
    await context.close();
  });
});

const today = (): string => new Date().toISOString().slice(0, 10);

const inEnglish = (date: string): string =>
  new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" }).format(new Date(date));
