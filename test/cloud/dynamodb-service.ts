/** DynamoDB behind the front door: which rights a request takes, what it uses, and who writes. */
import { TABLE_KEYS } from "../../shared/contracts/table.ts";
import type { AwsService, Right } from "./front-door.ts";
import type { Usage } from "./usage.ts";

interface DynamoDbServiceOptions {
  readonly endpoint: string;
  readonly tableName: string;
  readonly tableArn: string;
  readonly usage: Usage;
  /** Told after each request that may have written. */
  readonly onWrite: () => void;
}

interface TransactedItem {
  readonly TableName: string;
  readonly Item?: Readonly<Record<string, { readonly S?: string }>>;
  readonly Key?: Readonly<Record<string, { readonly S?: string }>>;
}

const TRANSACTION_RIGHTS: Readonly<Record<string, string>> = {
  Put: "dynamodb:PutItem",
  Update: "dynamodb:UpdateItem",
  Delete: "dynamodb:DeleteItem",
  ConditionCheck: "dynamodb:ConditionCheckItem",
};

const ITEM_READS = new Set(["GetItem", "Query"]);
const ITEM_WRITES = new Set(["PutItem", "UpdateItem", "DeleteItem"]);

export function dynamoDbService(options: DynamoDbServiceOptions): AwsService {
  const { endpoint, tableName, tableArn, usage, onWrite } = options;

  function rightsFor(operation: string, body: Readonly<Record<string, unknown>>): readonly Right[] {
    if (operation === "TransactWriteItems") {
      const items = body.TransactItems as readonly Readonly<Record<string, TransactedItem>>[];
      return items.flatMap((item) =>
        Object.entries(item).map(([kind, { TableName, Item, Key }]) => ({
          action: TRANSACTION_RIGHTS[kind] ?? `dynamodb:${kind}`,
          resource: arnOf(TableName),
          context: { "dynamodb:LeadingKeys": (Item ?? Key)?.[TABLE_KEYS.partitionKey]?.S ?? "" },
        })),
      );
    }
    const index = body.IndexName === undefined ? "" : `/index/${String(body.IndexName)}`;
    return [{ action: `dynamodb:${operation}`, resource: arnOf(body.TableName) + index }];
  }

  const arnOf = (name: unknown): string => (name === tableName ? tableArn : `${tableArn}, not ${String(name)}`);

  /** Requests say what they used when they are asked to. */
  function count(operation: string, answered: string): void {
    const { ConsumedCapacity: consumed } = JSON.parse(answered) as {
      readonly ConsumedCapacity?: { readonly CapacityUnits: number } | readonly { readonly CapacityUnits: number }[];
    };
    const units = [consumed ?? []].flat().reduce((sum, { CapacityUnits }) => sum + CapacityUnits, 0);
    if (ITEM_READS.has(operation)) usage.counts.readUnits += units;
    else usage.counts.writeUnits += units;
  }

  return {
    rightsFor: ({ operation, body }) => rightsFor(operation, JSON.parse(body)),
    async answer({ operation, headers, body }) {
      const isOfItems = ITEM_READS.has(operation) || ITEM_WRITES.has(operation) || operation === "TransactWriteItems";
      const response = await fetch(endpoint, {
        method: "POST",
        headers: {
          "content-type": "application/x-amz-json-1.0",
          "x-amz-target": headers["x-amz-target"] ?? "",
          authorization: headers.authorization ?? "",
          "x-amz-date": headers["x-amz-date"] ?? "",
        },
        body: isOfItems ? JSON.stringify({ ...JSON.parse(body), ReturnConsumedCapacity: "TOTAL" }) : body,
      });
      const answered = await response.text();
      if (response.ok && isOfItems) {
        count(operation, answered);
        if (!ITEM_READS.has(operation)) onWrite();
      }
      return { status: response.status, body: answered };
    },
  };
}
