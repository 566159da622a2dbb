/**
 * Lets the browser do what waits for it: what follows runs in a task of its own, so that a slow phone listens in between.
 * What is imported before this module is run in another task than what is imported after it.
 */
export const pause = () => new Promise<void>((resolve) => setTimeout(resolve));

await pause();
