/** What people can find out and ask about their own data, and those who decide about it. */
import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { as } from "../support/people.ts";
import { type Portal, phone, startPortal } from "../support/portal.ts";

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal({ sample: "pilots" });
}, 120_000);
afterAll(() => portal[Symbol.asyncDispose]());

const name = "Sample employee, Sample Larch UAB";

test("A person takes a copy of their data, asks to be forgotten and takes it back; asked again, a coordinator grants it and an administrator carries it out", async () => {
  await using person = await portal.visitAs("sme-larch-member", "/settings", { viewport: phone });
  const { page } = person;
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download the copy" }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^fairway-my-data-\d{4}-\d{2}-\d{2}\.json$/);
  const copy = JSON.parse(await readFile(await download.path(), "utf8"));
  expect(copy).toMatchObject({ format: "fairway-personal-data", person: { id: "sme-larch-member" } });

  await page.getByRole("button", { name: "Close" }).click();
  const wish = page.getByRole("region", { name: "Being forgotten" });
  const ask = async () => {
    await wish.getByText("Ask to be forgotten", { exact: true }).click();
    await wish.getByRole("button", { name: "Send the request" }).click();
    await wish.getByText(/^You asked on .+ A coordinator answers by/).waitFor();
  };
  await ask();
  await wish.getByRole("button", { name: "Take the request back" }).click();
  await wish.getByText("Ask to be forgotten", { exact: true }).waitFor();
  await ask();

  await using office = await portal.visitAs("coordinator-1", "/people");
  await office.page.getByRole("link", { name: "Requests to be forgotten" }).click();
  await office.page.getByText("Grant", { exact: true }).click();
  await office.page.getByLabel("Reason").first().fill("The pilot does not need it any more.");
  await office.page.getByRole("button", { name: "Grant the request" }).click();
  await office.page.getByText("An administrator carries it out.", { exact: true }).waitFor();
  await page.reload();
  await wish.getByText("The pilot does not need it any more.").waitFor();

  await handOnTheirTasks();
  await using machine = await portal.visitAs("admin-1", "/people/erasures");
  const erasure = machine.page.getByRole("listitem").filter({ hasText: name });
  await erasure.getByText(`Erase ${name}`).click();
  const typed = erasure.getByLabel("To confirm, type the name");
  await typed.fill("somebody else");
  await erasure.getByRole("button", { name: "Erase for good" }).click();
  await erasure.getByText("Nothing was erased.").waitFor();
  await typed.fill(name);
  await erasure.getByRole("button", { name: "Erase for good" }).click();
  await machine.page.getByText(/^Erased person [0-9a-f]{8}/).waitFor();
  expect(await machine.page.getByText(name).count()).toBe(0);
  for (const { complaints } of [person, office, machine]) expect(complaints).toEqual([]);
}, 120_000);

async function handOnTheirTasks(): Promise<void> {
  const call = await as(portal.url, "sme-larch-member");
  const { tasks } = await call("listTasks", { query: {} });
  for (const { id: taskId, pilotId, assignee } of tasks) {
    if (assignee?.id !== "sme-larch-member") continue;
    await call("releaseTask", { params: { pilotId, taskId }, body: {} });
  }
}

test("A company sees below its business case who has read it, and reads that nobody has yet elsewhere", async () => {
  const advisor = await as(portal.url, "coordinator-2");
  const params = { pilotId: "sample-at-gate-2", deliverableId: "FS-5" };
  await advisor("getRevision", { params: { ...params, revision: 1 } });
  await using company = await portal.visitAs("sme-maple-admin", "/pilots/sample-at-gate-2/deliverables/FS-5");
  const readers = company.page.getByRole("region", { name: "Who has read the figures" });
  await readers.getByRole("listitem").filter({ hasText: "Sample coordinator" }).getByText("Revision 1").waitFor();
  await company.page.goto(`${portal.url}/pilots/sample-at-gate-2/deliverables/FS-6`);
  await company.page.getByRole("heading", { level: 1, name: "Living-lab trial plan" }).waitFor();
  expect(await readers.count()).toBe(0);
  expect(company.complaints).toEqual([]);
});

test("A programme says how long things are kept, within what the law asks for, and what the last removal did", async () => {
  await using office = await portal.visitAs("coordinator-1", "/programme");
  const { page } = office;
  const retention = page.getByRole("region", { name: "How long things are kept" });
  await retention.getByText("(EU) 2021/1060").waitFor();
  expect(await retention.getByLabel("Business records").getAttribute("min")).toBe("5");
  await retention.getByLabel("Mails").fill("400");
  await page.getByText("365 days → 400 days").waitFor();
  await page.getByLabel("Reason").fill("As the authority asks");
  await page.getByRole("button", { name: "Save changes" }).click();
  await page.getByText("Reason: As the authority asks").waitFor();
  const coordinator = await as(portal.url, "coordinator-1");
  expect((await coordinator("getProgramme", {})).parameters.mailDays).toBe(400);
  expect(office.complaints).toEqual([]);
});
