/** `npm run restart-runs`: open stage runs whose executions are behind or broken, shown, and with `--yes` restarted. */
import { parseArgs } from "node:util";
import { SFNClient } from "@aws-sdk/client-sfn";
import { createExecutionVersions } from "../../functions/adapters/step-functions.ts";
import type { ExecutionVersions } from "../../shared/ports/workflows.ts";
import { createPilotRecords } from "../../shared/records/pilots.ts";
import { openHouse } from "../moving/house.ts";
import { openJournalVersions } from "./journal-versions.ts";
import { type Restarted, restartRuns } from "./restart-runs.ts";

const USAGE = `
  npm run restart-runs -- --at .fairway [--programme ID]… [--pilot ID]… [--stage ID]… [--all] [--yes [--reason TEXT]]

  --at      a data folder in which Fairway does not run, or
            "dynamodb://TABLE?region=eu-north-1&states=ALIAS" with the ARN of the state machine's alias "live"
  --all     also those that run what is live
  --yes     does it; without it nothing is changed
`;

/** The address of a table does not say what works on it. */
class NoAlias extends Error {
  override name = "NoAlias" as const;
}

const { values } = parseArgs({
  options: {
    at: { type: "string" },
    programme: { type: "string", multiple: true },
    pilot: { type: "string", multiple: true },
    stage: { type: "string", multiple: true },
    all: { type: "boolean", default: false },
    yes: { type: "boolean", default: false },
    reason: { type: "string", default: "The workflow has a new version." },
  },
});

if (values.at === undefined) {
  console.error(`Say where: --at is missing.\n${USAGE}`);
  process.exitCode = 2;
} else {
  try {
    await run(values.at);
  } catch (error) {
    process.exitCode = 1;
    // A name of its own: the message is for whoever reads the screen.
    console.error(error instanceof Error && !/^(Type)?Error$/.test(error.name) ? error.message : error);
  }
}

async function run(at: string): Promise<void> {
  using house = openHouse(at, { mayBeNew: false });
  using versions = versionsAt(at);
  const { store, clock } = house;
  const live = await versions.live("stage-run");
  console.log(`Live: version ${live.join(" and ")}`);
  if (live.length > 1) console.log("A deployment moves from one to the other: better wait for its end.");
  const { programme, pilot, stage, all, yes, reason } = values;
  const counts = await restartRuns({
    store,
    clock,
    versions,
    pilots: createPilotRecords({ store, clock }),
    ...(programme === undefined ? {} : { programmes: programme }),
    ...(pilot === undefined ? {} : { pilotIds: pilot }),
    ...(stage === undefined ? {} : { stages: stage }),
    all,
    ...(yes ? { reason } : {}),
    tell: (text) => console.log(text),
  });
  console.log(`\n${summaryOf(counts, yes, at)}`);
}

function summaryOf({ wanting, restarted, movedOn, leftAlone }: Restarted, isDone: boolean, at: string): string {
  const rest = `${leftAlone} open stage runs are left as they are.`;
  if (wanting === 0) return `Nothing to restart. ${rest}`;
  if (!isDone) {
    return `${wanting} would be restarted, ${rest} Nothing was changed: --yes does it.
A fresh execution begins with what the pilot's state says. It finds what is done as done, waits where it says above, and tells
nobody anything again; the restart stands in the pilot's timeline.`;
  }
  const when = at.startsWith("dynamodb://") ? "Relay starts them within seconds." : "They start with Fairway.";
  return `${restarted} were restarted, ${movedOn} had moved on by themselves, ${rest} ${when}`;
}

function versionsAt(at: string): ExecutionVersions & Disposable {
  if (!at.startsWith("dynamodb://")) return openJournalVersions(`${at}/states.sqlite`);
  const { searchParams } = new URL(at);
  const [alias, region] = [searchParams.get("states"), searchParams.get("region")];
  if (alias === null || !/^arn:[^:]+:states:[^:]*:\d+:stateMachine:[^:]+:[^:]+$/.test(alias)) {
    throw new NoAlias("Say which alias starts the executions: …&states=arn:aws:states:…:stateMachine:…-stage-run:live");
  }
  const client = new SFNClient(region === null ? {} : { region });
  return {
    ...createExecutionVersions({ client, stateMachineArns: { "stage-run": alias } }),
    [Symbol.dispose]: () => client.destroy(),
  };
}
