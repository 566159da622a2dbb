import { describe, expect, test } from "vitest";
import { sayingWhoWasQuicker } from "../../../functions/api/who-was-quicker.ts";
import { Refusal } from "../../../shared/domain/refusal.ts";
import { inEnglish } from "../../support/in-english.ts";

const reader = {
  id: "reader",
  name: "Reader",
  email: "reader@example.org",
  language: "en",
  country: "LV",
  sample: true,
};
const names = {
  person: async (id: string) => ({ id, name: `Person ${id}` }),
};

async function said(refusal: Refusal): Promise<Refusal> {
  const answer = await sayingWhoWasQuicker(refusal, { person: reader, names });
  if (!(answer instanceof Refusal)) throw new Error("The refusal was lost.");
  return inEnglish(answer);
}

describe("who was quicker", () => {
  test("is said by name and in the reader's own time of day", async () => {
    const submittedAt = "2027-03-10T08:02:11.000Z";
    const refusal = await said(new Refusal("AlreadySubmitted", "submitted_already", { submittedBy: "a", submittedAt }));
    expect(refusal.message).toBe("Already submitted by Person a at 10:02:11.");
    expect(refusal.details).toEqual({ submittedBy: { id: "a", name: "Person a" }, submittedAt });
  });

  test("is said with the day when it was another one, and as you when it was oneself", async () => {
    const details = { currentVersion: 6, savedBy: "reader", savedAt: "2027-03-09T22:30:00.000Z" };
    expect((await said(new Refusal("StaleDraft", "draft_saved_meanwhile", details))).message).toMatch(
      /^You saved this draft at 00:30:00,/,
    );
    const earlier = { ...details, savedBy: "b", savedAt: "2027-03-09T08:00:00.000Z" };
    const refusal = await said(new Refusal("StaleDraft", "draft_saved_meanwhile", earlier));
    expect(refusal.message).toMatch(/^Person b saved this draft on 9 March 2027 at 10:00:00,/);
    expect(refusal.details).toMatchObject({ currentVersion: 6, savedBy: { name: "Person b" } });
  });

  test("names who has a task beside the id", async () => {
    const refusal = await said(new Refusal("TaskTaken", "task_taken", { assigneeId: "c" }));
    expect(refusal.message).toBe("Person c has this task already.");
    expect(refusal.details).toEqual({ assigneeId: "c", assignee: { id: "c", name: "Person c" } });
  });

  test("leaves every other error as it is", async () => {
    const refusal = new Refusal("NotFound", "no_such_pilot", { assigneeId: "c" });
    expect(await sayingWhoWasQuicker(refusal, { person: reader, names })).toBe(refusal);
    const fault = new TypeError("A fault");
    expect(await sayingWhoWasQuicker(fault, { person: reader, names })).toBe(fault);
  });
});
