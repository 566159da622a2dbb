/** Who is given the form of a review. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { OutputOf } from "../../../shared/contracts/operations.ts";
import { fullExample } from "../../fixtures/form-examples.ts";
import { openSampleApi, type SampleApi } from "./sample-api.ts";

let sample: SampleApi;
beforeAll(async () => {
  sample = await openSampleApi();
});
afterAll(() => sample.close());

const application = { pilotId: "a-new-pilot", deliverableId: "IN-1" };
const review = { pilotId: application.pilotId, taskId: "IN-1.review.1" };

test("The form of a review is for whoever has it, as only they may decide", async () => {
  const mayReview = async (personId: string) => {
    const { body } = await sample.call(personId, "getDeliverable", { params: application });
    const view: OutputOf<"getDeliverable"> = JSON.parse(body);
    return view.mayReview;
  };
  await sample.call("sme-birch-admin", "startApplication", {
    body: { pilotId: application.pilotId, title: "Sample diary" },
  });
  const values = fullExample("IN-1", { attachments: [] });
  await sample.call("sme-birch-admin", "submitDeliverable", {
    params: application,
    body: { baseDraftVersion: 0, values },
  });
  expect(await mayReview("coordinator-1")).toBe(false);

  expect(await sample.call("coordinator-2", "claimTask", { params: review })).toMatchObject({ status: 200 });
  expect(await mayReview("coordinator-2")).toBe(true);
  expect(await mayReview("coordinator-1")).toBe(false);

  await sample.call("coordinator-2", "releaseTask", { params: review });
  await sample.call("coordinator-1", "claimTask", { params: review });
  expect(await mayReview("coordinator-1")).toBe(true);
  expect(await mayReview("coordinator-2")).toBe(false);
});
