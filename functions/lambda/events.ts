/**
 * Lambda entries on the table's stream: each new event goes to relay, project and notify, each on its own, and each new
 * mail to deliver. Beside them what a schedule (mails to try again) and SES (mails that came back) set off.
 */
import { SESv2Client } from "@aws-sdk/client-sesv2";
import { SFNClient } from "@aws-sdk/client-sfn";
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent, EventBridgeEvent } from "aws-lambda";
import * as z from "zod";
import type { StoredEvent } from "../../shared/ports/store.ts";
import { eventFromImage, isEventRecord, mailIdOf } from "../adapters/dynamodb-records.ts";
import { returnedMailOf } from "../adapters/ses-events.ts";
import { createSesMailer } from "../adapters/ses-mailer.ts";
import { createStepFunctions } from "../adapters/step-functions.ts";
import { createDeliver, type Deliver } from "../events/deliver.ts";
import { createMailReturned } from "../events/mail-returned.ts";
import { createNotify } from "../events/notify.ts";
import { createProject } from "../events/project.ts";
import { createRelay } from "../events/relay.ts";
import { createDependencies } from "./dependencies.ts";
import { logError } from "./log.ts";
import { lambda } from "./middleware.ts";

const dependencies = createDependencies();

/**
 * Handles the records in order and reports the first that fails: the stream starts again from there, so a pilot's
 * events are never handled out of order.
 */
const stream = (create: () => (record: DynamoDBRecord) => Promise<void>) => {
  let consume: ((record: DynamoDBRecord) => Promise<void>) | undefined;
  return lambda<DynamoDBStreamEvent, DynamoDBBatchResponse>().handler(async (batch) => {
    consume ??= create();
    for (const record of batch.Records) {
      try {
        await consume(record);
      } catch (error) {
        logError(error);
        return { batchItemFailures: [{ itemIdentifier: record.dynamodb?.SequenceNumber ?? "" }] };
      }
    }
    return { batchItemFailures: [] };
  });
};

const consumer = (create: () => (event: StoredEvent) => Promise<void>) =>
  stream(() => {
    const consume = create();
    return async (record) => {
      if (isEventRecord(record)) await consume(eventFromImage(record.dynamodb?.NewImage ?? {}));
    };
  });

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

function startDeliver(): Deliver {
  const { MAIL_FROM, MAIL_CONFIGURATION_SET, PORTAL_URL } = z
    .object({ MAIL_FROM: z.email(), MAIL_CONFIGURATION_SET: z.string().min(1), PORTAL_URL: z.url() })
    .parse(process.env);
  // `deliver` has pauses of its own between attempts; the SDK's own would eat the time of the mails behind.
  const client = new SESv2Client({ maxAttempts: 1 });
  return createDeliver({
    ...dependencies,
    mailer: createSesMailer({ client, from: MAIL_FROM, configurationSet: MAIL_CONFIGURATION_SET }),
    portalUrl: PORTAL_URL.replace(/\/$/, ""),
  });
}

/** A mail that SES does not take is no failed record: it waits in its item for `deliverDue`. */
export const deliver = stream(() => {
  const { one } = startDeliver();
  return async (record) => {
    const mailId = mailIdOf(record);
    if (mailId !== undefined) await one(mailId);
  };
});

/** Started by a schedule, with time left for the mail under way. */
export const deliverDue = (() => {
  const ENOUGH_MS = 15_000;
  let started: Deliver | undefined;
  return lambda<unknown, { handled: number }>().handler(async (_event, context) => {
    started ??= startDeliver();
    const { handled } = await started.due(() => context.getRemainingTimeInMillis() < ENOUGH_MS);
    return { handled };
  });
})();

/** What SES tells through EventBridge. */
export const mailReturned = (() => {
  const handle = createMailReturned(dependencies);
  return lambda<EventBridgeEvent<string, unknown>, void>().handler(async (event) => {
    const returned = returnedMailOf(event);
    if (returned !== undefined) await handle(returned);
  });
})();
