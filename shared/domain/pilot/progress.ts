import { type Ball, ballOf } from "./ball.ts";
import { isEnded, isInternalTask, isOpenTask, type PilotState, type StageRunStatus } from "./state.ts";

/** Where a pilot stands, for whoever looks at many; kept with its head so that a list reads nothing else. */
export interface PilotProgress {
  readonly stageStatus?: StageRunStatus;
  /** Since when it is in its stage; in intake since the application, ended since its end. */
  readonly stageSince: string;
  /** Due dates of the open tasks that all around the pilot may know of, earliest first. */
  readonly openDueAt: readonly string[];
  readonly ball?: Ball;
}

export function progressOf(state: PilotState): PilotProgress {
  const { pilot, runs, tasks } = state;
  const ball = ballOf(state);
  const run = pilot.currentRunId === undefined ? undefined : runs[pilot.currentRunId];
  return {
    ...(run === undefined ? {} : { stageStatus: run.status }),
    stageSince: (isEnded(pilot) ? pilot.endedAt : undefined) ?? run?.startedAt ?? pilot.admittedAt ?? pilot.appliedAt,
    openDueAt: Object.values(tasks)
      .filter((task) => isOpenTask(task) && !isInternalTask(task))
      .map(({ dueAt }) => dueAt)
      .sort(),
    ...(ball === undefined ? {} : { ball }),
  };
}
