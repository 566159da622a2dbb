/** Operations on tasks: the list of work, and what a person does with one task. */
import * as z from "zod";
import {
  cursor,
  date,
  declare,
  everyone,
  id,
  isNobodysMember,
  none,
  type Operation,
  personRef,
  text,
  version,
  working,
} from "./operation.ts";
import { pilotView, processRole, taskView } from "./views.ts";

const taskId = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,120}$/)
  .refine(isNobodysMember, "This is no id.");
const task = z.strictObject({ pilotId: id, taskId });
const seen = z.strictObject({ expectedVersion: version.exactOptional() });

const taskOperation = <Body extends z.ZodObject>(verb: string, summary: string, body: Body) =>
  ({
    method: "POST",
    path: `/api/pilots/{pilotId}/tasks/{taskId}/${verb}`,
    summary,
    roles: working,
    params: task,
    query: none,
    body,
    output: pilotView,
  }) as const satisfies Operation;

export const taskOperations = declare({
  listTasks: {
    method: "GET",
    path: "/api/tasks",
    summary: "My list of work: what I have, what I may claim, by due date",
    roles: everyone,
    params: none,
    query: z.strictObject({ cursor }),
    body: none,
    output: z.object({ tasks: z.array(taskView) }),
  },
  listTasksOf: {
    method: "GET",
    path: "/api/people/{personId}/tasks",
    summary: "Somebody's list of work as they have it, by due date: for those who watch over the programme",
    roles: ["coordinator", "auditor"],
    params: z.strictObject({ personId: id }),
    query: none,
    body: none,
    output: z.object({ person: personRef, tasks: z.array(taskView) }),
  },
  claimTask: taskOperation("claim", "Take a task from the shared list", seen),
  startTask: taskOperation("start", "Begin a claimed task", seen),
  releaseTask: taskOperation("release", "Give a task back to the shared list", seen),
  delegateTask: taskOperation(
    "delegation",
    "Let another person do it; the owner stays responsible",
    seen.extend({ toPersonId: id }),
  ),
  returnTask: taskOperation("return", "Give a delegated task back to its owner", seen),
  forwardTask: taskOperation(
    "forwarding",
    "Hand a task on; responsibility moves",
    seen.extend({
      toPersonId: id.exactOptional(),
      toRole: processRole.exactOptional(),
      reason: text(1000).exactOptional(),
    }),
  ),
  nominateTask: taskOperation("nomination", "Name who does it", seen.extend({ toPersonId: id })),
  setTaskPriority: taskOperation(
    "priority",
    "Mark a task as urgent or not",
    seen.extend({ priority: z.enum(["normal", "high"]) }),
  ),
  failTask: taskOperation("failure", "Say that a task cannot be done", seen.extend({ reason: text(2000) })),
  giveForecast: taskOperation(
    "forecast",
    "Still on track? Say when it will be ready",
    z.strictObject({ on: date, note: z.string().max(1000).default("") }),
  ),
});
