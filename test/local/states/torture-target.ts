/**
 * The process that `torture.ts` kills: states on the file given, called over the channel to the parent. A function
 * returns once the parent has its token, as one that stores tokens would.
 */
import { createClock } from "../../../local/clock.ts";
import { openStates } from "../../../local/states/states.ts";
import type { FromTarget, ToTarget } from "./torture.ts";

const [, , file = ":memory:"] = process.argv;
const stored = new Map<number, () => void>();
let notices = 0;

const tell = (message: FromTarget): void => void process.send?.(message);

const states = openStates({
  file,
  clock: createClock(),
  async invoke(functionName, payload) {
    if (functionName !== "wait") return payload;
    const { journey, state, token } = payload as { journey: string; state: string; token: string };
    notices += 1;
    const notice = notices;
    await new Promise<void>((resolve) => {
      stored.set(notice, resolve);
      tell({ type: "token", notice, journey, state, token });
    });
    return null;
  },
});

process.on("message", (message: ToTarget) => {
  if (message.type === "stored") {
    stored.get(message.notice)?.();
    stored.delete(message.notice);
    return;
  }
  const { id, call } = message;
  const answer = (error: string | null) => tell({ type: "answer", id, error });
  carryOut(call).then(
    () => answer(null),
    (error: unknown) => answer(error instanceof Error ? error.name : String(error)),
  );
});
process.on("disconnect", () => void states.close());

async function carryOut(call: (ToTarget & { type: "call" })["call"]): Promise<void> {
  switch (call.action) {
    case "create":
      await states.createStateMachine({ name: "torture", definition: call.definition });
      break;
    case "start":
      await states.startExecution({ stateMachine: "torture", name: call.journey, input: { name: call.journey } });
      break;
    case "signal":
      await states.sendTaskSuccess({ taskToken: call.token, output: call.signal });
      break;
    case "stop":
      await states.stopExecution({ executionArn: call.executionArn, error: "Stopped" });
      break;
    case "finish":
      await states.whenIdle();
      break;
  }
}

tell({ type: "ready" });
