/**
 * The embedded system: every part of Fairway in one process over one data folder.
 *
 * Start order is the order of need: store, workflows, consumers, mail, clock, doors. Whatever is left half-way by a crash
 * goes on from the store and the journal (I1): running executions resume, consumers read on from where they were.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createApi } from "../functions/api/api.ts";
import { createTokenVerifier } from "../functions/api/token.ts";
import { createDeliver } from "../functions/events/deliver.ts";
import { createNotify } from "../functions/events/notify.ts";
import { createProject } from "../functions/events/project.ts";
import { createRelay } from "../functions/events/relay.ts";
import { createPilotRecords } from "../shared/records/pilots.ts";
import { createAccounts } from "./accounts.ts";
import { createClock } from "./clock.ts";
import { startConsumers } from "./consumers.ts";
import { createEngineRoom } from "./engine-room.ts";
import { openFolderFiles } from "./files/folder-files.ts";
import { createInvoke, stateMachineDefinition, stateMachineNames } from "./functions.ts";
import { buildPortal } from "./http/portal-assets.ts";
import { createRateLimit } from "./http/rate-limit.ts";
import { createRequestHandler, listen } from "./http/server.ts";
import { API_AUDIENCE, openIdentity } from "./identity/provider.ts";
import { openPostOffice } from "./mail/post-office.ts";
import { createSendCode } from "./mail/send-code.ts";
import { createSmtpMailer, type SmtpOptions } from "./mail/smtp-mailer.ts";
import { reportError } from "./report.ts";
import { createSampleStore, type SampleSize } from "./sample/sample-store.ts";
import { startScheduler } from "./scheduler.ts";
import { openStates } from "./states/states.ts";
import { openSqliteStore } from "./store/sqlite-store.ts";
import { createWorkflows } from "./workflows.ts";

export interface SystemOptions {
  /** Everything that lasts is in here; made when it is not there. */
  readonly dataFolder: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** What is listened on; "localhost" by default. */
  readonly host?: string;
  /** The address people type, when it is not this host and port (a proxy with https). */
  readonly publicUrl?: string;
  /** What an empty data folder is filled with. */
  readonly sample: SampleSize | "none";
  /** Whether the portal's pages are built (when stale) and served; programs and most tests need the API only. */
  readonly portal: boolean;
  /** Without it mails stay in the outbox, and sign-in codes are printed. */
  readonly mail?: SmtpOptions;
  /** Told in words what is being done. */
  readonly progress: (message: string) => void;
}

export interface System {
  readonly url: string;
  /** Resolves when all that was asked for so far has been done: events handled, executions waiting, mails written. */
  settled(): Promise<void>;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export async function startSystem(options: SystemOptions): Promise<System> {
  const { dataFolder, progress } = options;
  const inFolder = (name: string): string => join(dataFolder, name);
  mkdirSync(dataFolder, { recursive: true });

  const clock = createClock({ offsetMs: readOffset(inFolder("clock.json")) });
  const storeFile = inFolder("store.sqlite");
  if (!existsSync(storeFile) && options.sample !== "none") {
    await createSampleStore({ file: storeFile, size: options.sample, clock, progress });
  }

  progress("Opening the store");
  const store = openSqliteStore(storeFile);
  const pilots = createPilotRecords({ store, clock });
  const portalBuilt = options.portal ? buildPortal() : undefined;

  progress("Resuming the workflows");
  const states = openStates({
    file: inFolder("states.sqlite"),
    clock,
    invoke: createInvoke({ store, clock, pilots }),
  });
  for (const name of stateMachineNames) {
    await states.createStateMachine({ name, definition: stateMachineDefinition(name) });
  }
  const workflows = createWorkflows(states);

  const host = options.host ?? "localhost";
  const door = await listen({ host, port: options.port });
  const url = options.publicUrl ?? `http://${host}:${door.port}`;

  const consumers = await startConsumers(
    {
      store,
      onError: (consumer, event, error) => reportError(`${consumer} could not handle ${event.id}.`, error),
    },
    {
      relay: createRelay({ store, pilots, workflows }),
      project: createProject({ store, pilots }),
      notify: createNotify({ store, clock, pilots, portalUrl: url }),
    },
  );

  const mailer = options.mail && createSmtpMailer(options.mail);
  const postOffice =
    mailer &&
    openPostOffice({
      store,
      clock,
      deliver: createDeliver({ store, clock, mailer, portalUrl: url }),
      onError: (error) => reportError("Mails could not be handed over; they are tried again.", error),
    });

  /** One round may set off the next: done when consumers and workflows have nothing left after each other. */
  async function settled(): Promise<void> {
    let handled: number;
    do {
      handled = consumers.handled();
      await consumers.caughtUp();
      await states.whenIdle();
    } while (handled !== consumers.handled());
  }

  const scheduler = startScheduler({
    store,
    states,
    clock,
    settled,
    beforeMove: (instant) => writeOffset(inFolder("clock.json"), instant.getTime() - Date.now()),
  });

  const identity = openIdentity({
    issuer: `${url}/identity`,
    file: inFolder("identity.sqlite"),
    accounts: createAccounts({ store, clock }),
    sendCode: createSendCode({ mailer, print: (line) => console.log(line) }),
  });
  const verifier = createTokenVerifier({
    issuer: `${url}/identity`,
    audience: API_AUDIENCE,
    jwks: () => identity.jwks,
  });
  const files = openFolderFiles({ folder: inFolder("files"), clock });
  // Real time: a clock that is moved fills no bucket. A page of the portal asks a dozen times at most.
  const limit = createRateLimit({ now: () => new Date(), burst: 600, perSecond: 50 });
  const api = createApi({
    store,
    clock,
    pilots,
    files,
    portalUrl: url,
    executions: workflows,
    engineRoom: createEngineRoom(states),
    clockControl: { moveTo: (instant) => scheduler.moveTo(instant) },
    verifyToken: verifier.verify,
    waitFor: (personId) => limit.take(personId),
    onUnexpected: (error) => reportError("A request failed.", error),
  });

  if (portalBuilt !== undefined) progress("Preparing the portal");
  await portalBuilt;
  door.open(createRequestHandler({ api, identity, files, portal: options.portal }));
  await scheduler.runNow();

  const close = async (): Promise<void> => {
    scheduler.close();
    await door.close();
    await consumers.close();
    await postOffice?.close();
    await states.close();
    identity.close();
    store.close();
  };
  return { url, settled, close, [Symbol.asyncDispose]: close };
}

/** How far the clock was moved in earlier runs, in milliseconds. */
function readOffset(file: string): number {
  try {
    const { offsetMs } = JSON.parse(readFileSync(file, "utf8"));
    return typeof offsetMs === "number" ? offsetMs : 0;
  } catch {
    return 0;
  }
}

/** Replaced as a whole: a crash leaves the old file or the new one. */
function writeOffset(file: string, offsetMs: number): void {
  writeFileSync(`${file}.new`, JSON.stringify({ offsetMs }));
  renameSync(`${file}.new`, file);
}
