/** A place to run state machines in: a clock that stands still, functions by name, histories one can read. */
import { createClock, type MovableClock } from "../../../local/clock.ts";
import { type HistoryEntry, openStates, type States } from "../../../local/states/states.ts";

const INVOKE = "arn:aws:states:::lambda:invoke";
const INVOKE_AND_WAIT = "arn:aws:states:::lambda:invoke.waitForTaskToken";
export const START = new Date("2026-03-01T09:00:00Z");

type Functions = Readonly<Record<string, (payload: unknown) => unknown>>;

export interface Room extends AsyncDisposable {
  readonly states: States;
  readonly clock: MovableClock;
  /** Tokens that functions named "wait" were given, in order of the calls. */
  readonly tokens: string[];
  /** Names and payloads of all calls, in order. */
  readonly calls: [name: string, payload: unknown][];
  /** Starts the definition and waits until it is idle. */
  start(definition: object, input?: unknown, name?: string): Promise<string>;
  history(executionArn: string): Promise<string[]>;
}

export function room(functions: Functions = {}, options: { file?: string; clock?: MovableClock } = {}): Room {
  const clock = options.clock ?? createClock({ start: START, frozen: true });
  const tokens: string[] = [];
  const calls: [string, unknown][] = [];
  const states = openStates({
    file: options.file ?? ":memory:",
    clock,
    async invoke(name, payload) {
      calls.push([name, payload]);
      const token = tokenIn(payload);
      if (token !== undefined) tokens.push(token);
      return functions[name]?.(payload) ?? payload;
    },
  });
  return {
    states,
    clock,
    tokens,
    calls,
    async start(definition, input = {}, name = "run") {
      await states.createStateMachine({ name: "machine", definition });
      const { executionArn } = await states.startExecution({ stateMachine: "machine", name, input });
      await states.whenIdle();
      return executionArn;
    },
    history: (executionArn) => readableHistory(states, executionArn),
    [Symbol.asyncDispose]: () => states.close(),
  };
}

function tokenIn(payload: unknown): string | undefined {
  if (typeof payload !== "object" || payload === null || !("token" in payload)) return undefined;
  return typeof payload.token === "string" ? payload.token : undefined;
}

/** One line per event, `id<-previous Type details`; what every event of its kind carries alike is left out. */
export async function readableHistory(states: States, executionArn: string): Promise<string[]> {
  return (await wholeHistory(states, executionArn)).map(readable);
}

export async function wholeHistory(states: States, executionArn: string): Promise<HistoryEntry[]> {
  const events: HistoryEntry[] = [];
  for (let nextToken: string | undefined, isFirst = true; isFirst || nextToken !== undefined; isFirst = false) {
    const page = await states.getExecutionHistory({
      executionArn,
      maxResults: 1000,
      ...(nextToken !== undefined && { nextToken }),
    });
    events.push(...page.events);
    nextToken = page.nextToken;
  }
  return events;
}

const ALIKE = ["inputDetails", "outputDetails", "assignedVariablesDetails", "region", "resourceType", "roleArn"];

function readable(event: HistoryEntry): string {
  const { id, previousEventId, type, timestamp: _, ...rest } = event;
  const details = Object.values(rest).flatMap((all) => Object.entries(all));
  const shown = details.filter(([key]) => !ALIKE.includes(key)).map(([key, value]) => `${key}=${text(value)}`);
  return [`${id}<-${previousEventId}`, type, ...shown].join(" ");
}

function text(value: unknown): string {
  const shown = typeof value === "string" ? value : JSON.stringify(value);
  return shown.replaceAll(TRACE, '"trace":[]').replaceAll(TRACE_IN_TEXT, '\\"trace\\":[]').replaceAll(TOKEN, "TOKEN");
}

const TRACE = /"trace":\[.*?\]/g;
const TRACE_IN_TEXT = /\\"trace\\":\[.*?\]/g;
const TOKEN = /[A-Za-z0-9_-]{40,}/g;

/** A machine in JSONata of the states given, beginning with the first. */
export function machine(states: Record<string, object>, more: object = {}): object {
  return { QueryLanguage: "JSONata", StartAt: Object.keys(states)[0], States: states, ...more };
}

/** The states of a branch or an item processor, beginning with the first. */
export function scope(states: Record<string, object>): object {
  return { StartAt: Object.keys(states)[0], States: states };
}

export const call = (name: string, more: object = { End: true }, payload?: unknown): object => ({
  Type: "Task",
  Resource: INVOKE,
  Arguments: { FunctionName: name, ...(payload !== undefined && { Payload: payload }) },
  ...more,
});

export const wait = (more: object = { End: true }): object => ({
  Type: "Task",
  Resource: INVOKE_AND_WAIT,
  Arguments: { FunctionName: "wait", Payload: { token: "{% $states.context.Task.Token %}" } },
  ...more,
});

export const pass = (more: object = { End: true }): object => ({ Type: "Pass", ...more });

/** An error as a function would throw it. */
export function named(name: string, message = "as planned"): Error {
  const error = new Error(message);
  error.name = name;
  return error;
}
