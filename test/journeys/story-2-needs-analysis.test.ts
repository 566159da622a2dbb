import { expect, test } from "vitest";
import { fullExample } from "../fixtures/form-examples.ts";
import { startFairway } from "../support/fairway.ts";
import { as } from "../support/people.ts";
import { journeyTo } from "./main-job.ts";
import { refusalOf } from "./steps.ts";

test("a half-filled readiness form is kept, scored by the server, refused with its gaps, and locked once submitted", async () => {
  await using fairway = await startFairway();
  const journey = await journeyTo("needs", { url: fairway.url, pilotId: "needs" });
  await journey.accept("NA-1", "NA-2");
  const params = { pilotId: journey.pilotId, deliverableId: "NA-3" };
  const [admin, member, advisor] = [
    journey.as("sme"),
    await as(fairway.url, "sme-aurora-member"),
    journey.as("advisor"),
  ];

  // Half filled, with a score the server knows better: nine dimensions at 3 make 75.
  const { marketEvidence: _market, legalEvidence: _legal, ...half } = fullExample("NA-3");
  const tampered = { ...half, readinessScore: 100, advisorAdjustment: 75 };
  const draft = { params, body: { baseDraftVersion: 0, values: tampered } };
  const saved = await member("saveDraft", draft);
  expect(saved).toMatchObject({ status: "in_progress", draftVersion: 1, draft: { values: { readinessScore: 75 } } });

  // The answer was lost on the way and the phone sends again: it learns that it was its own save.
  const repeated = await refusalOf(member("saveDraft", draft));
  expect(repeated).toMatchObject({ kind: "StaleDraft", details: { savedBy: { id: "sme-aurora-member" } } });
  expect(repeated.message).toContain("You saved this draft at");
  await fairway.restart();
  const kept = await member("getDeliverable", { params });
  expect(kept.draft).toEqual(saved.draft);

  const refused = await refusalOf(
    member("submitDeliverable", { params, body: { baseDraftVersion: 1, values: tampered } }),
  );
  expect(refused).toMatchObject({
    kind: "FormIncomplete",
    status: 422,
    details: {
      gaps: [
        { pointer: "/marketEvidence", problem: "missing" },
        { pointer: "/legalEvidence", problem: "missing" },
      ],
    },
  });
  const { gaps } = await member("checkDraft", { params, body: { values: tampered } });
  expect(gaps).toEqual(refused.details.gaps);
  for (const { label, message } of gaps) {
    expect(refused.message).toContain(label);
    expect(message).not.toBe("");
  }
  expect((await member("getDeliverable", { params })).status).toBe("in_progress");

  const values = { ...tampered, marketEvidence: "Two interviews.", legalEvidence: "One letter." };
  const submitted = await member("submitDeliverable", { params, body: { baseDraftVersion: 1, values } });
  expect(submitted).toMatchObject({
    status: "submitted",
    revision: 1,
    mayEdit: false,
    maySubmit: false,
    submitted: { values: { readinessScore: 75 }, by: { id: "sme-aurora-member" } },
  });

  for (const call of [member, admin]) {
    const late = { params, body: { baseDraftVersion: 1, values: { ...values, marketEvidence: "More." } } };
    expect(await refusalOf(call("saveDraft", late))).toMatchObject({ kind: "NotInThisState", status: 409 });
  }
  const { tasks } = await advisor("listTasks", { query: {} });
  const reviews = tasks.filter(({ kind, deliverableId }) => kind === "review" && deliverableId === "NA-3");
  expect(reviews).toMatchObject([{ id: "NA-3.review.1", status: "ready", candidateRole: "advisor" }]);
  const own = await member("listTasks", { query: {} });
  expect(own.tasks.filter(({ deliverableId }) => deliverableId === "NA-3")).toEqual([]);
}, 30_000);

test("the adjusted score is the advisor's alone: the company reads it and submits it, whatever it sends itself", async () => {
  await using fairway = await startFairway();
  const journey = await journeyTo("needs", { url: fairway.url, pilotId: "needs" });
  await journey.accept("NA-1", "NA-2");
  const params = { pilotId: journey.pilotId, deliverableId: "NA-3" };
  const [admin, advisor] = [journey.as("sme"), journey.as("advisor")];
  const own = { ...fullExample("NA-3"), advisorAdjustment: 99, advisorComment: "We are better than that." };

  const begun = await admin("saveDraft", { params, body: { baseDraftVersion: 0, values: own } });
  expect(begun.othersFields).toEqual(["/advisorAdjustment", "/advisorComment"]);
  expect(begun.draft?.values).not.toHaveProperty("advisorAdjustment");
  expect(begun.draft?.values).not.toHaveProperty("advisorComment");

  const adjustment = { advisorAdjustment: 60, advisorComment: "No customer abroad yet." };
  const values = { ...begun.draft?.values, ...adjustment, productScore: 0 };
  const adjusted = await advisor("saveDraft", { params, body: { baseDraftVersion: 1, values } });
  expect(adjusted.draft?.values).toEqual({ ...begun.draft?.values, ...adjustment });
  expect(adjusted).toMatchObject({ mayEdit: true, maySubmit: false });
  expect(adjusted.othersFields).toContain("/productScore");
  expect(adjusted.othersFields).not.toContain("/advisorAdjustment");

  const submitted = await admin("submitDeliverable", { params, body: { baseDraftVersion: 2, values: own } });
  expect(submitted.submitted?.values).toEqual(adjusted.draft?.values);

  const expert = await as(fairway.url, "expert-1");
  expect(await refusalOf(expert("saveDraft", { params, body: { baseDraftVersion: 2, values } }))).toMatchObject({
    kind: "NotAllowed",
  });
}, 30_000);
