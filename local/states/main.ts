/** Step Functions by itself: `node local/states/main.ts --port 4599 --data folder --functions ./functions.ts` */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createClock } from "../clock.ts";
import { awsServices } from "./aws-services.ts";
import { StatesFileTooNew, StatesInUse } from "./errors.ts";
import { functionsAt, functionsOfModule, noFunctions } from "./functions.ts";
import { openStates } from "./states.ts";
import { serveStates } from "./wire/server.ts";

const USAGE = `Step Functions on this machine, for the AWS SDK and the AWS CLI.

  --port N                 where to listen (4599; 0 takes a free port)
  --host NAME              on which address (127.0.0.1: nobody is asked who they are)
  --data DIR               where to keep everything (in memory when not given)
  --keep DAYS              how long an execution is kept after its end (90)
  --functions MODULE|URL   functions by name: a module's exports, or an endpoint with the Lambda API
  --region NAME            in ARNs (AWS_REGION, else us-east-1)
  --account DIGITS         in ARNs (123456789012)

Other services are called at AWS_ENDPOINT_URL_SQS, AWS_ENDPOINT_URL_EVENTS and AWS_ENDPOINT_URL_DYNAMODB.`;

const { values: given } = parseArgs({
  options: {
    port: { type: "string", default: "4599" },
    host: { type: "string", default: "127.0.0.1" },
    data: { type: "string" },
    keep: { type: "string", default: "90" },
    functions: { type: "string" },
    region: { type: "string", default: process.env.AWS_REGION ?? "us-east-1" },
    account: { type: "string", default: "123456789012" },
    help: { type: "boolean", short: "h" },
  },
});

if (given.help) console.log(USAGE);
else await run().catch(explain);

async function run(): Promise<void> {
  if (given.data !== undefined) mkdirSync(given.data, { recursive: true });
  const { functions, region, account } = given;
  const days = Number(given.keep);
  if (!(days > 0)) throw new TypeError(`--keep takes a number of days, not ${given.keep}`);
  await using states = openStates({
    file: given.data === undefined ? ":memory:" : join(given.data, "states.sqlite"),
    clock: createClock(),
    invoke: functions === undefined ? noFunctions : await functionsFrom(functions),
    services: awsServices({ region, env: process.env }),
    place: { region, account },
    retentionMs: days * 86_400_000,
  });
  await using server = await serveStates(states, { port: Number(given.port), host: given.host });
  console.log(`Step Functions listens at ${server.url}`);
  await new Promise((resolve) => {
    process.once("SIGINT", resolve);
    process.once("SIGTERM", resolve);
  });
}

/** What the one who starts it can do something about is said in a sentence; the rest is for those who mend it. */
function explain(error: unknown): void {
  const isKnown = error instanceof StatesInUse || error instanceof StatesFileTooNew;
  const isTaken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
  if (isTaken) console.error(`Port ${given.port} is taken: choose another with --port.`);
  else console.error(isKnown ? error.message : error);
  process.exitCode = 1;
}

function functionsFrom(place: string) {
  return /^https?:\/\//.test(place) ? functionsAt(place) : functionsOfModule(place);
}
