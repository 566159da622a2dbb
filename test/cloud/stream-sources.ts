/**
 * Lambda's event source mappings on the table's stream: each is handed every record if its function's role may read them,
 * passes on those that fit its filter, tries failures again and sets aside what never works.
 */
import {
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from "@aws-sdk/client-dynamodb-streams";
import type { DynamoDBBatchResponse, DynamoDBRecord } from "aws-lambda";
import { type EventPattern, fits } from "./event-pattern.ts";

type StreamAction = "ListStreams" | "DescribeStream" | "GetShardIterator" | "GetRecords";

export interface StreamSource {
  readonly filters: readonly EventPattern[];
  readonly batchSize: number;
  readonly bisects: boolean;
  readonly maximumRetries: number;
  /** Asks whether the role of the function may do what Lambda does for it; throws when not. */
  requireRight(action: StreamAction): void;
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

export async function startStreamSources(
  stream: { readonly client: DynamoDBStreamsClient; readonly arn: string },
  sources: readonly StreamSource[],
): Promise<StreamSources> {
  let handled = 0;
  const log = await openLog(stream);
  const pollers = sources.map(startPoller);

  function startPoller(source: StreamSource) {
    // What Lambda asks before it takes a mapping on.
    source.requireRight("ListStreams");
    source.requireRight("DescribeStream");
    source.requireRight("GetShardIterator");
    let position = 0;
    let isClosed = false;
    let nudge = (): void => {};
    const waiting = new Set<() => void>();

    const loop = (async () => {
      while (!isClosed) {
        const records = log.records.slice(position);
        if (records.length === 0) {
          for (const resolve of waiting) resolve();
          waiting.clear();
          await new Promise<void>((resolve) => {
            nudge = resolve;
          });
          continue;
        }
        source.requireRight("GetRecords");
        const wanted = records.filter((record) => source.filters.some((filter) => fits(filter, record)));
        for (let start = 0; start < wanted.length; start += source.batchSize) {
          await handle(wanted.slice(start, start + source.batchSize), source.maximumRetries);
        }
        position += records.length;
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
      wake: () => nudge(),
      caughtUp: () =>
        new Promise<void>((resolve) => {
          waiting.add(resolve);
          nudge();
        }),
      async close(): Promise<void> {
        isClosed = true;
        nudge();
        await loop;
      },
    };
  }

  async function readOn(): Promise<void> {
    await log.readOn();
    for (const poller of pollers) poller.wake();
  }

  return {
    wake: () => void readOn(),
    get handled() {
      return handled;
    },
    async caughtUp() {
      await readOn();
      await Promise.all(pollers.map((poller) => poller.caughtUp()));
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(pollers.map((poller) => poller.close()));
    },
  };
}

/** The records of a stream of one shard, read once for all who handle them. */
async function openLog({ client, arn: StreamArn }: { readonly client: DynamoDBStreamsClient; readonly arn: string }) {
  const records: DynamoDBRecord[] = [];
  const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamArn }));
  const [shard, ...more] = StreamDescription?.Shards ?? [];
  if (shard?.ShardId === undefined || more.length > 0) throw new Error("The stand-in reads streams of one shard.");
  const first = await client.send(
    new GetShardIteratorCommand({ StreamArn, ShardId: shard.ShardId, ShardIteratorType: "TRIM_HORIZON" }),
  );
  let iterator = first.ShardIterator;
  let reading: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;

  async function read(): Promise<void> {
    next = undefined;
    for (;;) {
      const { Records = [], NextShardIterator } = await client.send(new GetRecordsCommand({ ShardIterator: iterator }));
      iterator = NextShardIterator ?? iterator;
      // As Lambda hands records over: plain JSON.
      records.push(...(JSON.parse(JSON.stringify(Records)) as DynamoDBRecord[]));
      if (Records.length === 0) return;
    }
  }

  return {
    records,
    /** One read serves all who ask before it begins. */
    readOn(): Promise<void> {
      next ??= reading.then(read);
      reading = next.catch(() => {});
      return next;
    },
  };
}
