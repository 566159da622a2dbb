import { join, resolve } from "node:path";
import { App } from "aws-cdk-lib";
import cdkJson from "../cdk.json" with { type: "json" };
import { ApiStack } from "./api-stack.ts";
import { type Bundles, buildBundles } from "./constructs/bundles.ts";
import { DataStack } from "./data-stack.ts";
import { EventsStack } from "./events-stack.ts";
import { MailStack } from "./mail-stack.ts";
import { readSettings } from "./settings.ts";
import { WorkflowStack } from "./workflow-stack.ts";

/** Every stack; each sees only those above it. */
export function createStacks(app: App, bundles: Bundles) {
  const settings = readSettings(app.node);
  const { api, tasks, events } = bundles;

  const data = new DataStack(app, settings);
  const { table, files } = data;
  const workflow = new WorkflowStack(app, { settings, table, tasks });
  const { stageRun, deadlines } = workflow;
  const mail = new MailStack(app, { settings, table, events });
  const { sender } = mail;
  return {
    data,
    workflow,
    mail,
    api: new ApiStack(app, { settings, table, files, stageRun, api }),
    events: new EventsStack(app, { settings, table, stageRun, deadlines, sender, events }),
  };
}

/** An app with the context of `cdk.json`, which only the CDK command line would read by itself. */
export function createApp(outdir: string, context: Readonly<Record<string, unknown>> = {}): App {
  return new App({ outdir, analyticsReporting: false, context: { ...cdkJson.context, ...context } });
}

if (import.meta.main) {
  // The CDK command line says where it will look; `npm run synth` writes to its default place.
  const outdir = resolve(process.env.CDK_OUTDIR ?? "cdk.out");
  const app = createApp(outdir);
  createStacks(app, await buildBundles(join(outdir, "bundles")));
  const { directory, stacks } = app.synth();
  console.log(`${directory}: ${stacks.map((stack) => stack.stackName).join(", ")}`);
}
