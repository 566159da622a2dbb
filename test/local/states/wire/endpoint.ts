/** The endpoint with the AWS SDK before it, as its users have it. */
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  type HistoryEvent,
  SFNClient,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import { createClock, type MovableClock } from "../../../../local/clock.ts";
import type { Services } from "../../../../local/states/calls.ts";
import { openStates, type States } from "../../../../local/states/states.ts";
import { serveStates } from "../../../../local/states/wire/server.ts";
import { START } from "../harness.ts";

const ROLE = "arn:aws:iam::123456789012:role/states";

type Functions = Readonly<Record<string, (payload: unknown) => unknown>>;

export interface Endpoint extends AsyncDisposable {
  readonly url: string;
  readonly client: SFNClient;
  readonly states: States;
  readonly clock: MovableClock;
  create(name: string, definition: object | string, more?: object): Promise<string>;
  /** Creates the machine, starts an execution and waits until it is idle; the answer is the execution's ARN. */
  start(definition: object, input?: string): Promise<string>;
  describe(executionArn: string): Promise<Record<string, unknown>>;
  history(executionArn: string): Promise<HistoryEvent[]>;
}

export async function endpoint(functions: Functions = {}, services: Services = {}): Promise<Endpoint> {
  const clock = createClock({ start: START, frozen: true });
  const states = openStates({
    file: ":memory:",
    clock,
    invoke: async (name, payload) => functions[name]?.(payload) ?? payload,
    services,
    place: { region: "us-east-1", account: "123456789012" },
  });
  const server = await serveStates(states);
  const client = new SFNClient({
    endpoint: server.url,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts: 1,
  });
  let machines = 0;

  const it: Endpoint = {
    url: server.url,
    client,
    states,
    clock,
    async create(name, definition, more = {}) {
      const text = typeof definition === "string" ? definition : JSON.stringify(definition);
      const { stateMachineArn } = await client.send(
        new CreateStateMachineCommand({ name, definition: text, roleArn: ROLE, ...more }),
      );
      return stateMachineArn ?? "";
    },
    async start(definition, input) {
      machines += 1;
      const stateMachineArn = await it.create(`machine-${machines}`, definition);
      const { executionArn = "" } = await client.send(new StartExecutionCommand({ stateMachineArn, input }));
      await states.whenIdle();
      return executionArn;
    },
    async describe(executionArn) {
      return { ...(await client.send(new DescribeExecutionCommand({ executionArn }))) };
    },
    async history(executionArn) {
      const { events = [] } = await client.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 }));
      return events;
    },
    async [Symbol.asyncDispose]() {
      client.destroy();
      await server.close();
      await states.close();
    },
  };
  return it;
}
