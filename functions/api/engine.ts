/**
 * Operations on the embedded Step Functions. One engine serves all programmes: an execution belongs to the programme of
 * the pilot it works for, and to nobody else's. Task tokens stay on the server.
 */
import type { OutputOf } from "../../shared/contracts/operations.ts";
import type { Actor } from "../../shared/domain/actor.ts";
import { isEnded, type PilotState, type StageRun } from "../../shared/domain/pilot/state.ts";
import { Refusal } from "../../shared/domain/refusal.ts";
import type { EngineExecution, EngineRoom, StateMachineName } from "../../shared/ports/workflows.ts";
import type { ApiDependencies, Handlers } from "./handlers.ts";
import type { Names } from "./names.ts";
import { normalised, wordsIn } from "./words.ts";

type Ids = "listExecutions" | "describeExecution" | "getExecutionHistory" | "stopExecution" | "redriveExecution";

type ExecutionSummary = OutputOf<"listExecutions">["executions"][number];

/** Whose an execution is: a pilot's of the programme, or the whole system's. Undefined: another programme's. */
type Owner = { readonly state?: PilotState; readonly run?: StageRun } | undefined;

/** Executions found before an answer is given, and most that are looked at for it. */
const EXECUTIONS_WANTED = 20;
const EXECUTIONS_LOOKED_AT = 2000;

export function engineHandlers({ pilots, engineRoom }: ApiDependencies): Handlers<Ids> {
  function engine(): EngineRoom {
    if (engineRoom !== undefined) return engineRoom;
    throw new Refusal("NotFound", "no_engine_here");
  }

  async function ownerOf({ input }: EngineExecution, actor: Actor, load = pilots.load): Promise<Owner> {
    const { pilotId, stageRunId } = idsIn(input);
    if (typeof pilotId !== "string") return {};
    const state = await load(pilotId);
    if (state?.pilot.programmeId !== actor.programmeId) return undefined;
    const run = Object.values(state.runs).find(({ id }) => id === stageRunId);
    return { state, ...(run === undefined ? {} : { run }) };
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

  async function show(stateMachine: StateMachineName, name: string, actor: Actor, names: Names) {
    const { execution, owner } = await find(stateMachine, name, actor);
    const { state, run } = owner;
    const { isRedrivable, definition, input, output, error, cause } = execution;
    const isOperator = actor.role === "administrator";
    return {
      ...(await summaryOf(execution, owner, names)),
      input: withoutTokens(input),
      ...(output === undefined ? {} : { output: withoutTokens(output) }),
      ...(error === undefined ? {} : { error }),
      ...(cause === undefined ? {} : { cause: withoutTokens(cause) }),
      definition: { ...definition },
      states: await statesReached(engine(), stateMachine, name),
      mayStop: isOperator && execution.status === "RUNNING",
      mayRedrive: isOperator && isRedrivable,
      // As `RestartExecution` decides.
      mayRestart: isOperator && run !== undefined && isCurrent(state, run),
    };
  }

  return {
    async listExecutions({ params: { stateMachine }, query: { pilotId, q = "", ...query }, actor, names }) {
      const words = wordsIn(q);
      const found: ExecutionSummary[] = [];
      // A pilot has an execution for each stage and restart; it is read once for all of them.
      const states = new Map<string, Promise<PilotState | undefined>>();
      const loadOnce = (id: string) => {
        const asked = states.get(id) ?? pilots.load(id);
        states.set(id, asked);
        return asked;
      };
      let { cursor } = query;
      let looked = 0;
      do {
        const page = await engine().list({ stateMachine, status: query.status, cursor });
        const summaries = await Promise.all(
          page.executions.map(async (execution) => {
            if (pilotId !== undefined && idsIn(execution.input).pilotId !== pilotId) return [];
            const owner = await ownerOf(execution, actor, loadOnce);
            return owner === undefined ? [] : [await summaryOf(execution, owner, names)];
          }),
        );
        found.push(...summaries.flat().filter((summary) => fits(words, summary)));
        looked += page.executions.length;
        cursor = page.cursor;
      } while (cursor !== undefined && found.length < EXECUTIONS_WANTED && looked < EXECUTIONS_LOOKED_AT);
      return { executions: found, ...(cursor === undefined ? {} : { cursor }) };
    },

    describeExecution: ({ params, actor, names }) => show(params.stateMachine, params.name, actor, names),

    async getExecutionHistory({ params: { stateMachine, name }, query, actor }) {
      await find(stateMachine, name, actor);
      const { events, cursor } = await engine().history(stateMachine, name, { ...query, order: "newestFirst" });
      return {
        events: events.map(({ details, ...event }) => ({ ...event, details: tokensLeftOut(details) })),
        ...(cursor === undefined ? {} : { cursor }),
      };
    },

    async stopExecution({ params: { stateMachine, name }, body, actor, names }) {
      const { execution } = await find(stateMachine, name, actor);
      if (execution.status !== "RUNNING") throw new Refusal("NotInThisState", "execution_ended");
      await engine().stop(stateMachine, name, body.reason);
      return show(stateMachine, name, actor, names);
    },

    async redriveExecution({ params: { stateMachine, name }, actor, names }) {
      const { execution } = await find(stateMachine, name, actor);
      if (!execution.isRedrivable) {
        throw new Refusal("NotInThisState", { key: "not_redrivable", days: 14 });
      }
      await engine().redrive(stateMachine, name);
      return show(stateMachine, name, actor, names);
    },
  };
}

async function summaryOf(
  execution: EngineExecution,
  { state, run }: NonNullable<Owner>,
  names: Names,
): Promise<ExecutionSummary> {
  const { stateMachine, name, status, startedAt, endedAt, redriveCount } = execution;
  return {
    stateMachine,
    name,
    status,
    startedAt,
    ...(endedAt === undefined ? {} : { endedAt }),
    ...(state === undefined ? {} : { pilot: await pilotOf(state, names) }),
    ...(state === undefined || run === undefined ? {} : { run: runOf(state, run) }),
    redriveCount,
  };
}

async function pilotOf({ pilot }: PilotState, names: Names) {
  const { id, title, organisationId, country, primaryMarket } = pilot;
  const { name: company } = await names.organisation(organisationId);
  return { id, title, company, country, ...(primaryMarket === undefined ? {} : { market: primaryMarket }) };
}

function runOf({ runs }: PilotState, { id, stageId }: StageRun) {
  const ofStage = Object.values(runs).filter((run) => run.stageId === stageId);
  return { id, stage: stageId, passage: ofStage.findIndex((run) => run.id === id) + 1 };
}

const isCurrent = (state: PilotState | undefined, { id }: StageRun): boolean =>
  state !== undefined && !isEnded(state.pilot) && state.pilot.currentRunId === id;

function fits(words: readonly string[], { name, pilot }: ExecutionSummary): boolean {
  const text = normalised(`${name} ${pilot?.title ?? ""} ${pilot?.company ?? ""}`);
  return words.every((word) => text.includes(word));
}

/** Undefined members: it serves the whole system. */
function idsIn(input: string): { readonly pilotId?: unknown; readonly stageRunId?: unknown } {
  const value: unknown = JSON.parse(input);
  return typeof value === "object" && value !== null ? value : {};
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
