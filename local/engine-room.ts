/** The embedded Step Functions for those who run it: looking in, stopping, redriving. */

import { InvalidCursor } from "../shared/contracts/store-pages.ts";
import type {
  EngineEvent,
  EngineExecution,
  EngineRoom,
  ExecutionStatus,
  StateMachineName,
} from "../shared/ports/workflows.ts";
import { executionArn } from "./states/arns.ts";
import { ExecutionDoesNotExist, InvalidToken } from "./states/errors.ts";
import type { HistoryEntry, States } from "./states/states.ts";

/** Events fetched at a time. */
const PAGE = 200;

export function createEngineRoom(states: States): EngineRoom {
  const arnOf = (stateMachine: StateMachineName, name: string): string =>
    executionArn(states.place, stateMachine, name);

  return {
    async list({ stateMachine, status, cursor }) {
      const { executions, nextToken } = await withCursor(
        states.listExecutions({ stateMachine, statusFilter: status, nextToken: cursor }),
      );
      return {
        executions: executions.map((execution) => shown(stateMachine, execution)),
        ...(nextToken === undefined ? {} : { cursor: nextToken }),
      };
    },

    async describe(stateMachine, name) {
      const arn = arnOf(stateMachine, name);
      try {
        const execution = await states.describeExecution({ executionArn: arn });
        const { machine, revisionId } = states.revisionOfExecution(arn);
        const { definition } = states.machines.describeRevision(machine, revisionId);
        return {
          ...shown(stateMachine, execution),
          isRedrivable: execution.redriveStatus === "REDRIVABLE",
          definition: JSON.parse(definition),
        };
      } catch (error) {
        if (error instanceof ExecutionDoesNotExist) return undefined;
        throw error;
      }
    },

    async history(stateMachine, name, { cursor, order }) {
      const { events, nextToken } = await withCursor(
        states.getExecutionHistory({
          executionArn: arnOf(stateMachine, name),
          reverseOrder: order === "newestFirst",
          maxResults: PAGE,
          nextToken: cursor,
        }),
      );
      return { events: events.map(shownEvent), ...(nextToken === undefined ? {} : { cursor: nextToken }) };
    },

    async stop(stateMachine, name, cause) {
      await states.stopExecution({ executionArn: arnOf(stateMachine, name), error: "StoppedByOperator", cause });
    },

    async redrive(stateMachine, name) {
      await states.redriveExecution({ executionArn: arnOf(stateMachine, name) });
    },
  };
}

/** A cursor that no page of this list gave out is the caller's mistake. */
function withCursor<Page>(page: Promise<Page>): Promise<Page> {
  return page.catch((cause: unknown) => {
    throw cause instanceof InvalidToken ? new InvalidCursor({ cause }) : cause;
  });
}

interface Shown {
  readonly name: string;
  readonly status: ExecutionStatus;
  readonly startDate: Date;
  readonly stopDate?: Date;
  readonly inputText: string;
  readonly output?: unknown;
  readonly error?: string;
  readonly cause?: string;
  readonly redriveCount: number;
}

const shown = (stateMachine: StateMachineName, execution: Shown): EngineExecution => ({
  stateMachine,
  name: execution.name,
  status: execution.status,
  startedAt: execution.startDate.toISOString(),
  ...(execution.stopDate === undefined ? {} : { endedAt: execution.stopDate.toISOString() }),
  input: execution.inputText,
  ...(execution.output === undefined ? {} : { output: JSON.stringify(execution.output) }),
  ...(execution.error === undefined ? {} : { error: execution.error }),
  ...(execution.cause === undefined ? {} : { cause: execution.cause }),
  redriveCount: execution.redriveCount,
});

function shownEvent(entry: HistoryEntry): EngineEvent {
  const { id, previousEventId, type, timestamp, ...keyed } = entry;
  const state = entry.stateEnteredEventDetails?.name ?? entry.stateExitedEventDetails?.name;
  return {
    id,
    previousEventId,
    at: timestamp.toISOString(),
    type,
    ...(typeof state === "string" ? { state } : {}),
    details: Object.assign({}, ...Object.values(keyed)),
  };
}
