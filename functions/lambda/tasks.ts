/** Lambda entries of the state machines' functions; `infra` names them after the placeholders of the definitions. */
import * as z from "zod";
import { METRICS } from "../../shared/contracts/metrics.ts";
import { createTasks, type TaskFunction } from "../tasks/tasks.ts";
import { createDependencies } from "./dependencies.ts";
import { writeMetric } from "./metric.ts";
import { lambda } from "./middleware.ts";

const dependencies = createDependencies();
const tasks = createTasks(dependencies);

const entry = (task: TaskFunction) => lambda<unknown, unknown>().handler(task);

export const openStage = entry(tasks.OpenStage);
export const awaitSubmission = entry(tasks.AwaitSubmission);
export const awaitReview = entry(tasks.AwaitReview);
export const awaitGateDecision = entry(tasks.AwaitGateDecision);
export const awaitResume = entry(tasks.AwaitResume);
export const closeStage = entry(tasks.CloseStage);
export const fireDueActions = entry(tasks.FireDueActions);
export const sendDigests = entry(tasks.SendDigests);
export const sweepWaits = lambda<unknown, Awaited<ReturnType<typeof tasks.SweepWaits>>>().handler(async () => {
  const swept = await tasks.SweepWaits();
  const { STAGE: stage } = z.object({ STAGE: z.string().default("") }).parse(process.env);
  const context = { stage, now: dependencies.clock.now() };
  writeMetric(METRICS.waitsWithoutTask, swept.orphans.length, context);
  return swept;
});
