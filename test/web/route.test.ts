import { describe, expect, test } from "vitest";
import { pathTo, routeOf } from "../../web/route.ts";

describe("An address of the portal", () => {
  test.each([
    ["/", { page: "tasks" }],
    ["/pilots", { page: "pilots" }],
    ["/pilots/p-1", { page: "pilot", pilotId: "p-1" }],
    ["/pilots/p-1/deliverables/NA-1", { page: "deliverable", pilotId: "p-1", deliverableId: "NA-1" }],
    ["/pilots/p-1/gates/needs-1", { page: "gate", pilotId: "p-1", runId: "needs-1" }],
    ["/mails", { page: "mails" }],
    ["/signed-in", { page: "signed-in" }],
    ["/pilots/p-1/other/x", { page: "unknown" }],
    ["/elsewhere", { page: "unknown" }],
    ["/pilots/%", { page: "pilot", pilotId: "%" }],
  ])("%s shows its page", (path, route) => expect(routeOf(path)).toEqual(route));

  test("is the one the portal links to", () => {
    expect(routeOf(pathTo.deliverable("p 1", "a/b"))).toEqual({
      page: "deliverable",
      pilotId: "p 1",
      deliverableId: "a/b",
    });
    expect(routeOf(pathTo.gate("p", "r"))).toEqual({ page: "gate", pilotId: "p", runId: "r" });
  });
});
