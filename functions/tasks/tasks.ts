/** Every function a state machine calls, by the name its definition uses. */
import { createAwaitDeliverable } from "./await-deliverable.ts";
import { createAwaitGateDecision } from "./await-gate-decision.ts";
import { createAwaitResume } from "./await-resume.ts";
import { createCloseStage } from "./close-stage.ts";
import { createFireDueActions } from "./fire-due-actions.ts";
import { createOpenStage } from "./open-stage.ts";
import { createSendDigests } from "./send-digests.ts";
import { createSweepWaits } from "./sweep-waits.ts";
import type { TaskDependencies } from "./task.ts";

export type TaskFunction = (payload: unknown) => Promise<unknown>;

export const createTasks = (dependencies: TaskDependencies) =>
  ({
    OpenStage: createOpenStage(dependencies),
    AwaitSubmission: createAwaitDeliverable(dependencies, "submission"),
    AwaitReview: createAwaitDeliverable(dependencies, "review"),
    AwaitGateDecision: createAwaitGateDecision(dependencies),
    AwaitResume: createAwaitResume(dependencies),
    CloseStage: createCloseStage(dependencies),
    FireDueActions: createFireDueActions(dependencies),
    SendDigests: createSendDigests(dependencies),
    SweepWaits: createSweepWaits(dependencies),
  }) satisfies Record<string, TaskFunction>;

export type TaskName = keyof ReturnType<typeof createTasks>;
