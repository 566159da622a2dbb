/**
 * The main job as a program: one application through intake, all 30 deliverables, their reviews, a rework, a hold,
 * a missed deadline and four gates to closure, over HTTP as the people who do it.
 */
import assert from "node:assert/strict";
import type { Call } from "../../shared/contracts/client.ts";
import type { BodyOf, OutputOf } from "../../shared/contracts/operations.ts";
import { latestProcess } from "../../shared/contracts/transfer-process.ts";
import {
  type DeliverableDefinition,
  deliverableOf,
  type ProcessRole,
  type StageDefinition,
  type StageId,
} from "../../shared/domain/process.ts";
import { fullExample } from "../fixtures/form-examples.ts";
import { eventually } from "../support/eventually.ts";
import { withFilesUploaded } from "../support/files.ts";
import { inEveryLanguage } from "../support/mail-wording.ts";
import { as, everybody, type SamplePerson } from "../support/people.ts";

type Pilot = OutputOf<"getPilot">;
type Deliverable = OutputOf<"getDeliverable">;

const DAY_MS = 24 * 60 * 60 * 1000;

const cast = [
  "advisor-1",
  "coordinator-1",
  "coordinator-2",
  "expert-1",
  "expert-2",
  "lab-1",
] as const satisfies readonly SamplePerson[];

type Player = (typeof cast)[number];

const playedBy: Readonly<Record<Exclude<ProcessRole, "sme">, Player>> = {
  advisor: "advisor-1",
  expert: "expert-1",
  living_lab: "lab-1",
  coordinator: "coordinator-1",
};

type Team = BodyOf<"admitPilot">["team"];

export const team: Team = [
  { personId: "advisor-1", role: "advisor" },
  { personId: "expert-1", role: "expert" },
  { personId: "expert-2", role: "expert" },
  { personId: "lab-1", role: "living_lab" },
];

export interface JourneyOptions {
  readonly url: string;
  readonly pilotId: string;
  /** Told of each thing that happened. */
  readonly tell?: (what: string) => void;
  /** The unhappy parts: a rework, a missed deadline, a hold. The clock is moved for the last two. */
  readonly detours: boolean;
  /** Stands between the people and the API, e.g. to try again when the connection breaks off. */
  readonly through?: (call: Call) => Call;
  /** How people come to the API; through the sign-in of an embedded system unless told otherwise. */
  readonly signIn?: (person: SamplePerson) => Promise<Call>;
  /** Lets time pass; by the clock of a sample programme unless told otherwise. */
  readonly moveTo?: (instant: Date) => Promise<void>;
}

type Beginning = Omit<JourneyOptions, "detours">;

const signInOf = ({ url, signIn = (person) => as(url, person) }: Beginning) => signIn;

/** A journey's people and its steps; each step checks what it promises and throws when it does not hold. */
export class Journey {
  readonly url: string;
  readonly pilotId: string;
  readonly #people: Readonly<Record<Player, Call>>;
  readonly #sme: Call;
  readonly #options: Beginning;

  private constructor(people: Readonly<Record<Player, Call>>, sme: Call, options: Beginning) {
    this.url = options.url;
    this.pilotId = options.pilotId;
    this.#people = people;
    this.#sme = sme;
    this.#options = options;
  }

  static async begin(options: Beginning): Promise<Journey> {
    const { through = (call) => call } = options;
    const people = await everybody(cast, signInOf(options));
    const players = { ...people };
    for (const player of cast) players[player] = through(people[player]);
    return new Journey(players, through(await signInOf(options)("sme-aurora-admin")), options);
  }

  /** The same people with another pilot, of their first company or of the one whose admin is named. */
  async withPilot(pilotId: string, smeAdmin?: SamplePerson): Promise<Journey> {
    const sme = smeAdmin === undefined ? this.#sme : await signInOf(this.#options)(smeAdmin);
    return new Journey(this.#people, sme, { ...this.#options, pilotId });
  }

  #tell(what: string): void {
    this.#options.tell?.(what);
  }

  as(role: ProcessRole): Call {
    return role === "sme" ? this.#sme : this.#people[playedBy[role]];
  }

  person(player: Player): Call {
    return this.#people[player];
  }

  pilot(): Promise<Pilot> {
    return this.as("coordinator")("getPilot", { params: { pilotId: this.pilotId } });
  }

  deliverable(deliverableId: string, role: ProcessRole = "coordinator"): Promise<Deliverable> {
    return this.as(role)("getDeliverable", { params: { pilotId: this.pilotId, deliverableId } });
  }

  /** Starts and submits an application; `fields` replace those of the example. */
  async submitApplication(fields: Readonly<Record<string, unknown>> = {}): Promise<void> {
    const application = fullExample("IN-1", fields);
    await this.as("sme")("startApplication", {
      body: { pilotId: this.pilotId, title: `${String(application.legalName).trim()}: pilot` },
    });
    await this.handIn("IN-1", application);
  }

  /** Application, eligibility, review, admission: the first stage opens with its six tasks. */
  async apply(named: Team = team, fields: Readonly<Record<string, unknown>> = {}): Promise<void> {
    const { pilotId } = this;
    const coordinator = this.as("coordinator");
    await this.submitApplication(fields);
    const eligibility = await coordinator("getEligibility", { params: { pilotId } });
    assert.equal(eligibility.isSme, true);
    assert.equal(eligibility.aidRoomEur, 300_000 - 42_000 - eligibility.aidElsewhereEur);
    await this.review("IN-1");
    await coordinator("admitPilot", { params: { pilotId }, body: { team: [...named] } });
    this.#tell("The coordinator admits the pilot and names its team.");
  }

  /** Waits until the workflow has opened the stage and every deliverable of it has a task. */
  async awaitStage(stage: StageDefinition): Promise<void> {
    await eventually(`stage "${stage.name}" is open`, async () => {
      const pilot = await this.pilot();
      const run = pilot.runs.find((each) => each.stageId === stage.id);
      return run?.status === "active" ? run : undefined;
    });
    const pilot = await this.pilot();
    const expected = stage.deliverables.map(({ id }) => id);
    assert.deepEqual(
      pilot.deliverables.filter(({ definitionId }) => expected.includes(definitionId)).length,
      expected.length,
    );
    this.#tell(`Stage "${stage.name}" opens with ${expected.length} deliverables.`);
  }

  /** Files, draft, check, submission by the one who owns the deliverable. */
  async handIn(
    deliverableId: string,
    answers: Readonly<Record<string, unknown>> = fullExample(definition(deliverableId).id),
  ): Promise<void> {
    const params = { pilotId: this.pilotId, deliverableId };
    const [owner = "sme"] = definition(deliverableId).deliveredBy;
    const call = this.as(owner);
    const before = await this.deliverable(deliverableId, owner);
    const values = await withFilesUploaded({ url: this.url, call }, params, answers);
    const drafted = await call("saveDraft", { params, body: { baseDraftVersion: before.draftVersion, values } });
    const { gaps } = await call("checkDraft", { params, body: { values } });
    assert.deepEqual(gaps, [], `${deliverableId} has gaps`);
    const submitted = await call("submitDeliverable", {
      params,
      body: { baseDraftVersion: drafted.draftVersion, values },
    });
    assert.equal(submitted.status, "submitted");
    assert.equal(submitted.revision, before.revision + 1);
    this.#tell(`${deliverableId} ${submitted.name}: revision ${submitted.revision} is submitted (${owner}).`);
  }

  /** Claims the review and accepts the current revision. */
  async review(deliverableId: string): Promise<void> {
    const { reviewedBy, reviewCriteria } = definition(deliverableId);
    const { call, revision } = await this.#claimReview(deliverableId, reviewedBy);
    const reviewed = await call("reviewDeliverable", {
      params: { pilotId: this.pilotId, deliverableId },
      body: {
        revision,
        outcome: "accepted",
        points: Object.fromEntries(reviewCriteria.map(({ id }) => [id, 3])),
        criterionComments: {},
        fieldComments: [],
      },
    });
    assert.equal(reviewed.status, "accepted");
    this.#tell(`${deliverableId} ${reviewed.name}: accepted.`);
  }

  /** Sends the current revision back with comments at fields, which alone are open then. */
  async sendBack(deliverableId: string, fields: readonly string[]): Promise<void> {
    const { reviewedBy, reviewCriteria } = definition(deliverableId);
    const { call, revision } = await this.#claimReview(deliverableId, reviewedBy);
    const reviewed = await call("reviewDeliverable", {
      params: { pilotId: this.pilotId, deliverableId },
      body: {
        revision,
        outcome: "rework",
        points: Object.fromEntries(reviewCriteria.map(({ id }) => [id, 1])),
        criterionComments: Object.fromEntries(reviewCriteria.map(({ id }) => [id, "Please say more."])),
        fieldComments: fields.map((pointer) => ({ pointer, text: "Please name the source." })),
      },
    });
    assert.equal(reviewed.status, "rework");
    assert.deepEqual(reviewed.openFields, fields);
    this.#tell(`${deliverableId} ${reviewed.name}: sent back with ${fields.length} comments.`);
  }

  async #claimReview(
    deliverableId: string,
    reviewedBy: readonly ProcessRole[],
  ): Promise<{ call: Call; revision: number }> {
    const [role = "coordinator"] = reviewedBy;
    const call = this.as(role);
    const { revision } = await this.deliverable(deliverableId);
    await call("claimTask", {
      params: { pilotId: this.pilotId, taskId: `${deliverableId}.review.${revision}` },
      body: {},
    });
    return { call, revision };
  }

  /** Hands in and has accepted each of them, in this order. */
  async accept(...deliverableIds: readonly string[]): Promise<void> {
    for (const id of deliverableIds) {
      await this.handIn(id);
      await this.review(id);
    }
  }

  /** Waits for the gate and files all scores it needs; the gate as it is then. */
  async scoreGate(stage: StageDefinition): Promise<OutputOf<"getGate">> {
    const runId = `${stage.id}-1`;
    const params = { pilotId: this.pilotId, runId };
    const gate = await eventually(`${stage.gate.id} is open`, () => this.openGate(runId));
    const score = {
      round: gate.round,
      musts: Object.fromEntries(
        gate.musts.map(({ id }) => [id, { met: true, evidence: "As the accepted deliverables show." }]),
      ),
      points: Object.fromEntries(gate.shoulds.map(({ id }) => [id, 3])),
    };
    await this.as("coordinator")("scoreGate", { params, body: score });
    for (const expert of (["expert-1", "expert-2"] as const).slice(0, gate.scoresNeeded.expert)) {
      const sealed = await this.person(expert)("getGate", { params });
      assert.ok(
        sealed.scores.every((each) => each.sealed),
        "a score is seen before all have filed",
      );
      await this.person(expert)("scoreGate", { params, body: score });
    }
    return this.as("coordinator")("getGate", { params });
  }

  /** Scores the gate and lets the pilot advance. */
  async passGate(stage: StageDefinition): Promise<void> {
    const { runId, round, basedOn, meanScore } = await this.scoreGate(stage);
    const decided = await this.as("coordinator")("decideGate", {
      params: { pilotId: this.pilotId, runId },
      body: { round, decision: "advance", basedOn },
    });
    assert.equal(decided.status, "decided");
    this.#tell(`${stage.gate.id}: advance, with a mean score of ${meanScore}.`);
  }

  async openGate(runId: string): Promise<OutputOf<"getGate"> | undefined> {
    const pilot = await this.pilot();
    if (pilot.runs.find(({ id }) => id === runId)?.status !== "at_gate") return undefined;
    return this.as("coordinator")("getGate", { params: { pilotId: this.pilotId, runId } });
  }

  async moveTo(instant: string): Promise<void> {
    if (this.#options.moveTo === undefined) await this.as("coordinator")("moveClock", { body: { to: instant } });
    else await this.#options.moveTo(new Date(instant));
    this.#tell(`The clock moves to ${instant.slice(0, 16).replace("T", " ")} UTC.`);
  }

  /** Lets a deadline pass by more than a week: reminder, overdue, two escalations, each told once. */
  async missDeadline(deliverableId: string): Promise<void> {
    const { dueAt, name } = await this.deliverable(deliverableId);
    await this.moveTo(new Date(Date.parse(dueAt) + 8 * DAY_MS).toISOString());
    const coordinator = this.as("coordinator");
    await eventually(`${deliverableId} is escalated`, async () => (await this.pilot()).atRisk || undefined);
    const { entries } = await coordinator("getTimeline", { params: { pilotId: this.pilotId }, query: { limit: 500 } });
    const fired = entries.filter(({ type, sentence }) => type === "ReminderFired" && sentence.includes(name));
    for (const step of ["is due on", "is due soon", "is reached", "is late (", "is still late"]) {
      assert.equal(fired.filter(({ sentence }) => sentence.includes(step)).length, 1, `"${step}" is not said once`);
    }
    const late = await eventually(`everybody concerned is told that ${deliverableId} is late`, async () => {
      const { mails } = await coordinator("listMails", { query: {} });
      const names = inEveryLanguage(name);
      const about = mails.filter(
        ({ text }) => text.includes(`/pilots/${this.pilotId}/`) && names.some((each) => text.includes(each)),
      );
      const told = new Set(about.map(({ person }) => person.id));
      const concerned = ["expert-1", "advisor-1", "sme-aurora-admin", "coordinator-1"];
      return concerned.every((person) => told.has(person)) ? about : undefined;
    });
    // The morning's mails bear one subject, each on its own day.
    const once = new Set(
      late.map(({ person, subject, createdAt }) => `${person.id} ${createdAt.slice(0, 10)} ${subject}`),
    );
    assert.equal(once.size, late.length, "somebody was told twice");
    this.#tell(`${deliverableId} is a week late: everybody concerned was told, the pilot is at risk.`);
  }

  /** The company asks what nobody comes to answer: the question ends with the pilot. */
  async askInVain(): Promise<void> {
    const params = { pilotId: this.pilotId };
    const { now } = await this.as("coordinator")("getClock", {});
    const dueOn = new Date(Date.parse(now) + 30 * DAY_MS).toISOString().slice(0, 10);
    await this.as("sme")("askQuestion", {
      params,
      body: { text: "Who else may hear of this?", internal: false, toRole: "advisor", dueOn },
    });
  }

  /** Stops the clock for some days; every open date moves by as much. */
  async holdAndResume(days: number): Promise<void> {
    const params = { pilotId: this.pilotId };
    const coordinator = this.as("coordinator");
    const before = await this.pilot();
    const { now } = await coordinator("getClock", {});
    const resumeOn = new Date(Date.parse(now) + days * DAY_MS).toISOString().slice(0, 10);
    const held = await coordinator("holdPilot", {
      params,
      body: { reason: "The investment round is still open.", resumeOn },
    });
    assert.equal(held.status, "on_hold");
    assert.ok(
      held.tasks.every(({ status }) => !["ready", "reserved", "in_progress"].includes(status)),
      "work goes on in a hold",
    );
    await this.moveTo(new Date(Date.parse(now) + days * DAY_MS).toISOString());
    const resumed = await coordinator("resumePilot", { params, body: {} });
    assert.equal(resumed.status, "active");
    for (const deliverable of resumed.deliverables) {
      const old = before.deliverables.find(({ id }) => id === deliverable.id);
      if (old === undefined || ["accepted", "skipped"].includes(deliverable.status)) continue;
      assert.ok(
        Date.parse(deliverable.dueAt) >= Date.parse(old.dueAt) + (days - 1) * DAY_MS,
        `${deliverable.id} did not move`,
      );
    }
    this.#tell(`On hold for ${days} days, then resumed: the dates moved along.`);
  }

  async awaitCompletion(): Promise<Pilot> {
    const pilot = await eventually("the pilot is completed", async () => {
      const current = await this.pilot();
      return current.status === "completed" ? current : undefined;
    });
    assert.equal(pilot.deliverables.filter(({ status }) => status === "accepted").length, 31);
    assert.equal(pilot.tasks.filter(({ status }) => !["completed", "exited", "obsolete"].includes(status)).length, 0);
    this.#tell("The pilot is completed.");
    return pilot;
  }
}

/** From application to closure. */
export async function runMainJob(options: JourneyOptions): Promise<Journey> {
  const journey = await Journey.begin(options);
  await journey.apply();
  for (const stage of latestProcess.stages) {
    await journey.awaitStage(stage);
    for (const { id } of inOrder(stage)) {
      if (options.detours && id === "FS-3") await journey.missDeadline(id);
      await journey.handIn(id);
      if (options.detours && id === "NA-3") {
        await journey.sendBack(id, ["/marketEvidence", "/networkEvidence"]);
        await journey.handIn(id, {
          ...fullExample(id),
          marketEvidence: "Two interviews, 3 March.",
          networkEvidence: "One letter.",
        });
      }
      await journey.review(id);
      if (options.detours && id === "PA-1") await journey.holdAndResume(20);
    }
    if (options.detours && stage === latestProcess.stages.at(-1)) await journey.askInVain();
    await journey.passGate(stage);
  }
  await journey.awaitCompletion();
  return journey;
}

/** A pilot that has just come into this stage, all work before accepted as first handed in. */
export async function journeyTo(stageId: StageId, options: Beginning): Promise<Journey> {
  const journey = await Journey.begin(options);
  await journey.apply();
  for (const stage of latestProcess.stages) {
    await journey.awaitStage(stage);
    if (stage.id === stageId) break;
    await journey.accept(...inOrder(stage).map(({ id }) => id));
    await journey.passGate(stage);
  }
  return journey;
}

/** Deliverables so that each comes after those it depends on. */
export function inOrder({ deliverables }: StageDefinition): DeliverableDefinition[] {
  const own = new Set(deliverables.map(({ id }) => id));
  const done = new Set<string>();
  const ordered: DeliverableDefinition[] = [];
  while (ordered.length < deliverables.length) {
    const next = deliverables.find(
      ({ id, dependsOn }) => !done.has(id) && dependsOn.every((other) => done.has(other) || !own.has(other)),
    );
    assert.ok(next, "the dependencies form a circle");
    ordered.push(next);
    done.add(next.id);
  }
  return ordered;
}

function definition(deliverableId: string): DeliverableDefinition {
  const found = deliverableOf(latestProcess, deliverableId);
  assert.ok(found, `${deliverableId} is no deliverable`);
  return found;
}
