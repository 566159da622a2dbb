/**
 * An embedded system in a process of its own, to be killed. Loads its code at once and starts when it is told where,
 * so that the next one can stand by while this one runs.
 */
import { flushCompileCache } from "node:module";
import { type System, startSystem } from "../../local/system.ts";
import type { FromChild, ToChild } from "./killable-fairway.ts";

// Node.js writes down what it compiled as a process ends, which is too late for those that are killed.
flushCompileCache();

let system: System | undefined;

process.on("message", async (message: ToChild) => {
  if (message.type === "start") {
    const { dataFolder, port, sample } = message;
    system = await startSystem({ dataFolder, port, sample, portal: false, progress: () => {} });
    tell({ type: "ready", url: system.url });
  } else {
    await system?.settled();
    const { user, system: kernel } = process.cpuUsage();
    tell({ type: "settled", cpuMs: (user + kernel) / 1000 });
  }
});
process.on("disconnect", () => process.exit());

function tell(message: FromChild): void {
  process.send?.(message);
}
