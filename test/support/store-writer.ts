import { openSqliteStore } from "../../local/store/sqlite-store.ts";

/**
 * A process that writes a store as fast as it can until it is killed: several streams at once, two items and an event
 * per commit, all of the same number. Prints `<stream> <sequence>` once a commit is acknowledged.
 * Usage: node store-writer.ts <file> <streams>
 */
const [file = "", streams = "1"] = process.argv.slice(2);
const store = openSqliteStore(file);

async function writeStream(stream: string): Promise<never> {
  let version = (await store.get({ pk: stream, sk: "one" }))?.version ?? 0;
  for (;;) {
    const sequence = version + 1;
    const put = (sk: string) =>
      ({
        kind: "put",
        item: { pk: stream, sk, type: "test", data: { sequence, text: "x".repeat(500) } },
        expectedVersion: version,
      }) as const;
    await store.commit({
      writes: [put("one"), put("two")],
      event: {
        stream,
        sequence,
        programmeId: "programme-1",
        type: "Written",
        at: new Date(sequence).toISOString(),
        actor: { personId: "person-1", role: "sme" },
        data: { sequence },
      },
    });
    // To a pipe, Node writes synchronously: what the reader has seen was acknowledged before the kill.
    process.stdout.write(`${stream} ${sequence}\n`);
    version = sequence;
  }
}

await Promise.all(Array.from({ length: Number(streams) }, (_, n) => writeStream(`STREAM#${n}`)));
