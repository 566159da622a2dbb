/** Shows stage runs that want a restart, and gives it when told to: one pilot after the other, each in a change of its own. */
import { describeRun, type OpenRunsOptions, openRuns, restartRun, wantsRestart } from "./open-runs.ts";

export interface RestartOptions extends OpenRunsOptions {
  /** Also those that run what is live. */
  readonly all?: boolean;
  /** Given with the restart's reason; without it nothing is changed. */
  readonly reason?: string;
  /** Told of each run as its turn comes. */
  readonly tell: (text: string) => void;
}

export interface Restarted {
  /** Runs that wanted a restart. */
  readonly wanting: number;
  readonly restarted: number;
  /** Runs that ended or went on between the look and the restart. */
  readonly movedOn: number;
  readonly leftAlone: number;
}

/** May be broken off and called again: what was restarted wants it no more. */
export async function restartRuns({ all = false, reason, tell, ...options }: RestartOptions): Promise<Restarted> {
  const counts = { wanting: 0, restarted: 0, movedOn: 0, leftAlone: 0 };
  for await (const run of openRuns(options)) {
    if (!wantsRestart(run) && !(all && run.condition === "current")) {
      counts.leftAlone += 1;
      continue;
    }
    counts.wanting += 1;
    tell(describeRun(run));
    if (reason === undefined) continue;
    const isRestarted = await restartRun(options, run, reason);
    counts[isRestarted ? "restarted" : "movedOn"] += 1;
    tell(isRestarted ? "  restarted" : "  has moved on by itself");
  }
  return counts;
}
