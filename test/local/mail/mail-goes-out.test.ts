import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startSystem } from "../../../local/system.ts";
import { eventually } from "../../support/eventually.ts";
import { as } from "../../support/people.ts";
import { startSmtp } from "../../support/smtp.ts";

test("with a mail server, who is invited gets the mail and sample people get none; the outbox says so", async () => {
  await using smtp = await startSmtp();
  const dataFolder = await mkdtemp(join(tmpdir(), "fairway-mail-"));
  const mail = { url: smtp.url, from: "Fairway <noreply@fairway.example>" };
  const system = await startSystem({ dataFolder, port: 0, sample: "people", portal: false, mail, progress: () => {} });
  try {
    const admin = await as(system.url, "sme-birch-admin");
    const invitation = { name: "Ona", email: "ona@example.org", language: "lt", maySubmit: false } as const;
    await admin("inviteMember", { body: { ...invitation, role: "sme_member" } });
    const lab = await as(system.url, "sme-aurora-admin");
    await lab("startApplication", { body: { pilotId: "mailed", title: "Diary" } });
    await system.settled();

    const coordinator = await as(system.url, "coordinator-1");
    const mails = await eventually("no mail waits any more", async () => {
      const answer = await coordinator("listMails", { query: {} });
      return answer.mails.some(({ status }) => status === "waiting") ? undefined : answer.mails;
    });
    const sent = mails.filter(({ status }) => status === "sent");
    expect(sent.map(({ to, attempts }) => [to, attempts])).toEqual([["ona@example.org", 1]]);
    expect(smtp.received.map(({ to }) => to)).toEqual([["ona@example.org"]]);
    expect(smtp.received[0]?.raw).toMatch(/^Content-Language: lt/m);
    for (const kept of mails.filter((each) => !sent.includes(each))) expect(kept).toMatchObject({ status: "kept" });
  } finally {
    await system.close();
    await rm(dataFolder, { recursive: true, force: true });
  }
});
