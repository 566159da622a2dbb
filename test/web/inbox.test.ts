import { describe, expect, test } from "vitest";
import type { TaskView } from "../../shared/contracts/views.ts";
import { filtersIn, groupOf, inboxGroups, inboxSearch } from "../../web/pages/tasks/inbox.ts";
import { taskView } from "../fixtures/task-view.ts";

const now = new Date("2026-03-02T08:10:00Z");
const me = { id: "advisor-1", name: "Sample advisor" };
const reader = { myId: me.id, now };

const task = (changed: Partial<TaskView> = {}): TaskView => taskView({ assignee: me, owner: me, ...changed });
const { assignee: _assignee, owner: _owner, ...unclaimed } = task({ status: "ready" });

describe("A task in the inbox", () => {
  test.each([
    ["held", task({ status: "suspended", dueAt: "2026-02-28T20:59:00Z" })],
    ["escalated", task({ escalated: true, overdue: true })],
    ["overdue", task({ overdue: true, dueAt: "2026-02-28T20:59:00Z" })],
    ["review", task({ kind: "review" })],
    ["review", { ...unclaimed, kind: "review" as const }],
    ["question", task({ kind: "question" })],
    ["overdue", task({ kind: "question", overdue: true })],
    ["others", task({ kind: "review", assignee: { id: "advisor-2", name: "Sample colleague" } })],
    ["others", task({ assignee: { id: "advisor-2", name: "Sample colleague" }, dueAt: "2026-03-04T20:59:00Z" })],
    ["sentBack", task({ sentBack: true, dueAt: "2026-03-09T08:00:00Z" })],
    ["week", task({ dueAt: "2026-03-09T21:59:00Z" })],
    ["later", task({ dueAt: "2026-03-10T08:00:00Z" })],
    ["halfway", task({ createdAt: "2026-01-01T08:00:00Z", dueAt: "2026-04-01T20:59:00Z" })],
    ["unclaimed", unclaimed],
    ["later", task()],
  ] as const)("is in the group %s, the most urgent one that fits", (group, given) => {
    expect(groupOf(given, me.id, now)).toBe(group);
  });
});

describe("The inbox", () => {
  test("puts urgent groups first and in each what is marked urgent, then by due date", () => {
    const tasks = [
      task({ id: "later" }),
      task({ id: "second", overdue: true, dueAt: "2026-02-20T20:59:00Z" }),
      task({ id: "third", overdue: true, dueAt: "2026-02-21T20:59:00Z" }),
      task({ id: "first", overdue: true, dueAt: "2026-02-27T20:59:00Z", priority: "high" }),
    ];
    const groups = inboxGroups(tasks, {}, reader).map(({ id, tasks: own }) => [id, own.map((each) => each.id)]);
    expect(groups).toEqual([
      ["overdue", ["first", "second", "third"]],
      ["later", ["later"]],
    ]);
  });

  test("puts what waits for something else after what can be done on the same day", () => {
    const tasks = [
      task({ id: "decide", kind: "gate_decision", status: "created", dueAt: "2026-04-10T20:59:00Z" }),
      task({ id: "score", kind: "gate_score", dueAt: "2026-04-10T21:59:00Z" }),
      task({ id: "next", dueAt: "2026-04-11T20:59:00Z" }),
    ];
    const [later] = inboxGroups(tasks, {}, reader);
    expect(later?.tasks.map(({ id }) => id)).toEqual(["score", "decide", "next"]);
  });

  test.each([
    [{ group: "week" }, []],
    [{ whose: "free" }, ["free"]],
    [{ whose: "mine" }, ["mine"]],
    [{ kind: "review" }, []],
    [{ country: "FI" }, ["mine"]],
    [{ words: "diary BARRIER" }, ["mine", "free"]],
    [{ words: "nothing such" }, []],
  ] as const)("leaves under %o the tasks that fit", (filters, expected) => {
    const tasks = [task({ id: "mine" }), { ...unclaimed, id: "free", market: "SE" }];
    const shown = inboxGroups(tasks, filters, reader).flatMap((group) => group.tasks.map(({ id }) => id));
    expect(shown.toSorted()).toEqual([...expected].toSorted());
  });

  test("reads filters from an address and leaves out what does not belong there", () => {
    expect(inboxSearch({ group: "overdue", kind: "dance", country: "fi", words: 2026, view: "v1", x: 1 })).toEqual({
      group: "overdue",
      words: "2026",
      view: "v1",
    });
    expect(filtersIn({ whose: "mine", country: "FI", words: "", view: "v1" })).toEqual({
      whose: "mine",
      country: "FI",
    });
  });
});
