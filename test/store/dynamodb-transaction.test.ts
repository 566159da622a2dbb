import {
  type CancellationReason,
  DynamoDBClient,
  ThrottlingException,
  TransactionCanceledException,
  TransactionInProgressException,
  TransactWriteItemsCommand,
} from "@aws-sdk/client-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import { expect, test } from "vitest";
import { createDynamoDbStore } from "../../functions/adapters/dynamodb-store.ts";
import { VersionConflict } from "../../shared/ports/store.ts";
import { item, put } from "./store-fixtures.ts";

/** What DynamoDB answers when it is busy, which no emulator does. */
const $metadata = {};
const cancelled = (...CancellationReasons: CancellationReason[]) =>
  new TransactionCanceledException({ message: "cancelled", $metadata, CancellationReasons });
const none = { Code: "None" };
const conflict = { Code: "TransactionConflict" };

/** A store whose transactions meet the given errors in turn, then succeed. */
function setup(errors: readonly Error[]) {
  const client = new DynamoDBClient({ region: "eu-north-1" });
  // This client alone: other files of the process have clients of their own.
  const dynamoDb = mockClient(client);
  let answers = dynamoDb.on(TransactWriteItemsCommand);
  for (const error of errors) answers = answers.rejectsOnce(error);
  answers.resolves({});
  const pauses: number[] = [];
  const store = createDynamoDbStore({
    client,
    tableName: "fairway",
    pause: async (attempt) => pauses.push(attempt),
  });
  const tokens = () =>
    dynamoDb.commandCalls(TransactWriteItemsCommand).map((call) => call.args[0].input.ClientRequestToken);
  return { write: () => store.derive([put(item("A", "a")), put(item("A", "b"), 3)]), pauses, tokens };
}

test("waits out other transactions on the same items and throttling, a little longer each time", async () => {
  const { write, pauses, tokens } = setup([
    cancelled(none, conflict),
    cancelled({ Code: "ThrottlingError" }, none),
    cancelled(none, { Code: "ProvisionedThroughputExceeded" }),
    new ThrottlingException({ message: "slow down", $metadata }),
  ]);
  await write();
  expect(pauses).toEqual([1, 2, 3, 4]);
  expect(tokens()).toHaveLength(5);
});

test("repeats an attempt of unknown outcome under the same token, so that its own success is not a conflict", async () => {
  const { write, tokens } = setup([new TransactionInProgressException({ message: "in progress", $metadata })]);
  await write();
  const [first, second] = tokens();
  expect(first).toBeTruthy();
  expect(second).toBe(first);
});

test("takes a new token after a cancelled attempt", async () => {
  const { write, tokens } = setup([cancelled(conflict, none)]);
  await write();
  expect(new Set(tokens()).size).toBe(2);
});

test("names a version conflict at once, also beside a passing one", async () => {
  const failed = { Code: "ConditionalCheckFailed", Item: { version: { N: "7" } } };
  const { write, pauses } = setup([cancelled(conflict, failed)]);
  await expect(write()).rejects.toMatchObject({ conflict: { pk: "A", sk: "b", currentVersion: 7 } });
  expect(pauses).toEqual([]);
});

test("gives up on a lasting conflict with DynamoDB's own error, which is no version conflict", async () => {
  const { write, tokens } = setup(Array.from({ length: 20 }, () => cancelled(conflict, none)));
  const error = await write().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(TransactionCanceledException);
  expect(error).not.toBeInstanceOf(VersionConflict);
  expect(tokens()).toHaveLength(8);
});

test("does not repeat what can never succeed", async () => {
  const { write, tokens } = setup([cancelled({ Code: "ValidationError" }, none)]);
  await expect(write()).rejects.toThrow(TransactionCanceledException);
  expect(tokens()).toHaveLength(1);
});
