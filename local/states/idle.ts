/** Whether anything is under way, and waiting until nothing is: for tests, for clocks that skip and for those one moves. */

/** How long moving the clock waits, in real time, for calls that a timer has set off. */
const LONGEST_SETTLING_MS = 1000;

interface Waiter<Call> {
  readonly except: ReadonlySet<Call>;
  readonly resolve: () => void;
}

export type Idleness<Call> = ReturnType<typeof createIdleness<Call>>;

export function createIdleness<Call>() {
  const calls = new Set<Call>();
  /** Messages not yet processed and appends not yet on disk. */
  let unsettled = 0;
  let waiters: Waiter<Call>[] = [];

  function isIdleBut(except: ReadonlySet<Call>): boolean {
    return unsettled === 0 && (calls.size === 0 || calls.isSubsetOf(except));
  }

  function settle(): void {
    if (unsettled > 0 || waiters.length === 0) return;
    const all = waiters;
    waiters = all.filter(({ except }) => !isIdleBut(except));
    for (const { except, resolve } of all) if (isIdleBut(except)) resolve();
  }

  return {
    /** Something has come in that will be `settled`. */
    expect(): void {
      unsettled += 1;
    },
    settled(): void {
      unsettled -= 1;
    },
    called(call: Call): void {
      calls.add(call);
    },
    returned(call: Call): void {
      calls.delete(call);
    },
    /** Tells those who wait, if nothing is under way. */
    settle,
    /** Resolves when nothing is under way: every execution has ended or waits for a timer or a token. */
    whenIdle(): Promise<void> {
      return new Promise((resolve) => {
        waiters.push({ except: new Set(), resolve });
        settle();
      });
    },
    /** Idle but for the calls that are under way now, or given up waiting. */
    whenIdleButForThese(): Promise<void> {
      return new Promise((resolve) => {
        const timeout = setTimeout(resolve, LONGEST_SETTLING_MS);
        timeout.unref();
        waiters.push({
          except: new Set(calls),
          resolve() {
            clearTimeout(timeout);
            resolve();
          },
        });
      });
    },
  };
}
