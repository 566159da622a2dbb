import { type Ball, ballOf } from "./ball.ts";
import {
  isEnded,
  isInternalTask,
  isOpenTask,
  type PilotState,
  type StageRunStatus,
  type SupportRecord,
} from "./state.ts";

/** Where a pilot stands, for whoever looks at many; kept with its head so that a list reads nothing else. */
export interface PilotProgress {
  readonly stageStatus?: StageRunStatus;
  /** Since when it is in its stage; in intake since the application, ended since its end. */
  readonly stageSince: string;
  /** Due dates of the open tasks that all around the pilot may know of, earliest first. */
  readonly openDueAt: readonly string[];
  readonly ball?: Ball;
  /** Hours of support that the company has not confirmed and no coordinator has decided on; of those, disputed ones. */
  readonly openHours: number;
  readonly disputedHours: number;
}

export function progressOf(state: PilotState): PilotProgress {
  const { pilot, runs, tasks, supportRecords } = state;
  const ball = ballOf(state);
  const run = pilot.currentRunId === undefined ? undefined : runs[pilot.currentRunId];
  const hoursThatAre = (...statuses: readonly SupportRecord["status"][]) =>
    Object.values(supportRecords).reduce((sum, { status, hours }) => sum + (statuses.includes(status) ? hours : 0), 0);
  return {
    ...(run === undefined ? {} : { stageStatus: run.status }),
    stageSince: (isEnded(pilot) ? pilot.endedAt : undefined) ?? run?.startedAt ?? pilot.admittedAt ?? pilot.appliedAt,
    openDueAt: Object.values(tasks)
      .filter((task) => isOpenTask(task) && !isInternalTask(task))
      .map(({ dueAt }) => dueAt)
      .sort(),
    ...(ball === undefined ? {} : { ball }),
    openHours: pilot.supportHours - hoursThatAre("confirmed", "upheld"),
    disputedHours: hoursThatAre("disputed"),
  };
}
