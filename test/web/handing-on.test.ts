import { describe, expect, test } from "vitest";
import type { TaskView } from "../../shared/contracts/views.ts";
import {
  type Colleagues,
  candidatesFor,
  type Given,
  obstacleTo,
  receiversOf,
  stayingOf,
} from "../../web/pages/tasks/handing-on.ts";
import { taskView } from "../fixtures/task-view.ts";

const person = (id: string) => ({ id, name: id });
const advisor = { seatId: "advisor-1", acting: { role: "advisor" as const } };
const coordinator = { seatId: "coordinator-1", acting: { role: "coordinator" as const } };
const nobody: Colleagues = { coordinators: [], ofCompanies: [], ofOwnCompany: [] };

const { assignee: _assignee, owner: _owner, ...unclaimed } = taskView({ status: "ready" });
const delegatedTo = (id: string, changed: Partial<TaskView> = {}) => taskView({ assignee: person(id), ...changed });

const pilotWith = (...advisors: readonly string[]) => ({
  organisation: { id: "birch", name: "Birch", country: "LV" },
  team: advisors.map((id) => ({ person: person(id), role: "advisor" as const, country: "LV" })),
  may: ["task.delegate", "task.forward"],
  deliverables: [{ id: "NA-4", deliveredBy: ["advisor" as const, "expert" as const], reviewedBy: ["sme" as const] }],
});
const given = (each: TaskView, ...advisors: readonly string[]): Given => ({
  task: each,
  pilot: pilotWith(...advisors),
});

describe("A task is handed on", () => {
  test.each([
    ["delegate", advisor, taskView(), undefined],
    ["forward", advisor, taskView(), undefined],
    ["forward", advisor, unclaimed, undefined],
    ["delegate", advisor, unclaimed, "unclaimed"],
    ["delegate", advisor, taskView({ status: "suspended" }), "held"],
    ["forward", advisor, taskView({ status: "created" }), "held"],
    ["delegate", advisor, delegatedTo("advisor-2"), undefined],
    ["delegate", advisor, delegatedTo("advisor-1", { owner: person("advisor-2") }), "delegatedToMe"],
    ["forward", advisor, delegatedTo("advisor-1", { owner: person("advisor-2") }), undefined],
    ["forward", advisor, taskView({ candidateRole: "expert", assignee: person("e"), owner: person("e") }), "notMine"],
    ["forward", coordinator, taskView({ candidateRole: "expert" }), undefined],
    ["delegate", coordinator, taskView(), undefined],
  ] as const)("%s: by its role, its owner or a coordinator, in a state that allows it", (verb, me, each, obstacle) => {
    expect(obstacleTo(verb, me, each, pilotWith())).toBe(obstacle);
  });

  test("not where the pilot says that its reader may not", () => {
    expect(obstacleTo("forward", advisor, taskView(), { ...pilotWith(), may: ["task.work"] })).toBe("notMine");
  });
});

test("Candidates are those of the task's role around its pilot, but who has it or can claim it", () => {
  const ofCompany = (id: string, organisationId: string) => ({
    ...person(id),
    role: "sme_admin" as const,
    language: "lv",
    country: "LV",
    organisation: person(organisationId),
    openTasks: 2,
  });
  const colleagues = { ...nobody, ofCompanies: [ofCompany("ours", "birch"), ofCompany("theirs", "elder")] };
  const pilot = pilotWith("advisor-1", "advisor-2");
  const ids = (each: TaskView) => candidatesFor(advisor, each, pilot, colleagues).map(({ id }) => id);
  expect(ids(taskView())).toEqual(["advisor-2"]);
  expect(ids(delegatedTo("advisor-2"))).toEqual(["advisor-1"]);
  expect(ids(unclaimed)).toEqual(["advisor-2"]);
  expect(ids(taskView({ candidateRole: "sme" }))).toEqual(["ours"]);
  expect(ids(taskView({ candidateRole: "expert" }))).toEqual([]);
});

describe("Several tasks handed on together", () => {
  const wide = given(taskView({ id: "wide" }), "advisor-1", "advisor-2", "advisor-3");
  const narrow = given(taskView({ id: "narrow", pilotId: "p2" }), "advisor-1", "advisor-3");
  const free = given({ ...unclaimed, id: "free" }, "advisor-1", "advisor-2", "advisor-3");
  const all = [wide, narrow, free];
  const names = (tasks: readonly TaskView[]) => tasks.map(({ id }) => id);

  test("go to whoever may have most of them, and are forwarded to shared lists too", () => {
    const receivers = (verb: "delegate" | "forward") =>
      receiversOf(verb, advisor, all, nobody).map(({ value, takes }) => [value, names(takes)]);
    expect(receivers("delegate")).toEqual([
      ["person advisor-3", ["wide", "narrow"]],
      ["person advisor-2", ["wide"]],
    ]);
    expect(receivers("forward")).toEqual([
      ["person advisor-3", ["wide", "narrow", "free"]],
      ["person advisor-2", ["wide", "free"]],
      ["role expert", ["wide", "narrow", "free"]],
    ]);
  });

  test("stay with the reason when they cannot go, or not to whoever is chosen", () => {
    const alone = given(taskView({ id: "alone", pilotId: "p3" }), "advisor-1");
    const selected = [...all, alone];
    const receivers = receiversOf("delegate", advisor, selected, nobody);
    const staying = (chosen: (typeof receivers)[number] | undefined) =>
      stayingOf("delegate", advisor, selected, receivers, chosen).map(({ task: { id }, why }) => [id, why]);
    expect(staying(undefined)).toEqual([
      ["free", "unclaimed"],
      ["alone", "alone"],
    ]);
    expect(staying(receivers.at(1))).toEqual([
      ["narrow", "notForThem"],
      ["free", "unclaimed"],
      ["alone", "alone"],
    ]);
  });

  test("are not delegated to their owner, who has them returned", () => {
    const away = given(delegatedTo("advisor-2"), "advisor-1", "advisor-2", "advisor-3");
    const both = [wide, away];
    const receivers = receiversOf("delegate", coordinator, both, nobody);
    expect(receivers.map(({ value }) => value)).toEqual(["person advisor-3", "person advisor-2"]);
    const stay = stayingOf("delegate", coordinator, both, receivers, receivers.at(1));
    expect(stay).toEqual([{ task: away.task, why: "theirs" }]);
  });
});
