import { DatabaseSync } from "node:sqlite";

/** Only one process may write a store: two engines on one file would each run every workflow. */
export class StoreInUse extends Error {
  override name = "StoreInUse" as const;
  constructor(file: string, options?: ErrorOptions) {
    super(`${file} is open in another Fairway process; stop that one first, or give this one its own folder.`, options);
  }
}

const SQLITE_BUSY = 5;

/**
 * Holds an exclusive SQLite lock on `<file>-lock`. The operating system drops it when the process dies, however it
 * dies, so nothing has to be cleaned up. A file of its own, because whoever copies or reads the store's file inside
 * this process would drop a lock held on that one (POSIX locks end with the first close).
 */
export function lockStoreFile(file: string): { release(): void } {
  if (file === ":memory:") return { release: () => {} };
  const lock = new DatabaseSync(`${file}-lock`);
  try {
    lock.exec("BEGIN EXCLUSIVE");
  } catch (cause) {
    lock.close();
    const isBusy = cause instanceof Error && "errcode" in cause && cause.errcode === SQLITE_BUSY;
    throw isBusy ? new StoreInUse(file, { cause }) : cause;
  }
  return { release: () => lock.close() };
}
