/**
 * Lambda's event source mappings on the table's stream: each reads every record with the rights of its function's role, hands
 * on those that fit its filter, tries failures again and sets aside what never works.
 */
import {
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
} from "@aws-sdk/client-dynamodb-streams";
import type { DynamoDBBatchResponse, DynamoDBRecord } from "aws-lambda";
import { type EventPattern, fits } from "./event-pattern.ts";

export interface StreamSource {
  readonly functionName: string;
  readonly streamArn: string;
  readonly filters: readonly EventPattern[];
  readonly batchSize: number;
  readonly bisects: boolean;
  readonly maximumRetries: number;
  /** Signed with the role of the function. */
  readonly client: DynamoDBStreamsClient;
  invoke(records: readonly DynamoDBRecord[]): Promise<unknown>;
  /** Takes the position of records that are given up. */
  setAside(records: readonly DynamoDBRecord[]): void;
}

export interface StreamSources extends AsyncDisposable {
  /** Says that there may be new records. */
  wake(): void;
  /** Resolves when every record that is in the stream has been handled or set aside. */
  caughtUp(): Promise<void>;
  /** How many records were handed to functions. */
  readonly handled: number;
}

export async function startStreamSources(sources: readonly StreamSource[]): Promise<StreamSources> {
  let handled = 0;
  const pollers = await Promise.all(sources.map(startPoller));

  async function startPoller(source: StreamSource) {
    const { client, streamArn: StreamArn } = source;
    // What Lambda asks before it takes a mapping on.
    await client.send(new ListStreamsCommand({}));
    const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamArn }));
    const [shard, ...more] = StreamDescription?.Shards ?? [];
    if (shard?.ShardId === undefined || more.length > 0) throw new Error("The stand-in reads streams of one shard.");
    const first = await client.send(
      new GetShardIteratorCommand({ StreamArn, ShardId: shard.ShardId, ShardIteratorType: "TRIM_HORIZON" }),
    );
    let iterator = first.ShardIterator;
    let isClosed = false;
    let isAwake = true;
    let wake = (): void => {};
    const waiting = new Set<() => void>();

    const loop = (async () => {
      while (!isClosed) {
        isAwake = false;
        const read = await client.send(new GetRecordsCommand({ ShardIterator: iterator, Limit: 1000 }));
        iterator = read.NextShardIterator ?? iterator;
        // As Lambda hands records over: plain JSON.
        const records: DynamoDBRecord[] = JSON.parse(JSON.stringify(read.Records ?? []));
        const wanted = records.filter((record) => source.filters.some((filter) => fits(filter, record)));
        for (let start = 0; start < wanted.length; start += source.batchSize) {
          await handle(wanted.slice(start, start + source.batchSize), source.maximumRetries);
        }
        if (records.length > 0 || isAwake) continue;
        for (const resolve of waiting) resolve();
        waiting.clear();
        await new Promise<void>((resolve) => {
          wake = resolve;
          if (isAwake || isClosed) resolve();
        });
      }
    })();

    /** Whatever is left after the retries is given up; the records behind it go on. */
    async function handle(batch: readonly DynamoDBRecord[], retries: number): Promise<void> {
      if (batch.length === 0 || isClosed) return;
      const failedAt = await firstFailure(batch);
      handled += batch.length;
      if (failedAt === undefined) return;
      const rest = batch.slice(failedAt);
      if (source.bisects && rest.length > 1) {
        const half = Math.ceil(rest.length / 2);
        await handle(rest.slice(0, half), retries - 1);
        await handle(rest.slice(half), retries - 1);
      } else if (retries > 0) {
        await handle(rest, retries - 1);
      } else {
        source.setAside(rest);
      }
    }

    async function firstFailure(batch: readonly DynamoDBRecord[]): Promise<number | undefined> {
      try {
        const answer = (await source.invoke(batch)) as DynamoDBBatchResponse | null;
        const [failure] = answer?.batchItemFailures ?? [];
        if (failure === undefined) return undefined;
        const index = batch.findIndex(({ dynamodb }) => dynamodb?.SequenceNumber === failure.itemIdentifier);
        return Math.max(0, index);
      } catch {
        return 0;
      }
    }

    return {
      wake(): void {
        isAwake = true;
        wake();
      },
      caughtUp: () =>
        new Promise<void>((resolve) => {
          waiting.add(resolve);
          isAwake = true;
          wake();
        }),
      async close(): Promise<void> {
        isClosed = true;
        wake();
        await loop;
      },
    };
  }

  const wake = (): void => {
    for (const poller of pollers) poller.wake();
  };
  return {
    wake,
    get handled() {
      return handled;
    },
    async caughtUp() {
      await Promise.all(pollers.map((poller) => poller.caughtUp()));
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(pollers.map((poller) => poller.close()));
    },
  };
}
