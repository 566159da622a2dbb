/**
 * The reference journey: four stages one after the other; in each a recorded step opens it, three deliverables pass two
 * waits each side by side, one wait is for the gate, and a recorded step closes it. So 28 signals and 8 recorded steps.
 */
import { setImmediate } from "node:timers";

const STAGES = 4;
export const SIGNALS = 28;

const step = (name: string, more: object) => ({
  Type: "Task",
  Resource: "arn:aws:states:::lambda:invoke",
  Arguments: {
    FunctionName: name,
    Payload: { journey: "{% $states.context.Execution.Name %}", stage: "{% $stage %}" },
  },
  ...more,
});

const wait = (kind: BegunWait["kind"], more: object, payload: object = {}) => ({
  Type: "Task",
  Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken",
  Arguments: {
    FunctionName: "wait",
    Payload: {
      kind,
      journey: "{% $states.context.Execution.Name %}",
      stage: "{% $stage %}",
      token: "{% $states.context.Task.Token %}",
      ...payload,
    },
  },
  TimeoutSeconds: 7_776_000,
  ...more,
});

const DELIVERABLE = { deliverable: "{% $states.context.Map.Item.Value %}" };

export const REFERENCE_JOURNEY = {
  QueryLanguage: "JSONata",
  StartAt: "Begin",
  States: {
    Begin: { Type: "Pass", Assign: { stage: 1 }, Next: "Open" },
    Open: step("open", { Assign: { deliverables: "{% $states.result.Payload.deliverables %}" }, Next: "Work" }),
    Work: {
      Type: "Map",
      Items: "{% $deliverables %}",
      ItemProcessor: {
        StartAt: "Submission",
        States: {
          Submission: wait("submission", { Next: "Review" }, DELIVERABLE),
          Review: wait("review", { Output: "{% $states.result.verdict %}", End: true }, DELIVERABLE),
        },
      },
      Next: "Gate",
    },
    Gate: wait("gate", { Assign: { verdict: "{% $states.result.verdict %}" }, Next: "Close" }),
    Close: step("close", { Assign: { stage: "{% $stage + 1 %}" }, Next: "More stages?" }),
    "More stages?": {
      Type: "Choice",
      Choices: [{ Condition: `{% $stage <= ${STAGES} %}`, Next: "Open" }],
      Default: "Finished",
    },
    Finished: { Type: "Succeed" },
  },
};

/** What answers every wait. */
export const VERDICT = { verdict: "accepted" };

/** A wait that has begun: whoever drives the journey answers it. */
export interface BegunWait {
  readonly journey: string;
  readonly kind: "submission" | "review" | "gate";
  readonly stage: number;
  /** Which deliverable; absent at the gate. */
  readonly deliverable?: number;
  readonly token: string;
}

/** The functions of the journey; `onWait` hears of each wait after its function has returned. */
export function journeyFunctions(onWait: (wait: BegunWait) => void) {
  return async (functionName: string, payload: unknown): Promise<unknown> => {
    if (functionName === "open") return { deliverables: [1, 2, 3] };
    if (functionName === "close") return { closed: true };
    setImmediate(onWait, payload as BegunWait);
    return null;
  };
}

/** How to speak to the engine, in process or over the wire. */
export interface Engine {
  start(journey: string): Promise<void>;
  signal(token: string): Promise<void>;
  status(journey: string): Promise<string>;
}

export interface Driver {
  onWait(wait: BegunWait): void;
  /** Keeps `concurrency` journeys under way until `journeys` have ended. */
  run(options: { journeys: number; concurrency: number; prefix: string }): Promise<void>;
  /** From the call that signals to the function of the wait that follows from it, in order of arrival. */
  readonly nextWaitMs: number[];
}

interface Journey {
  readonly ended: () => void;
  readonly failed: (reason: unknown) => void;
  /** When the signals that the next wait follows from were sent: by deliverable, of the last review, of the gate. */
  readonly submittedAtMs: Map<number, number>;
  reviewedAtMs: number;
  gatePassedAtMs: number | undefined;
}

/** Answers every wait as soon as it begins, so that what is measured is the engine and not its users. */
export function createDriver(engine: Engine): Driver {
  const journeys = new Map<string, Journey>();
  const nextWaitMs: number[] = [];

  function onWait(wait: BegunWait): void {
    const journey = journeys.get(wait.journey);
    if (journey === undefined) return;
    const nowMs = performance.now();
    measure(journey, wait, nowMs);
    engine.signal(wait.token).catch(journey.failed);
    if (wait.kind === "gate" && wait.stage === STAGES) void awaitEnd(wait.journey, journey);
  }

  function measure(journey: Journey, { kind, deliverable = -1 }: BegunWait, nowMs: number): void {
    if (kind === "submission") {
      if (journey.gatePassedAtMs !== undefined) nextWaitMs.push(nowMs - journey.gatePassedAtMs);
      journey.gatePassedAtMs = undefined;
      journey.submittedAtMs.set(deliverable, nowMs);
    } else if (kind === "review") {
      nextWaitMs.push(nowMs - (journey.submittedAtMs.get(deliverable) ?? Number.NaN));
      journey.reviewedAtMs = nowMs;
    } else {
      nextWaitMs.push(nowMs - journey.reviewedAtMs);
      journey.gatePassedAtMs = nowMs;
    }
  }

  async function awaitEnd(name: string, { ended, failed }: Journey): Promise<void> {
    try {
      for (let status = ""; status !== "SUCCEEDED"; status = await engine.status(name)) {
        if (status !== "" && status !== "RUNNING") throw new Error(`${name} has ${status}`);
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      journeys.delete(name);
      ended();
    } catch (error) {
      failed(error);
    }
  }

  async function travel(name: string): Promise<void> {
    await new Promise<void>((ended, failed) => {
      const journey = { ended, failed, submittedAtMs: new Map(), reviewedAtMs: Number.NaN, gatePassedAtMs: undefined };
      journeys.set(name, journey);
      engine.start(name).catch(failed);
    });
  }

  return {
    onWait,
    nextWaitMs,
    async run({ journeys: total, concurrency, prefix }) {
      let next = 0;
      const lane = async () => {
        while (next < total) {
          next += 1;
          await travel(`${prefix}-${next}`);
        }
      };
      await Promise.all(Array.from({ length: Math.min(concurrency, total) }, lane));
    },
  };
}
