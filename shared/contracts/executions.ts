/** The name of the execution that works on a stage run; the number grows when an operator restarts it (I1). */
export const executionName = (pilotId: string, runId: string, executionNumber: number): string =>
  `${pilotId}-${runId}-${executionNumber}`;
