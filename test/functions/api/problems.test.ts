import { describe, expect, test } from "vitest";
import * as z from "zod";
import { toProblem, Unavailable } from "../../../functions/api/problems.ts";
import { InvalidCursor } from "../../../shared/contracts/store-pages.ts";
import { Refusal } from "../../../shared/domain/refusal.ts";
import { ChangeTooLarge, VersionConflict } from "../../../shared/ports/store.ts";
import { englishReader } from "../../support/in-english.ts";

describe("a problem document", () => {
  test.each([
    [new Refusal("StaleDraft", "draft_saved_meanwhile", { currentVersion: 3 }), 409, "/problems/StaleDraft"],
    [new VersionConflict({ pk: "PILOT#secret", sk: "PILOT", currentVersion: 3 }), 409, "/problems/Busy"],
    [new InvalidCursor(), 400, "/problems/InvalidCursor"],
    [new ChangeTooLarge("PILOT#secret has 500000 bytes"), 413, "/problems/TooLarge"],
    [new Unavailable({ cause: new Error("secret issuer") }), 503, "/problems/Unavailable"],
    [new TypeError("secret is not a function"), 500, "/problems/Unexpected"],
    ["secret", 500, "/problems/Unexpected"],
  ])("says of %s what the person can do, and nothing of the inside", (error, status, type) => {
    const problem = toProblem(error, englishReader);
    expect(problem).toMatchObject({ status, type });
    expect(problem.title).toMatch(/\w/);
    expect(problem.detail).toMatch(/\w.*\.$/);
    expect(JSON.stringify(problem)).not.toContain("secret");
  });

  test("carries what a refusal knows, but not in place of its own members", () => {
    const details = { currentVersion: 3, status: "accepted", type: "x", title: "x", detail: "x" };
    expect(toProblem(new Refusal("StaleVersion", "settings_changed", details), englishReader)).toEqual({
      type: "/problems/StaleVersion",
      title: "Changed meanwhile",
      status: 409,
      detail: "The settings have changed since you looked. Look at them again.",
      currentVersion: 3,
    });
  });

  test("says each objection to a decision also by itself", () => {
    const against = [{ code: "scores_missing" }, { code: "must_not_met", about: "Two users" }] as const;
    const refusal = new Refusal("DecisionNotOffered", { key: "decision_not_offered", decision: "Advance", against });
    expect(toProblem(refusal, englishReader)).toMatchObject({
      detail: "Advance is not possible here. Not all scores are filed yet. Not met: Two users.",
      why: ["Not all scores are filed yet.", "Not met: Two users."],
    });
  });

  test("is in the reader's language: title, sentence, names of the process, days", () => {
    const finn = { ...englishReader, language: "fi", country: "FI" };
    expect(toProblem(new Refusal("NotInThisState", { key: "on_hold_until", resumeOn: "2027-05-01" }), finn)).toEqual({
      type: "/problems/NotInThisState",
      title: "Muuttunut sillä välin",
      status: 409,
      detail: "Pilotti on jo tauolla. Tauko päättyy 1.\u00a0toukokuuta\u00a02027.",
    });
    expect(toProblem(new Error("?"), finn).detail).toContain("ohjelmatoimistolle");
  });

  test("points at each place of the input that does not fit, twenty at most", () => {
    const schema = z.strictObject({ "a/b~c": z.array(z.string()) });
    const { error } = schema.safeParse({ "a/b~c": Array.from({ length: 50 }, () => 7) });
    const { problems } = toProblem(error, englishReader);
    expect(problems).toHaveLength(20);
    expect(problems).toContainEqual({ pointer: "/a~1b~0c/0", message: expect.any(String) });
  });
});
