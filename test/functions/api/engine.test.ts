import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { FOREIGN_EXECUTION, openSampleApi, type SampleApi } from "./sample-api.ts";

let sample: SampleApi;
beforeAll(async () => {
  sample = await openSampleApi();
});
afterAll(() => sample.close());

describe("An execution of another programme", () => {
  const params = { stateMachine: "stage-run", name: FOREIGN_EXECUTION };

  test("is not listed", async () => {
    const { body } = await sample.call("admin-1", "listExecutions", { params });
    expect(body).toContain("an-id");
    expect(body).not.toContain(FOREIGN_EXECUTION);
  });

  test.each(["describeExecution", "getExecutionHistory", "stopExecution", "redriveExecution"] as const)(
    "is not found by %s, the same as one that does not exist",
    async (id) => {
      const body = { reason: "A look" };
      const foreign = await sample.call("admin-1", id, { params, ...(id === "stopExecution" ? { body } : {}) });
      const missing = await sample.call("admin-1", id, {
        params: { ...params, name: "nobody" },
        ...(id === "stopExecution" ? { body } : {}),
      });
      expect(foreign.status).toBe(404);
      expect(foreign.body).toBe(missing.body);
    },
  );
});
