import { join, resolve } from "node:path";
import { App } from "aws-cdk-lib";
import cdkJson from "../cdk.json" with { type: "json" };
import { ApiStack } from "./api-stack.ts";
import { type Bundles, buildBundles } from "./constructs/bundles.ts";
import { buildSite } from "./constructs/site.ts";
import { DataStack } from "./data-stack.ts";
import { EventsStack } from "./events-stack.ts";
import { ForgeStack } from "./forge-stack.ts";
import { IdentityStack, ownProvider } from "./identity-stack.ts";
import { MailStack } from "./mail-stack.ts";
import { OperationsStack } from "./operations-stack.ts";
import { PortalStack } from "./portal-stack.ts";
import { readSettings } from "./settings.ts";
import { WorkflowStack } from "./workflow-stack.ts";

/** Every stack; each sees only those above it. `site` is the folder of the built portal. */
export function createStacks(app: App, bundles: Bundles, site: string) {
  const settings = readSettings(app.node);
  const { api: apiBundle, tasks, events: eventsBundle, identity: identityBundle } = bundles;

  const data = new DataStack(app, settings);
  const { table, files } = data;
  const workflow = new WorkflowStack(app, { settings, table, tasks });
  const { stageRun, deadlines } = workflow;
  const mail = new MailStack(app, { settings, table, events: eventsBundle });
  const { sender } = mail;
  const own = ownProvider(settings);
  const pool = own ?? new IdentityStack(app, { settings, table, sender, identity: identityBundle });
  const identity = pool instanceof IdentityStack ? pool.provider : pool;
  const api = new ApiStack(app, { settings, table, files, stageRun: stageRun.machine, identity, api: apiBundle });
  const events = new EventsStack(app, { settings, table, stageRun, deadlines, sender, events: eventsBundle });
  const portal = new PortalStack(app, { settings, identity, files, apiId: api.http.apiId, site });
  const watched = [workflow, mail, ...(pool instanceof IdentityStack ? [pool] : []), api, events];
  const operations = new OperationsStack(app, {
    settings,
    watched,
    table,
    api: api.http,
    stageRun: stageRun.machine,
    deadlines: deadlines.machine,
  });
  if (settings.forge !== undefined) new ForgeStack(app, { settings, repository: settings.forge.repository });
  return { data, workflow, mail, api, events, portal, operations };
}

/** An app with the context of `cdk.json`, which only the CDK command line would read by itself. */
export function createApp(outdir: string, context: Readonly<Record<string, unknown>> = {}): App {
  return new App({ outdir, analyticsReporting: false, context: { ...cdkJson.context, ...context } });
}

if (import.meta.main) {
  // The CDK command line says where it will look; `npm run synth` writes to its default place.
  const outdir = resolve(process.env.CDK_OUTDIR ?? "cdk.out");
  const app = createApp(outdir);
  const [bundles, site] = await Promise.all([buildBundles(join(outdir, "bundles")), buildSite(join(outdir, "site"))]);
  createStacks(app, bundles, site.directory);
  const { directory, stacks } = app.synth();
  console.log(`${directory}: ${stacks.map((stack) => stack.stackName).join(", ")}`);
}
