import { setTimeout as pause } from "node:timers/promises";

/**
 * The probe's first answer that is not undefined. Work that follows a change (workflow, projections, mails) is seen
 * from outside only by looking again; the pause is short and grows, the deadline is generous.
 */
export async function eventually<Answer>(
  what: string,
  probe: () => Promise<Answer | undefined>,
  deadlineMs = 20_000,
): Promise<Answer> {
  const startedAt = performance.now();
  let pauseMs = 2;
  for (;;) {
    const answer = await probe();
    if (answer !== undefined) return answer;
    if (performance.now() - startedAt > deadlineMs) throw new Error(`It never came true that ${what}.`);
    await pause(pauseMs);
    pauseMs = Math.min(pauseMs * 1.5, 100);
  }
}
