import type { ExecutionHistory, StateMachineName, Workflows } from "../shared/ports/workflows.ts";
import {
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  InvalidToken,
  TaskDoesNotExist,
  TaskTimedOut,
} from "./states/errors.ts";
import type { HistoryEntry, States } from "./states/states.ts";

/** The ports of `relay` and of the history view, kept by the embedded Step Functions. */
export function createWorkflows(states: States): Workflows & ExecutionHistory {
  const arnOf = (stateMachine: StateMachineName, name: string): string =>
    `arn:aws:states:local:000000000000:execution:${stateMachine}:${name}`;

  return {
    async start(stateMachine, name, input) {
      try {
        await states.startExecution({ stateMachine, name, input });
      } catch (error) {
        if (!(error instanceof ExecutionAlreadyExists)) throw error;
      }
    },
    async succeed(taskToken, output) {
      try {
        await states.sendTaskSuccess({ taskToken, output });
      } catch (error) {
        // Another engine's token is left by a store that moved here.
        const isOver = [TaskDoesNotExist, TaskTimedOut, InvalidToken].some((known) => error instanceof known);
        if (!isOver) throw error;
      }
    },
    async stop(stateMachine, name, error, cause) {
      try {
        await states.stopExecution({ executionArn: arnOf(stateMachine, name), error, cause });
      } catch (failure) {
        if (!(failure instanceof ExecutionDoesNotExist)) throw failure;
      }
    },
    async read(stateMachine, name) {
      const executionArn = arnOf(stateMachine, name);
      try {
        const { status } = await states.describeExecution({ executionArn });
        const events: HistoryEntry[] = [];
        let nextToken: string | undefined;
        do {
          const page = await states.getExecutionHistory({
            executionArn,
            maxResults: 1000,
            ...(nextToken === undefined ? {} : { nextToken }),
          });
          events.push(...page.events);
          nextToken = page.nextToken;
        } while (nextToken !== undefined);
        return { status, events: events.map(shown) };
      } catch (error) {
        if (error instanceof ExecutionDoesNotExist) return undefined;
        throw error;
      }
    },
  };
}

function shown(entry: HistoryEntry) {
  const state = entry.stateEnteredEventDetails?.name ?? entry.stateExitedEventDetails?.name;
  return {
    id: entry.id,
    previousEventId: entry.previousEventId,
    at: entry.timestamp.toISOString(),
    type: entry.type,
    ...(typeof state === "string" ? { state } : {}),
  };
}
