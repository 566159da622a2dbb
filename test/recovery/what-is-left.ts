import { join } from "node:path";
import { createClock } from "../../local/clock.ts";
import { openStates, type States } from "../../local/states/states.ts";
import { openSqliteStore } from "../../local/store/sqlite-store.ts";
import { pilotStream } from "../../shared/contracts/items.ts";
import type { PilotState } from "../../shared/domain/pilot/state.ts";
import type { Page, Store, StoredEvent } from "../../shared/ports/store.ts";
import { type Mail, outboxOf } from "../../shared/records/mails.ts";
import { createPilotRecords } from "../../shared/records/pilots.ts";
import { waitsOf } from "../../shared/records/waits.ts";

/** What a pilot's way left behind, in words that are the same for every run of the same story. */
export interface WhatIsLeft {
  /** Instants count by their day. */
  readonly state: PilotState | undefined;
  /** Type and subject of each event, sorted: which of two consumers was quicker does not count. */
  readonly events: readonly string[];
  /** Recipient and subject of each mail, sorted. */
  readonly mails: readonly string[];
  /** What waits for somebody's next digest. */
  readonly notices: readonly string[];
  readonly waits: readonly string[];
  /** How each stage run's last execution ended. */
  readonly executions: readonly string[];
}

/** Reads the data folder of a system that has ended. */
export async function readWhatIsLeft(dataFolder: string, pilotId: string): Promise<WhatIsLeft> {
  using store = openSqliteStore(join(dataFolder, "store.sqlite"));
  const clock = createClock({ frozen: true });
  await using states = openStates({ file: join(dataFolder, "states.sqlite"), clock, invoke: async () => null });
  return await whatIsLeft({ store, states }, pilotId);
}

export async function whatIsLeft(
  { store, states }: { readonly store: Store; readonly states: States },
  pilotId: string,
): Promise<WhatIsLeft> {
  const state = await createPilotRecords({ store, clock: createClock() }).load(pilotId);
  const [events, mails, waits] = await Promise.all([
    all((cursor) => store.eventsOf(pilotStream(pilotId), cursor)),
    all(({ cursor }) => outboxOf(store, state?.pilot.programmeId ?? "", cursor)),
    waitsOf(store, pilotId),
  ]);
  const notices = await Promise.all(
    [...new Set(Object.values(state?.pilot.team ?? []).map(({ personId }) => personId))].map((personId) =>
      all((cursor) => store.query({ pk: `NOTICES#${personId}`, prefix: "event#", ...cursor })),
    ),
  );
  const executions = await Promise.all(
    Object.values(state?.runs ?? {}).map(async ({ id }) => {
      const { executions: found } = await states.listExecutions({ stateMachine: "stage-run", maxResults: 1000 });
      const own = found.filter(({ name }) => name.startsWith(`${pilotId}-${id}-`));
      return `${id}: ${own[0]?.status}, ${own.filter(({ status }) => status === "RUNNING").length} running`;
    }),
  );
  return {
    state: state && byDay(state),
    events: events.map(nameOf).sort(),
    mails: mails.map(({ personId, subject }: Mail) => `${personId}: ${subject}`).sort(),
    notices: notices
      .flat()
      .map(({ pk, data }) => `${pk}: ${String(data.eventId).replace(/\d+$/, "")}`)
      .sort(),
    waits: waits.map(({ wait }) => `${wait.runId} ${wait.slot}`).sort(),
    executions,
  };
}

async function all<T>(read: (page: { cursor?: string }) => Promise<Page<T>>): Promise<readonly T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await read(cursor === undefined ? {} : { cursor });
    items.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return items;
}

function nameOf({ type, data }: StoredEvent): string {
  const subjects = ["deliverableId", "taskId", "runId", "step", "revision", "outcome"].flatMap((field) =>
    data[field] === undefined ? [] : [String(data[field])],
  );
  return [type, ...subjects].join(" ");
}

const instant = /^(\d{4}-\d{2}-\d{2})T[\d:.]+Z$/;

/** A copy in which every instant is cut to its day. */
function byDay<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value), (_, member: unknown) =>
    typeof member === "string" ? member.replace(instant, "$1") : member,
  );
}
