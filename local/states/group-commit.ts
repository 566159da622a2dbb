/** Group commit: what is to be written in one turn of the event loop shares a transaction, so one fsync carries it all. */

interface Pending<T> {
  readonly item: T;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

/** `commit` writes all of its items or throws. */
export function createGroupCommit<T>(commit: (items: readonly T[]) => void) {
  let pending: Pending<T>[] = [];
  let flushing: NodeJS.Immediate | undefined;

  /** Writes what is pending now. */
  function flush(): void {
    clearImmediate(flushing);
    flushing = undefined;
    const group = pending;
    pending = [];
    if (group.length === 0) return;
    try {
      commit(group.map(({ item }) => item));
    } catch (error) {
      for (const { reject } of group) reject(error);
      return;
    }
    for (const { resolve } of group) resolve();
  }

  return {
    /** Resolves when the item is on disk, rejects when it will never be. */
    add(item: T): Promise<void> {
      return new Promise((resolve, reject) => {
        pending.push({ item, resolve, reject });
        flushing ??= setImmediate(flush);
      });
    },
    flush,
  };
}
