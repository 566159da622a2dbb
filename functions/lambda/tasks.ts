/** Lambda entries of the state machines' functions; `infra` names them after the placeholders of the definitions. */
import { createTasks, type TaskFunction } from "../tasks/tasks.ts";
import { createDependencies } from "./dependencies.ts";
import { lambda } from "./middleware.ts";

const tasks = createTasks(createDependencies());

const entry = (task: TaskFunction) => lambda<unknown, unknown>().handler(task);

export const openStage = entry(tasks.OpenStage);
export const awaitSubmission = entry(tasks.AwaitSubmission);
export const awaitReview = entry(tasks.AwaitReview);
export const awaitGateDecision = entry(tasks.AwaitGateDecision);
export const awaitResume = entry(tasks.AwaitResume);
export const closeStage = entry(tasks.CloseStage);
export const fireDueActions = entry(tasks.FireDueActions);
export const sendDigests = entry(tasks.SendDigests);
export const sweepWaits = entry(tasks.SweepWaits);
