import { describe, expect, test } from "vitest";
import { type Actor, type Role, roles, systemActor } from "../../shared/domain/actor.ts";
import {
  assertMay,
  assertSystem,
  type MatrixObject,
  matrix,
  may,
  type PilotAction,
  type PilotScope,
  pilotActionNames,
  playsRole,
  scopesOf,
} from "../../shared/domain/permissions.ts";
import { Refusal } from "../../shared/domain/refusal.ts";
import { inEnglish } from "../support/in-english.ts";

const pilot: PilotScope = {
  programmeId: "programme-1",
  organisationId: "sme-1",
  status: "active",
  team: [
    { personId: "advisor", role: "advisor" },
    { personId: "expert", role: "expert" },
    { personId: "living_lab", role: "living_lab" },
  ],
};

/** Around the pilot: in the SME, in the team, in the programme. */
const near = (role: Role): Actor => ({
  personId: role,
  role,
  programmeId: "programme-1",
  ...(role === "sme_member" || role === "sme_admin" ? { organisationId: "sme-1" } : {}),
});

/** The same role elsewhere: another SME, another pilot's team. */
const far = (role: Role): Actor => ({ ...near(role), personId: `other ${role}`, organisationId: "sme-2" });

const abroad = (role: Role): Actor => ({ ...near(role), programmeId: "programme-2" });

function refusalOf(run: () => void): Refusal {
  try {
    run();
  } catch (error) {
    if (error instanceof Refusal) return inEnglish(error);
    throw error;
  }
  throw new Error("Nothing was refused.");
}

describe("what the roles may do with a pilot they are around", () => {
  // Read off section 8 of the domain reference, row by row.
  const allowed: Record<PilotAction, readonly Role[]> = {
    "application.create": ["sme_member", "sme_admin"],
    "application.read": ["sme_member", "sme_admin", "advisor", "coordinator", "auditor"],
    "application.decide": ["coordinator"],
    "pilot.read": ["sme_member", "sme_admin", "advisor", "expert", "living_lab", "coordinator", "auditor"],
    "pilot.withdraw": ["sme_admin"],
    "draft.edit": ["sme_member", "sme_admin", "advisor", "expert", "living_lab"],
    "deliverable.submit": ["sme_admin", "advisor", "expert", "living_lab"],
    "deliverable.review": ["sme_member", "sme_admin", "advisor", "expert", "coordinator"],
    "deliverable.skip.propose": ["sme_member", "sme_admin", "advisor", "coordinator"],
    "deliverable.skip.decide": ["coordinator"],
    "deliverable.reopen": ["coordinator"],
    "dueDate.extend": ["advisor", "coordinator"],
    "dueDate.ask": ["sme_member", "sme_admin", "advisor", "expert", "living_lab"],
    "task.work": ["sme_member", "sme_admin", "advisor", "expert", "living_lab", "coordinator"],
    "task.delegate": ["sme_admin", "advisor", "expert", "living_lab", "coordinator"],
    "task.forward": ["sme_admin", "advisor", "expert", "living_lab", "coordinator"],
    "task.nominate": ["coordinator"],
    "gate.read": ["sme_member", "sme_admin", "advisor", "expert", "living_lab", "coordinator", "auditor"],
    "gate.score": ["expert", "coordinator"],
    "gate.scores.read": ["advisor", "expert", "coordinator", "auditor"],
    "gate.decide": ["coordinator"],
    "pilot.object": ["sme_admin"],
    "pilot.hold": ["coordinator"],
    "pilot.stop": ["coordinator"],
    "team.assign": ["coordinator"],
    "hours.log": ["advisor", "expert", "living_lab"],
    "hours.confirm": ["sme_admin"],
    "hours.settle": ["coordinator"],
    "comment.write": ["sme_member", "sme_admin", "advisor", "expert", "living_lab", "coordinator"],
    "comment.internal": ["advisor"],
    "comment.internal.read": ["advisor", "coordinator", "auditor"],
    "figures.read": ["sme_member", "sme_admin", "advisor", "coordinator", "auditor"],
    "access.read": ["sme_admin", "coordinator", "auditor", "administrator"],
    "execution.restart": ["administrator"],
  };

  test.each(Object.entries(allowed))("%s is for %j and nobody else", (action, expected) => {
    const name = pilotActionNames.find((each) => each === action);
    expect(name).toBeDefined();
    if (name === undefined) return;
    expect(roles.filter((role) => may(near(role), name, pilot))).toEqual(expected);
  });

  test("every action is in the table above", () => {
    expect(Object.keys(allowed)).toEqual(pilotActionNames);
  });
});

describe("who stands outside", () => {
  test.each(pilotActionNames)("nobody of another programme may %s", (action) => {
    expect(roles.filter((role) => may(abroad(role), action, pilot))).toEqual([]);
  });

  test.each(["sme_member", "sme_admin", "expert", "living_lab"] as const)(
    "a %s who is not around the pilot may do nothing with it",
    (role) => {
      expect(pilotActionNames.filter((action) => may(far(role), action, pilot))).toEqual([]);
    },
  );

  test("an advisor of other pilots reads the application and no more", () => {
    expect(pilotActionNames.filter((action) => may(far("advisor"), action, pilot))).toEqual(["application.read"]);
  });

  test("a team member acting in another role than the team's has no part in the pilot", () => {
    const actor: Actor = { ...near("expert"), personId: "advisor" };
    expect(may(actor, "pilot.read", pilot)).toBe(false);
  });

  test("another SME's pilot does not exist for an SME", () => {
    const refusal = refusalOf(() => assertMay(far("sme_admin"), "pilot.read", pilot));
    expect(refusal.name).toBe("NotFound");
  });

  test("an advisor not in the team knows of an application, and of no pilot under way", () => {
    const applied: PilotScope = { ...pilot, status: "applied", team: [] };
    const act = (scope: PilotScope) => refusalOf(() => assertMay(far("advisor"), "comment.write", scope));
    expect(act(applied).name).toBe("NotAllowed");
    expect(act(pilot).name).toBe("NotFound");
  });

  test("the administrator restarts a workflow without reading the pilot", () => {
    expect(() => assertMay(near("administrator"), "execution.restart", pilot)).not.toThrow();
    expect(refusalOf(() => assertMay(near("administrator"), "pilot.read", pilot)).name).toBe("NotFound");
  });
});

describe("refusals", () => {
  test("say in words which role may not do what", () => {
    const refusal = refusalOf(() => assertMay(near("expert"), "gate.decide", pilot));
    expect(refusal).toMatchObject({ name: "NotAllowed", status: 403, details: { role: "expert" } });
    expect(refusal.message).toBe("An expert may not decide a gate.");
  });

  test("tell an SME member whom to ask for the right to submit, until the SME admin gives it", () => {
    const member = near("sme_member");
    expect(refusalOf(() => assertMay(member, "deliverable.submit", pilot)).message).toContain("admin");
    expect(() => assertMay({ ...member, maySubmit: true }, "deliverable.submit", pilot)).not.toThrow();
  });
});

describe("Fairway itself", () => {
  const system = systemActor("programme-1");

  test("may do everything and plays every role", () => {
    expect(pilotActionNames.every((action) => may(system, action, pilot))).toBe(true);
    expect(playsRole(system, "sme", pilot)).toBe(true);
    expect(() => assertSystem(system)).not.toThrow();
  });

  test("is the only one who takes the workflow's steps", () => {
    expect(refusalOf(() => assertSystem(near("coordinator"))).name).toBe("NotAllowed");
  });
});

describe("the process's roles", () => {
  test.each([
    ["sme_member", "sme"],
    ["sme_admin", "sme"],
    ["advisor", "advisor"],
    ["expert", "expert"],
    ["living_lab", "living_lab"],
    ["coordinator", "coordinator"],
  ] as const)("a %s around the pilot plays the %s", (role, processRole) => {
    const processRoles = ["sme", "advisor", "expert", "living_lab", "coordinator"] as const;
    expect(processRoles.filter((each) => playsRole(near(role), each, pilot))).toEqual([processRole]);
    expect(playsRole(abroad(role), processRole, pilot)).toBe(false);
    if (role !== "coordinator") expect(playsRole(far(role), processRole, pilot)).toBe(false);
  });
});

describe("the matrix", () => {
  const objects = Object.keys(matrix).filter((name): name is MatrixObject => name in matrix);
  const rights = ["C", "R", "U", "X", "D"] as const;

  test("an auditor reads and changes nothing", () => {
    const changes = objects.flatMap((object) =>
      rights.filter((right) => right !== "R" && scopesOf("auditor", object, right).some((scope) => scope !== "s")),
    );
    expect(changes).toEqual([]);
  });

  test("an SME has no right over what is another SME's", () => {
    const shared: readonly MatrixObject[] = ["countryGuidance", "catalogue"];
    const wide = objects.filter(
      (object) =>
        !shared.includes(object) && rights.some((right) => scopesOf("sme_admin", object, right).includes("a")),
    );
    expect(wide).toEqual([]);
  });

  test("a role can have one right in two scopes", () => {
    expect(scopesOf("sme_admin", "userAccount", "R")).toEqual(["s"]);
    expect(scopesOf("sme_admin", "userAccount", "C")).toEqual(["o"]);
    expect(scopesOf("coordinator", "partnerProfile", "X")).toEqual(["a"]);
  });

  test("nobody has a right over personal data of trials: it is not here", () => {
    const holders = roles.filter((role) =>
      rights.some((right) => scopesOf(role, "trialPersonalData", right).length > 0),
    );
    expect(holders).toEqual([]);
  });
});
