/** Runs executions on the file given until it is killed, and prints each acknowledgement once it has one. */
import { createClock } from "../../../local/clock.ts";
import { openStates } from "../../../local/states/states.ts";
import { call, machine, wait } from "./harness.ts";

const [, , file = ":memory:"] = process.argv;
const tokens = new Map<string, (token: string) => void>();

const states = openStates({
  file,
  clock: createClock(),
  async invoke(functionName, payload) {
    if (functionName !== "wait" || typeof payload !== "object" || payload === null) return payload;
    const { name, token } = payload as { name: string; token: string };
    tokens.get(name)?.(token);
    return null;
  },
});

await states.createStateMachine({
  name: "target",
  definition: machine({
    Call: call("echo", { Output: "{% $states.input %}", Next: "Wait" }, "{% $states.input %}"),
    Wait: wait({
      Arguments: {
        FunctionName: "wait",
        Payload: { name: "{% $states.input.name %}", token: "{% $states.context.Task.Token %}" },
      },
      End: true,
    }),
  }),
});

async function run(name: string): Promise<void> {
  const token = new Promise<string>((resolve) => tokens.set(name, resolve));
  await states.startExecution({ stateMachine: "target", name, input: { name } });
  console.log(`started ${name}`);
  await states.sendTaskSuccess({ taskToken: await token, output: "done" });
  console.log(`answered ${name}`);
}

async function runOneAfterTheOther(lane: number): Promise<void> {
  for (let n = 0; ; n += 1) await run(`${process.pid}-${lane}-${n}`);
}

await Promise.all(Array.from({ length: 8 }, (_, lane) => runOneAfterTheOther(lane)));
