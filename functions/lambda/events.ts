/** Lambda entries on the table's stream: each new event goes to relay, project and notify, each on its own. */
import { SFNClient } from "@aws-sdk/client-sfn";
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from "aws-lambda";
import * as z from "zod";
import type { StoredEvent } from "../../shared/ports/store.ts";
import { eventFromImage, isEventRecord } from "../adapters/dynamodb-records.ts";
import { createStepFunctions } from "../adapters/step-functions.ts";
import { createNotify } from "../events/notify.ts";
import { createProject } from "../events/project.ts";
import { createRelay } from "../events/relay.ts";
import { createDependencies } from "./dependencies.ts";
import { lambda } from "./middleware.ts";

const dependencies = createDependencies();

/**
 * Handles the records in order and reports the first that fails: the stream starts again from there, so a pilot's
 * events are never handled out of order.
 */
const consumer = (create: () => (event: StoredEvent) => Promise<void>) => {
  let consume: ((event: StoredEvent) => Promise<void>) | undefined;
  return lambda<DynamoDBStreamEvent, DynamoDBBatchResponse>().handler(async (batch) => {
    consume ??= create();
    for (const record of batch.Records) {
      if (!isEventRecord(record)) continue;
      try {
        await consume(eventFromImage(record.dynamodb?.NewImage ?? {}));
      } catch (error) {
        console.error(JSON.stringify({ level: "error", error: error instanceof Error ? error.name : "Error" }));
        return { batchItemFailures: [{ itemIdentifier: record.dynamodb?.SequenceNumber ?? "" }] };
      }
    }
    return { batchItemFailures: [] };
  });
};

export const relay = consumer(() => {
  const { STAGE_RUN_ARN, DEADLINES_ARN } = z
    .object({ STAGE_RUN_ARN: z.string(), DEADLINES_ARN: z.string() })
    .parse(process.env);
  const workflows = createStepFunctions({
    client: new SFNClient({}),
    stateMachineArns: { "stage-run": STAGE_RUN_ARN, deadlines: DEADLINES_ARN },
  });
  return createRelay({ ...dependencies, workflows });
});

export const project = consumer(() => createProject(dependencies));

export const notify = consumer(() => {
  const { PORTAL_URL: portalUrl } = z.object({ PORTAL_URL: z.url() }).parse(process.env);
  return createNotify({ ...dependencies, portalUrl });
});
