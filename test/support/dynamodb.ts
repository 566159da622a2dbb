import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { CreateTableCommand, DynamoDBClient, type KeySchemaElement } from "@aws-sdk/client-dynamodb";
import {
  type _Record,
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from "@aws-sdk/client-dynamodb-streams";
import { TABLE_INDEXES, TABLE_KEYS } from "../../shared/contracts/table.ts";

/** A DynamoDB of a test file's own: a `dynoxide` process on a free port, its data in a temporary folder. */
export interface TestDynamoDb extends AsyncDisposable {
  readonly endpoint: string;
  readonly client: DynamoDBClient;
  /** Creates Fairway's table under a name nobody else has. */
  createTable(): Promise<TestTable>;
}

interface TestTable {
  readonly tableName: string;
  /** Every record of the table's stream so far, in its order. */
  readStream(): Promise<readonly _Record[]>;
}

export async function startDynamoDb(): Promise<TestDynamoDb> {
  const folder = await mkdtemp(join(tmpdir(), "fairway-dynamodb-"));
  const file = join(folder, "dynamodb.sqlite");
  const port = await freePort();
  const server = spawn(dynoxideBinary(), ["serve", "--port", String(port), "--db-path", file], { stdio: "pipe" });
  // An orphan would go on listening for ever.
  const kill = () => server.kill("SIGKILL");
  process.once("exit", kill);

  const endpoint = `http://127.0.0.1:${port}`;
  await untilListening(server, endpoint);
  indexStreamRecords(file);
  const config = { endpoint, region: "eu-north-1", credentials: { accessKeyId: "test", secretAccessKey: "test" } };
  const client = new DynamoDBClient(config);
  const streams = new DynamoDBStreamsClient(config);
  let tables = 0;

  return {
    endpoint,
    client,
    async createTable() {
      tables += 1;
      const tableName = `fairway-${tables}`;
      const streamArn = await createTable(client, tableName);
      return { tableName, readStream: streamReader(streams, streamArn) };
    },
    async [Symbol.asyncDispose]() {
      client.destroy();
      streams.destroy();
      process.off("exit", kill);
      if (server.exitCode === null) {
        kill();
        await once(server, "exit");
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** `DYNOXIDE_BIN` serves platforms the package has no binary for. */
function dynoxideBinary(): string {
  if (process.env.DYNOXIDE_BIN) return process.env.DYNOXIDE_BIN;
  const packageName = `@dynoxide/${process.platform}-${process.arch}`;
  try {
    const packageFile = createRequire(import.meta.url).resolve(`${packageName}/package.json`);
    return join(dirname(packageFile), process.platform === "win32" ? "dynoxide.exe" : "dynoxide");
  } catch (cause) {
    throw new Error(`The DynamoDB tests need ${packageName} (npm install) or DYNOXIDE_BIN=<path of dynoxide>.`, {
      cause,
    });
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("No free port on this machine.");
  return address.port;
}

async function untilListening(server: ChildProcess, endpoint: string): Promise<void> {
  let output = "";
  server.stderr?.on("data", (chunk) => (output += String(chunk)));
  server.stdout?.on("data", (chunk) => (output += String(chunk)));
  const deadline = Date.now() + 20_000;
  for (;;) {
    const isUp = await fetch(endpoint).then(
      () => true,
      () => false,
    );
    if (isUp) return;
    if (server.exitCode !== null || Date.now() > deadline) throw new Error(`dynoxide did not start: ${output}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/**
 * dynoxide looks up the highest sequence number of a stream with each write, without an index: writes would slow down
 * with every record written before.
 */
function indexStreamRecords(file: string): void {
  const db = new DatabaseSync(file, { timeout: 5000 });
  db.exec("CREATE INDEX IF NOT EXISTS ix_stream_seq ON _stream_records (table_name, CAST(sequence_number AS INTEGER))");
  db.close();
}

async function createTable(client: DynamoDBClient, tableName: string): Promise<string> {
  const indexes = Object.entries(TABLE_INDEXES);
  const keys = [TABLE_KEYS, ...Object.values(TABLE_INDEXES)].flatMap((key) => [key.partitionKey, key.sortKey]);
  const { TableDescription } = await client.send(
    new CreateTableCommand({
      TableName: tableName,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: keys.map((name) => ({ AttributeName: name, AttributeType: "S" })),
      KeySchema: keySchema(TABLE_KEYS),
      GlobalSecondaryIndexes: indexes.map(([name, key]) => ({
        IndexName: name,
        KeySchema: keySchema(key),
        Projection: { ProjectionType: "ALL" },
      })),
      StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_IMAGE" },
    }),
  );
  if (!TableDescription?.LatestStreamArn) throw new Error(`The table ${tableName} has no stream.`);
  return TableDescription.LatestStreamArn;
}

function keySchema(key: { readonly partitionKey: string; readonly sortKey: string }): KeySchemaElement[] {
  return [
    { AttributeName: key.partitionKey, KeyType: "HASH" },
    { AttributeName: key.sortKey, KeyType: "RANGE" },
  ];
}

/** Reads on from where it was: what came before is remembered. */
function streamReader(streams: DynamoDBStreamsClient, streamArn: string): () => Promise<readonly _Record[]> {
  const records: _Record[] = [];
  const iterators = new Map<string, string | undefined>();
  let reading: Promise<unknown> = Promise.resolve();

  async function readOn(): Promise<readonly _Record[]> {
    const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn: streamArn }));
    for (const { ShardId = "" } of StreamDescription?.Shards ?? []) {
      let iterator = iterators.get(ShardId) ?? (await startOf(ShardId));
      for (;;) {
        const { Records = [], NextShardIterator } = await streams.send(
          new GetRecordsCommand({ ShardIterator: iterator }),
        );
        records.push(...Records);
        iterator = NextShardIterator;
        if (Records.length === 0 || iterator === undefined) break;
      }
      iterators.set(ShardId, iterator);
    }
    return [...records];
  }

  async function startOf(shardId: string): Promise<string | undefined> {
    const { ShardIterator } = await streams.send(
      new GetShardIteratorCommand({ StreamArn: streamArn, ShardId: shardId, ShardIteratorType: "TRIM_HORIZON" }),
    );
    return ShardIterator;
  }

  // One after the other, or two readers would each count the same records.
  return () => {
    const read = reading.then(readOn);
    reading = read.catch(() => {});
    return read;
  };
}
