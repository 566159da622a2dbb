import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sampleActor } from "../../../local/sample/people.ts";
import { type OperationId, operations } from "../../../shared/contracts/operations.ts";
import { type Role, roles } from "../../../shared/domain/actor.ts";
import { may, type PilotAction } from "../../../shared/domain/permissions.ts";
import { exampleInput } from "./example-inputs.ts";
import { insiders, openSampleApi, type SampleApi } from "./sample-api.ts";

let sample: SampleApi;
beforeAll(async () => {
  sample = await openSampleApi();
});
afterAll(() => sample.close());

// Object.keys of a const object without other members.
const operationIds = Object.keys(operations) as OperationId[];

const PILOT = "sample-at-risk";

/** One person of each role, all around the same pilot. */
const people: Readonly<Record<Role, string>> = {
  ...insiders,
  sme_member: "sme-iris-member",
  sme_admin: "sme-iris-admin",
};

/** The right of the matrix an operation on a pilot rests on. The others rest on their roles alone. */
const actions: Readonly<Partial<Record<OperationId, PilotAction>>> = {
  startApplication: "application.create",
  getPilot: "pilot.read",
  getTimeline: "pilot.read",
  getEligibility: "application.read",
  admitPilot: "application.decide",
  rejectApplication: "application.decide",
  holdPilot: "pilot.hold",
  resumePilot: "pilot.hold",
  stopPilot: "pilot.stop",
  objectToStop: "pilot.object",
  withdrawPilot: "pilot.withdraw",
  changeTeam: "team.assign",
  logHours: "hours.log",
  confirmHours: "hours.confirm",
  disputeHours: "hours.confirm",
  settleHours: "hours.settle",
  addComment: "comment.write",
  meetCondition: "task.work",
  getDeliverable: "pilot.read",
  getRevision: "pilot.read",
  saveDraft: "draft.edit",
  checkDraft: "draft.edit",
  submitDeliverable: "deliverable.submit",
  withdrawSubmission: "deliverable.submit",
  reviewDeliverable: "deliverable.review",
  proposeDeliverableSkip: "deliverable.skip.propose",
  decideDeliverableSkip: "deliverable.skip.decide",
  reopenDeliverable: "deliverable.reopen",
  extendDueDate: "dueDate.extend",
  requestExtension: "dueDate.ask",
  claimTask: "task.work",
  startTask: "task.work",
  releaseTask: "task.work",
  delegateTask: "task.delegate",
  returnTask: "task.work",
  forwardTask: "task.forward",
  nominateTask: "task.nominate",
  setTaskPriority: "task.forward",
  failTask: "task.work",
  giveForecast: "task.work",
  getGate: "gate.read",
  scoreGate: "gate.score",
  decideGate: "gate.decide",
  declineGateSkip: "gate.decide",
  getGateDossier: "gate.read",
  getAgreement: "application.read",
  restartExecution: "execution.restart",
  getExecution: "pilot.read",
  listNotes: "pilot.read",
  listPilotPeople: "pilot.read",
  askQuestion: "comment.write",
  answerQuestion: "comment.write",
  getSupport: "pilot.read",
  listAccess: "access.read",
  listFiles: "pilot.read",
  beginUpload: "draft.edit",
  completeUpload: "pilot.read",
  getFileLink: "pilot.read",
};

/** What came back when everybody tried: the roles that were not turned away for being who they are. */
async function letIn(id: OperationId): Promise<readonly Role[]> {
  const allowed: Role[] = [];
  for (const role of roles) {
    const { params, query, body } = exampleInput(id);
    const { status, body: answer } = await sample.call(people[role], id, {
      params: { ...params, ...place },
      query,
      headers: { "accept-language": "en" },
      body: {
        ...body,
        ...("internal" in body ? { internal: false } : {}),
        ...("toPersonId" in body ? { toPersonId: "sme-iris-admin" } : {}),
      },
    });
    const { detail } = JSON.parse(answer);
    // A person who is let in may still be told that this piece of work is somebody else's.
    const isClosed =
      status === 403
        ? / may not |you cannot do this/.test(detail)
        : status === 404 && detail === "There is no such pilot.";
    if (!isClosed) allowed.push(role);
  }
  return allowed;
}

const place = { pilotId: PILOT, deliverableId: "FS-2", taskId: "FS-5.produce.1", runId: "feasibility-1" };

describe("the door of every operation", () => {
  let doors: Readonly<Record<string, readonly Role[]>>;
  beforeAll(async () => {
    const entries: [OperationId, readonly Role[]][] = [];
    for (const id of operationIds) entries.push([id, await letIn(id)]);
    doors = Object.fromEntries(entries);
  });

  test("lets in whom the contract and the matrix of roles both name", async () => {
    const state = await sample.pilots.load(PILOT);
    if (state === undefined) throw new Error(`The sample programme has no ${PILOT}.`);
    const expected = operationIds.map((id) => {
      const action = actions[id];
      const named = operations[id].roles.filter(
        (role) => action === undefined || may(sampleActor(people[role]), action, state.pilot),
      );
      return [id, roles.filter((role) => named.includes(role))];
    });
    expect(doors).toEqual(Object.fromEntries(expected));
  });

  test("every operation on a pilot rests on a right of the matrix", () => {
    const onPilots = operationIds.filter((id) => "pilotId" in operations[id].params.shape);
    expect(onPilots.filter((id) => actions[id] === undefined)).toEqual([]);
  });

  test("is this table", () => {
    const rows = operationIds.map((id) => `${id}: ${(doors[id] ?? []).join(", ") || "nobody"}`);
    expect(rows.join("\n")).toMatchInlineSnapshot(`
      "getMe: sme_member, sme_admin, advisor, expert, living_lab, coordinator, auditor, administrator
      acceptInvitation: sme_member, sme_admin, advisor, expert, living_lab, coordinator, auditor, administrator
      listTasks: sme_member, sme_admin, advisor, expert, living_lab, coordinator, auditor, administrator
      listTasksOf: coordinator, auditor
      claimTask: sme_member, sme_admin, advisor, expert, living_lab, coordinator
      startTask: sme_member, sme_admin, advisor, expert, living_lab, coordinator
      releaseTask: sme_member, sme_admin, advisor, expert, living_lab, coordinator
      delegateTask: sme_admin, advisor, expert, living_lab, coordinator
      returnTask: sme_member, sme_admin, advisor, expert, living_lab, coordinator
      forwardTask: sme_admin, advisor, expert, living_lab, coordinator
      nominateTask: coordinator
      setTaskPriority: sme_admin, advisor, expert, living_lab, coordinator
      failTask: sme_member, sme_admin, advisor, expert, living_lab, coordinator
      giveForecast: sme_member, sme_admin, advisor, expert, living_lab, coordinator
      startApplication: sme_member, sme_admin
      listPilots: sme_member, sme_admin, advisor, expert, living_lab, coordinator, auditor
      getPipeline: advisor, coordinator, auditor
      getPilot: sme_member, sme_admin, advisor, expert, living_lab, coordinator, auditor
      getTimeline: sme_member, sme_admin, advisor, expert, living_lab, coordinator, auditor
      getEligibility: advisor, coordinator, auditor
      admitPilot: coordinator
      rejectApplication: coordinator
      holdPilot: coordinator
      resumePilot: coordinator
      stopPilot: coordinator
      objectToStop: sme_admin
      withdrawPilot: sme_admin
      changeTeam: coordinator
      logHours: advisor, expert, living_lab
      confirmHours: sme_admin
      disputeHours: sme_admin
      settleHours: coordinator
      addComment: sme_member, sme_admin, advisor, expert, living_lab, coordinator
      restartExecution: administrator
      getExecution: coordinator, auditor
      getDeliverable: sme_member, sme_admin, advisor, expert, living_lab, coordinator, auditor
      getRevision: sme_member, sme_admin, advisor, expert, living_lab, coordinator, auditor
      saveDraft: sme_member, sme_admin, advisor, expert, living_lab
      checkDraft: sme_member, sme_admin, advisor, expert, living_lab
      submitDeliverable: sme_member, sme_admin, advisor, expert, living_lab
      withdrawSubmission: sme_member, sme_admin, advisor, expert, living_lab
      reviewDeliverable: sme_member, sme_admin, advisor, expert, coordinator
      proposeDeliverableSkip: advisor, coordinator
      decideDeliverableSkip: coordinator
      reopenDeliverable: coordinator
      extendDueDate: advisor, coordinator
      requestExtension: sme_member, sme_admin, expert, living_lab
      getGate: sme_member, sme_admin, advisor, expert, living_lab, coordinator, auditor
      scoreGate: expert, coordinator
      decideGate: coordinator
      declineGateSkip: coordinator
      meetCondition: sme_member, sme_admin, advisor, expert, living_lab, coordinator
      getGateDossier: sme_member, sme_admin, advisor, expert, living_lab, coordinator, auditor
      getAgreement: sme_member, sme_admin, advisor, coordinator, auditor
      listNotes: sme_member, sme_admin, advisor, expert, living_lab, coordinator, auditor
      askQuestion: sme_member, sme_admin, advisor, expert, living_lab, coordinator
      answerQuestion: sme_member, sme_admin, advisor, expert, living_lab, coordinator
      listPilotPeople: sme_member, sme_admin, advisor, expert, living_lab, coordinator, auditor
      getSupport: sme_admin, advisor, expert, living_lab, coordinator, auditor
      listAccess: sme_admin, coordinator, auditor
      listFiles: sme_member, sme_admin, advisor, expert, living_lab, coordinator, auditor
      beginUpload: sme_member, sme_admin, advisor, expert, living_lab
      completeUpload: sme_member, sme_admin, advisor, expert, living_lab, coordinator
      getFileLink: sme_member, sme_admin, advisor, expert, living_lab, coordinator, auditor
      getMySettings: sme_member, sme_admin, advisor, expert, living_lab, coordinator, auditor, administrator
      updateMe: sme_member, sme_admin, advisor, expert, living_lab, coordinator, auditor, administrator
      makeCalendarLink: sme_member, sme_admin, advisor, expert, living_lab, coordinator, auditor, administrator
      revokeCalendarLink: sme_member, sme_admin, advisor, expert, living_lab, coordinator, auditor, administrator
      listViews: sme_member, sme_admin, advisor, expert, living_lab, coordinator, auditor, administrator
      getView: sme_member, sme_admin, advisor, expert, living_lab, coordinator, auditor, administrator
      saveView: sme_member, sme_admin, advisor, expert, living_lab, coordinator, auditor, administrator
      removeView: sme_member, sme_admin, advisor, expert, living_lab, coordinator, auditor, administrator
      search: sme_member, sme_admin, advisor, expert, living_lab, coordinator, auditor, administrator
      exportMyData: sme_member, sme_admin, advisor, expert, living_lab, coordinator, auditor, administrator
      getMyErasure: sme_member, sme_admin, advisor, expert, living_lab
      askErasure: sme_member, sme_admin, advisor, expert, living_lab
      withdrawErasure: sme_member, sme_admin, advisor, expert, living_lab
      listErasures: coordinator, administrator
      decideErasure: coordinator
      executeErasure: administrator
      listAbsences: sme_member, sme_admin, advisor, expert, living_lab, coordinator, auditor, administrator
      planAbsence: advisor, expert, living_lab
      endAbsence: advisor, expert, living_lab
      listPeople: advisor, expert, living_lab, coordinator, auditor
      planDeparture: coordinator
      listTeam: sme_member, sme_admin
      inviteMember: sme_admin
      changeMember: sme_admin
      removeMember: sme_admin
      listMembers: coordinator, auditor, administrator
      listOrganisations: advisor, coordinator, auditor, administrator
      inviteToRole: coordinator, administrator
      endRole: coordinator, administrator
      previewDeparture: coordinator
      getProgramme: coordinator, auditor, administrator
      changeProgramme: coordinator, administrator
      listProcessVersions: coordinator, auditor, administrator
      compareProcessVersions: coordinator, auditor, administrator
      getDashboard: advisor, coordinator, auditor
      getForecast: advisor, coordinator, auditor
      listExecutions: coordinator, administrator
      describeExecution: coordinator, administrator
      getExecutionHistory: coordinator, administrator
      stopExecution: administrator
      redriveExecution: administrator
      listMails: coordinator, administrator
      getClock: sme_member, sme_admin, advisor, expert, living_lab, coordinator, auditor, administrator
      moveClock: coordinator, administrator"
    `);
  });
});
