import { describe, expect, test } from "vitest";
import * as z from "zod";
import { toProblem, Unavailable } from "../../../functions/api/problems.ts";
import { InvalidCursor } from "../../../shared/contracts/store-pages.ts";
import { Refusal } from "../../../shared/domain/refusal.ts";
import { ChangeTooLarge, VersionConflict } from "../../../shared/ports/store.ts";

describe("a problem document", () => {
  test.each([
    [new Refusal("StaleDraft", "Somebody saved in between.", { currentVersion: 3 }), 409, "/problems/StaleDraft"],
    [new VersionConflict({ pk: "PILOT#secret", sk: "PILOT", currentVersion: 3 }), 409, "/problems/Busy"],
    [new InvalidCursor(), 400, "/problems/InvalidCursor"],
    [new ChangeTooLarge("PILOT#secret has 500000 bytes"), 413, "/problems/TooLarge"],
    [new Unavailable({ cause: new Error("secret issuer") }), 503, "/problems/Unavailable"],
    [new TypeError("secret is not a function"), 500, "/problems/Unexpected"],
    ["secret", 500, "/problems/Unexpected"],
  ])("says of %s what the person can do, and nothing of the inside", (error, status, type) => {
    const problem = toProblem(error);
    expect(problem).toMatchObject({ status, type });
    expect(problem.title).toMatch(/\w/);
    expect(problem.detail).toMatch(/\w.*\.$/);
    expect(JSON.stringify(problem)).not.toContain("secret");
  });

  test("carries what a refusal knows, but not in place of its own members", () => {
    const details = { currentVersion: 3, status: "accepted", type: "x", title: "x", detail: "x" };
    expect(toProblem(new Refusal("StaleVersion", "Look again.", details))).toEqual({
      type: "/problems/StaleVersion",
      title: "Changed meanwhile",
      status: 409,
      detail: "Look again.",
      currentVersion: 3,
    });
  });

  test("points at each place of the input that does not fit, twenty at most", () => {
    const schema = z.strictObject({ "a/b~c": z.array(z.string()) });
    const { error } = schema.safeParse({ "a/b~c": Array.from({ length: 50 }, () => 7) });
    const { problems } = toProblem(error);
    expect(problems).toHaveLength(20);
    expect(problems).toContainEqual({ pointer: "/a~1b~0c/0", message: expect.any(String) });
  });
});
