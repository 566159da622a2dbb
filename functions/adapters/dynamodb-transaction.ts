import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import {
  type CancellationReason,
  type DynamoDBClient,
  DynamoDBServiceException,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from "@aws-sdk/client-dynamodb";

/** Waits before the attempt after `attempt` (from 1). */
export type Pause = (attempt: number) => Promise<unknown>;

const MAX_ATTEMPTS = 8;
const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 1000;

/** Exponential with full jitter, so that writers who met once do not meet again. */
export const pauseWithJitter: Pause = (attempt) =>
  delay(Math.random() * Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt));

/** Reasons that say "not now" of an item: another transaction holds it, or its partition is busy. */
const TRANSIENT_REASONS = new Set(["TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"]);

const TRANSIENT_ERRORS = new Set([
  "TransactionInProgressException",
  "ProvisionedThroughputExceededException",
  "ThrottlingException",
  "RequestLimitExceeded",
  "InternalServerError",
]);

/**
 * Writes all items or none. Returns undefined when they are written, or DynamoDB's reasons, one per item in their
 * order, when a condition failed. Waits out conflicts and throttling; throws DynamoDB's error when they last.
 */
export async function writeTransaction(
  client: DynamoDBClient,
  items: TransactWriteItem[],
  pause: Pause,
): Promise<readonly CancellationReason[] | undefined> {
  // The same token while an outcome is unknown: DynamoDB then answers for the attempt that succeeded unheard, instead
  // of refusing our own write as somebody else's.
  let token = randomUUID();
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.send(new TransactWriteItemsCommand({ TransactItems: items, ClientRequestToken: token }));
      return undefined;
    } catch (error) {
      if (error instanceof TransactionCanceledException) {
        const reasons = error.CancellationReasons ?? [];
        if (reasons.some(isConditionFailure)) return reasons;
        if (!reasons.some(({ Code }) => TRANSIENT_REASONS.has(Code ?? ""))) throw error;
        token = randomUUID();
      } else if (!(error instanceof DynamoDBServiceException && TRANSIENT_ERRORS.has(error.name))) {
        throw error;
      }
      if (attempt === MAX_ATTEMPTS) throw error;
      await pause(attempt);
    }
  }
}

export function isConditionFailure(reason: CancellationReason): boolean {
  return reason.Code === "ConditionalCheckFailed";
}
