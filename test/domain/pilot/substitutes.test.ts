import { expect, test } from "vitest";
import { type Actor, seatOf } from "../../../shared/domain/actor.ts";
import { may, playsRole } from "../../../shared/domain/permissions.ts";
import { assertNotOwnWorkOf } from "../../../shared/domain/pilot/task-rights.ts";
import { Refusal } from "../../../shared/domain/refusal.ts";

const pilot = {
  programmeId: "p",
  organisationId: "o",
  status: "active",
  team: [{ personId: "away", role: "advisor" }],
} as const;
const own: Actor = { personId: "substitute", role: "advisor", programmeId: "p" };
const standingIn: Actor = { ...own, forPersonId: "away" };

test("a substitute has the rights of the seat they act in, and no others", () => {
  expect(seatOf(standingIn)).toBe("away");
  expect(may(own, "task.work", pilot)).toBe(false);
  expect(may(standingIn, "task.work", pilot)).toBe(true);
  expect(playsRole(standingIn, "advisor", pilot)).toBe(true);
  expect(may({ ...standingIn, role: "expert" }, "task.work", pilot)).toBe(false);
  expect(may(standingIn, "team.assign", pilot)).toBe(false);
});

test.each(["away", "substitute"])("nobody reviews for another what %s has delivered", (submittedBy) => {
  const state = { deliverables: { "NA-1": { submittedBy } }, tasks: {} };
  // Only who submitted is looked at.
  const review = () =>
    assertNotOwnWorkOf(state as unknown as Parameters<typeof assertNotOwnWorkOf>[0], "NA-1", standingIn);
  expect(review).toThrow(Refusal);
});
