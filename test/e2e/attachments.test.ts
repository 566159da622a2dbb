import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { axeFaults } from "../support/axe.ts";
import { eventually } from "../support/eventually.ts";
import { pdfSaying, uploadFile } from "../support/files.ts";
import { as, type SamplePerson } from "../support/people.ts";
import { desktop, type Portal, phone, startPortal } from "../support/portal.ts";

/** One grey pixel. */
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==",
  "base64",
);
const pdf = (name: string) => ({ name, mimeType: "application/pdf", buffer: Buffer.from(pdfSaying(name)) });

describe("The files of a form", () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await startPortal();
  });
  afterAll(() => portal[Symbol.asyncDispose]());

  async function openApplication(person: SamplePerson, pilotId: string, viewport = desktop) {
    const visit = await portal.visitAs(person, `/pilots/${pilotId}/deliverables/IN-1`, { viewport });
    await visit.page.getByRole("heading", { name: "Pilot application" }).waitFor();
    return visit;
  }

  async function startApplication(pilotId: string) {
    const call = await as(portal.url, "sme-aurora-admin");
    await call("startApplication", { body: { pilotId, title: "Sample diary for Latvia" } });
    return call;
  }

  const proof = (page: Page) => page.getByRole("group", { name: "Register extract or other proof" });

  test("are chosen without the mouse, checked, saved with the draft, and say who uploaded them", async () => {
    const call = await startApplication("files-choose");
    const { context, page, complaints } = await openApplication("sme-aurora-admin", "files-choose");
    const [chooser] = await Promise.all([
      page.waitForEvent("filechooser"),
      page.getByRole("button", { name: "Choose files: Register extract or other proof" }).press("Enter"),
    ]);
    await chooser.setFiles([pdf("extract.pdf"), pdf("statutes.pdf")]);
    await proof(page).getByText("extract.pdf").waitFor();
    await proof(page)
      .getByText(/by Sample/)
      .nth(1)
      .waitFor();
    await page.getByText(/^Saved at/).waitFor();
    const view = await call("getDeliverable", { params: { pilotId: "files-choose", deliverableId: "IN-1" } });
    expect(view.draft?.values.attachments).toMatchObject([{ name: "extract.pdf" }, { name: "statutes.pdf" }]);

    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Download: extract.pdf" }).click(),
    ]);
    expect(download.suggestedFilename()).toBe("extract.pdf");

    await page.getByRole("button", { name: "Remove extract.pdf" }).press("Enter");
    expect(
      await page.getByRole("button", { name: /^Choose files/ }).evaluate((it) => it === document.activeElement),
    ).toBe(true);
    await eventually("the draft holds one file", async () => {
      const { draft } = await call("getDeliverable", { params: { pilotId: "files-choose", deliverableId: "IN-1" } });
      const { attachments } = draft?.values ?? {};
      return Array.isArray(attachments) && attachments.length === 1 ? attachments : undefined;
    });
    expect(complaints).toEqual([]);
    await context.close();
  });

  test("can be dropped, and pictures looked at without leaving the page", async () => {
    await startApplication("files-drop");
    const { context, page, complaints } = await openApplication("sme-aurora-admin", "files-drop");
    const transfer = await page.evaluateHandle((base64) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const dropped = new DataTransfer();
      dropped.items.add(new File([bytes], "shop-front.png", { type: "image/png" }));
      return dropped;
    }, png.toString("base64"));
    await proof(page).getByText("or drop them here.").dispatchEvent("drop", { dataTransfer: transfer });
    await page.getByRole("button", { name: "Preview: shop-front.png" }).click();
    const preview = page.getByRole("dialog", { name: "shop-front.png" });
    const picture = preview.getByRole("img", { name: "shop-front.png" });
    await picture.waitFor();
    const width = await eventually("the picture is there", async () => {
      const natural = await picture.evaluate((image) => (image instanceof HTMLImageElement ? image.naturalWidth : 0));
      return natural > 0 ? natural : undefined;
    });
    expect(width).toBe(1);
    await page.keyboard.press("Escape");
    await preview.waitFor({ state: "detached" });
    const opener = page.getByRole("button", { name: "Preview: shop-front.png" });
    await expect.poll(() => opener.evaluate((button) => button === document.activeElement)).toBe(true);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test("are refused with the reason when their kind, size or content is wrong; the others still go", async () => {
    await startApplication("files-refused");
    const { context, page } = await openApplication("sme-aurora-admin", "files-refused");
    const files = [
      { name: "program.exe", mimeType: "application/octet-stream", buffer: Buffer.from("MZ") },
      { name: "nothing.pdf", mimeType: "application/pdf", buffer: Buffer.alloc(0) },
      { name: "huge.pdf", mimeType: "application/pdf", buffer: Buffer.alloc(20_000_001) },
      { name: "disguised.pdf", mimeType: "application/pdf", buffer: Buffer.from("no PDF at all") },
      pdf("genuine.pdf"),
    ];
    await proof(page).locator('input[type="file"]').setInputFiles(files);
    await proof(page).getByText("This kind of file is not taken here.").waitFor();
    await proof(page).getByText("There is nothing in this file.").waitFor();
    await proof(page).getByText("This file is larger than 20 MB.").waitFor();
    await proof(page).getByText("The content of disguised.pdf is not what its name says.").waitFor();
    await page.getByRole("button", { name: "Download: genuine.pdf" }).waitFor();
    await page.getByRole("button", { name: "Remove program.exe" }).click();
    await proof(page).getByText("program.exe").waitFor({ state: "detached" });
    await context.close();
  });

  test("wait for the connection to come back, and go when tried again", async () => {
    await startApplication("files-offline");
    const { context, page } = await openApplication("sme-aurora-admin", "files-offline");
    await context.setOffline(true);
    await proof(page)
      .locator('input[type="file"]')
      .setInputFiles([pdf("from-a-ferry.pdf")]);
    await proof(page).getByText("Fairway cannot be reached.").waitFor();
    await context.setOffline(false);
    await page.getByRole("button", { name: "Try from-a-ferry.pdf again" }).click();
    await page.getByRole("button", { name: "Download: from-a-ferry.pdf" }).waitFor();
    await context.close();
  });

  test("show how far they are and can be stopped", async () => {
    await startApplication("files-stopped");
    const { context, page } = await openApplication("sme-aurora-admin", "files-stopped");
    await page.route(/\/files\//, () => {});
    await proof(page)
      .locator('input[type="file"]')
      .setInputFiles([pdf("slow.pdf")]);
    await page.getByRole("progressbar", { name: "Sending slow.pdf" }).waitFor();
    await page.getByRole("button", { name: "Stop sending slow.pdf" }).click();
    await page.getByRole("progressbar", { name: "Sending slow.pdf" }).waitFor({ state: "detached" });
    expect(await page.getByRole("button", { name: "Download: slow.pdf" }).count()).toBe(0);
    await context.close();
  });

  test("go on being sent when the form's state changes meanwhile", async () => {
    await startApplication("files-meanwhile");
    const { context, page } = await openApplication("sme-aurora-admin", "files-meanwhile");
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    await page.route(/\/files\//, async (route) => {
      await released;
      await route.continue();
    });
    await proof(page)
      .locator('input[type="file"]')
      .setInputFiles([pdf("patient.pdf")]);
    await page.getByLabel("Name of the service").fill("Sample diary");
    await page.getByText(/^Saved at/).waitFor();
    await page.getByText("Ask for more time", { exact: true }).click();
    await page.getByLabel("New date").fill("2099-01-01");
    await page.getByLabel("Reason").fill("The register is slow.");
    await page.getByRole("button", { name: "Send request" }).click();
    await page.getByText("In progress", { exact: true }).waitFor();
    release();
    await page.getByRole("button", { name: "Download: patient.pdf" }).waitFor();
    await context.close();
  });

  test("break no rule of accessibility and fit a phone, while filled in and when read", async () => {
    const call = await startApplication("files-phone");
    const place = { pilotId: "files-phone", deliverableId: "IN-1" };
    const name = `${"a-long-name-of-a-file-".repeat(5)}.pdf`;
    const file = await uploadFile({ url: portal.url, call }, place, { name, content: pdfSaying(name) });
    await call("saveDraft", { params: place, body: { baseDraftVersion: 0, values: { attachments: [file] } } });
    for (const person of ["sme-aurora-admin", "coordinator-1"] as const) {
      const { context, page } = await openApplication(person, "files-phone", phone);
      await page.getByRole("button", { name: `Download: ${name}` }).waitFor();
      await page
        .getByText(/by Sample/)
        .first()
        .waitFor();
      expect(await axeFaults(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(phone.width);
      await context.close();
    }
  });
});
