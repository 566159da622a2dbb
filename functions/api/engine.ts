/**
 * Operations on the embedded Step Functions. One engine serves all programmes: an execution belongs to the programme of
 * the pilot it works for, and to nobody else's. Task tokens stay on the server.
 */
import { key, stored } from "../../shared/contracts/items.ts";
import type { Actor } from "../../shared/domain/actor.ts";
import type { Pilot } from "../../shared/domain/pilot/state.ts";
import { Refusal } from "../../shared/domain/refusal.ts";
import type { EngineExecution, EngineRoom, StateMachineName } from "../../shared/ports/workflows.ts";
import type { ApiDependencies, Handlers } from "./handlers.ts";

type Ids = "listExecutions" | "describeExecution" | "getExecutionHistory" | "stopExecution" | "redriveExecution";

/** Whose an execution is: a pilot's of the programme, or the whole system's. Undefined: another programme's. */
type Owner = { readonly pilot?: Pick<Pilot, "id" | "title"> } | undefined;

export function engineHandlers({ store, engineRoom }: ApiDependencies): Handlers<Ids> {
  function engine(): EngineRoom {
    if (engineRoom !== undefined) return engineRoom;
    throw new Refusal("NotFound", "no_engine_here");
  }

  async function ownerOf({ input }: EngineExecution, actor: Actor): Promise<Owner> {
    const pilotId = pilotIdIn(input);
    if (pilotId === undefined) return {};
    const head = await store.get(key.pilot(pilotId));
    const pilot = head && stored<{ pilot: Pilot }>(head.data).pilot;
    return pilot?.programmeId === actor.programmeId ? { pilot: { id: pilot.id, title: pilot.title } } : undefined;
  }

  /** Throws `Refusal` NotFound for what is not there and for what is another programme's. */
  async function find(stateMachine: StateMachineName, name: string, actor: Actor) {
    const execution = await engine().describe(stateMachine, name);
    const owner = execution && (await ownerOf(execution, actor));
    if (execution === undefined || owner === undefined) {
      throw new Refusal("NotFound", "no_such_execution");
    }
    return { execution, owner };
  }

  async function show(stateMachine: StateMachineName, name: string, actor: Actor) {
    const { execution, owner } = await find(stateMachine, name, actor);
    const { isRedrivable, definition, input, output, error, cause } = execution;
    const isOperator = actor.role === "administrator";
    return {
      ...summaryOf(execution, owner),
      input: withoutTokens(input),
      ...(output === undefined ? {} : { output: withoutTokens(output) }),
      ...(error === undefined ? {} : { error }),
      ...(cause === undefined ? {} : { cause: withoutTokens(cause) }),
      definition: { ...definition },
      states: await statesReached(engine(), stateMachine, name),
      mayStop: isOperator && execution.status === "RUNNING",
      mayRedrive: isOperator && isRedrivable,
    };
  }

  return {
    async listExecutions({ params: { stateMachine }, query, actor }) {
      const { executions, cursor } = await engine().list({ stateMachine, ...query });
      const owned = await Promise.all(
        executions.map(async (execution) => {
          const owner = await ownerOf(execution, actor);
          return owner === undefined ? [] : [summaryOf(execution, owner)];
        }),
      );
      return { executions: owned.flat(), ...(cursor === undefined ? {} : { cursor }) };
    },

    describeExecution: ({ params, actor }) => show(params.stateMachine, params.name, actor),

    async getExecutionHistory({ params: { stateMachine, name }, query, actor }) {
      await find(stateMachine, name, actor);
      const { events, cursor } = await engine().history(stateMachine, name, { ...query, order: "newestFirst" });
      return {
        events: events.map(({ details, ...event }) => ({ ...event, details: tokensLeftOut(details) })),
        ...(cursor === undefined ? {} : { cursor }),
      };
    },

    async stopExecution({ params: { stateMachine, name }, body, actor }) {
      const { execution } = await find(stateMachine, name, actor);
      if (execution.status !== "RUNNING") throw new Refusal("NotInThisState", "execution_ended");
      await engine().stop(stateMachine, name, body.reason);
      return show(stateMachine, name, actor);
    },

    async redriveExecution({ params: { stateMachine, name }, actor }) {
      const { execution } = await find(stateMachine, name, actor);
      if (!execution.isRedrivable) {
        throw new Refusal("NotInThisState", { key: "not_redrivable", days: 14 });
      }
      await engine().redrive(stateMachine, name);
      return show(stateMachine, name, actor);
    },
  };
}

const summaryOf = (execution: EngineExecution, owner: NonNullable<Owner>) => ({
  stateMachine: execution.stateMachine,
  name: execution.name,
  status: execution.status,
  startedAt: execution.startedAt,
  ...(execution.endedAt === undefined ? {} : { endedAt: execution.endedAt }),
  ...(owner.pilot === undefined ? {} : { pilot: owner.pilot }),
  redriveCount: execution.redriveCount,
});

function pilotIdIn(input: string): string | undefined {
  const value: unknown = JSON.parse(input);
  if (typeof value !== "object" || value === null || !("pilotId" in value)) return undefined;
  return typeof value.pilotId === "string" ? value.pilotId : undefined;
}

/** In the order it came to them. */
async function statesReached(engine: EngineRoom, stateMachine: StateMachineName, name: string) {
  const reached = new Map<string, { name: string; entered: number; inside: number }>();
  let cursor: string | undefined;
  do {
    const page = await engine.history(stateMachine, name, { cursor, order: "oldestFirst" });
    for (const { type, state } of page.events) {
      if (state === undefined) continue;
      const known = reached.get(state) ?? { name: state, entered: 0, inside: 0 };
      if (type.endsWith("StateEntered")) {
        known.entered += 1;
        known.inside += 1;
      } else known.inside -= 1;
      reached.set(state, known);
    }
    cursor = page.cursor;
  } while (cursor !== undefined);
  return [...reached.values()];
}

/** In JSON text, however often it stands inside other text. */
const withoutTokens = (text: string): string => text.replaceAll(/(taskToken(?:\\*)"\s*:\s*(?:\\*)")[^"\\]*/gi, "$1…");

const tokensLeftOut = (details: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(details).map(([name, value]) => [name, typeof value === "string" ? withoutTokens(value) : value]),
  );
