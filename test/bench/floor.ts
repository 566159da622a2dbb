import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqliteStore } from "../../local/store/sqlite-store.ts";

export interface Floor {
  readonly events: number;
  readonly itemWrites: number;
  readonly bytesPerItem: number;
  readonly lanes: number;
}

/** Seconds a bare loop takes to commit as many changes of the same size to the same store, as many at a time. */
export async function runFloor({ events, itemWrites, bytesPerItem, lanes }: Floor): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), "fairway-floor-"));
  try {
    using store = openSqliteStore(join(folder, "store.sqlite"));
    const perLane = Math.ceil(events / lanes);
    const writesPerChange = Math.max(1, Math.round(itemWrites / events));
    const text = "x".repeat(bytesPerItem);
    const startedAt = performance.now();
    await Promise.all(
      Array.from({ length: lanes }, async (_, lane) => {
        for (let sequence = 1; sequence <= perLane; sequence += 1) {
          await store.commit({
            writes: Array.from({ length: writesPerChange }, (__, n) => ({
              kind: "put" as const,
              item: { pk: `LANE#${lane}`, sk: `ITEM#${n}`, type: "bench", data: { text } },
              expectedVersion: sequence - 1,
            })),
            event: {
              stream: `LANE#${lane}`,
              sequence,
              programmeId: "bench",
              type: "Changed",
              at: new Date(sequence).toISOString(),
              actor: { personId: "bench", role: "system" },
              data: { lane },
            },
          });
        }
      }),
    );
    return (performance.now() - startedAt) / 1000;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
