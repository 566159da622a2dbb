import { describe, expect, test } from "vitest";
import { type Actor, roles } from "../../../shared/domain/actor.ts";
import { may, type PilotScope, seatKey } from "../../../shared/domain/permissions.ts";

const endedAt = "2027-03-01T10:00:00.000Z";
const team = [
  { personId: "advisor", role: "advisor" },
  { personId: "expert", role: "expert" },
  { personId: "living_lab", role: "living_lab" },
] as const;
const pilot: PilotScope = {
  programmeId: "programme",
  organisationId: "company",
  status: "active",
  team,
  idleSeats: Object.fromEntries(team.slice(1).map((member) => [seatKey(member), endedAt])),
};

const readers = (at: string, scope: PilotScope) =>
  roles.filter((role) => {
    const actor: Actor = { personId: role, role, programmeId: "programme", organisationId: "company", at };
    return may(actor, "pilot.read", scope);
  });

const everybody = ["sme_member", "sme_admin", "advisor", "expert", "living_lab", "coordinator", "auditor"];
const withoutIdle = ["sme_member", "sme_admin", "advisor", "coordinator", "auditor"];

describe("experts and labs of a team", () => {
  test.each([
    ["at the end of their last task", endedAt, everybody],
    ["29 days after it", "2027-03-30T10:00:00.000Z", everybody],
    ["30 days after it", "2027-03-31T10:00:00.000Z", everybody],
    ["later than that", "2027-03-31T10:00:00.001Z", withoutIdle],
  ])("%s", (_, at, expected) => {
    expect(readers(at, pilot)).toEqual(expected);
  });

  test("read the pilot again with a new task", () => {
    const { idleSeats: _, ...busy } = pilot;
    expect(readers("2027-06-01T10:00:00.000Z", busy)).toEqual(everybody);
  });

  test("are judged each by their own seat", () => {
    const onlyLab = { ...pilot, idleSeats: { "living_lab living_lab": endedAt } };
    expect(readers("2027-06-01T10:00:00.000Z", onlyLab)).toEqual([
      ...withoutIdle.slice(0, 3),
      "expert",
      ...withoutIdle.slice(3),
    ]);
  });
});
