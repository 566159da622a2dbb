/** The state machines: created, changed, described, deleted. Answers are shaped like AWS's own. */
import { createAliases, routedVersion } from "./aliases.ts";
import { type Place, parseStateMachineArn, qualifiedArn, type StateMachineName, stateMachineArn } from "./arns.ts";
import { variableReferences } from "./asl/references.ts";
import { InvalidDefinition } from "./asl/refusals.ts";
import { type MachineEntry, type MachineSettings, openCatalog, type VersionEntry } from "./catalog.ts";
import {
  InvalidArn,
  MissingRequiredParameter,
  StateMachineAlreadyExists,
  StateMachineDoesNotExist,
  StateMachineTypeNotSupported,
} from "./errors.ts";
import type { Journal } from "./journal.ts";
import { checkName } from "./names.ts";
import { type Page, pageOf, pageSize, positionIn } from "./pages.ts";
import { INITIAL, revisionName } from "./revision-names.ts";
import { compile, createRevisions } from "./revisions.ts";
import { checkTags, createTags, type Tag } from "./tags.ts";
import { checkPublishing, createVersions, type Publishing } from "./versions.ts";

type Settings = { readonly [K in keyof MachineSettings]?: unknown };

/** What an execution is started from. */
export interface Startable {
  readonly machine: string;
  readonly revisionId: number;
  readonly version?: number;
  readonly alias?: string;
}

export type StateMachines = ReturnType<typeof createStateMachines>;

export function createStateMachines(options: {
  readonly journal: Pick<Journal, "database" | "atomically">;
  readonly place: Place;
  readonly now: () => Date;
}) {
  const { journal, place, now } = options;
  const catalog = openCatalog(journal);
  const revisions = createRevisions(journal);
  const versions = createVersions({ catalog, place, now });
  const tags = createTags(catalog);
  const roles = new Map<number, string>();
  const defaultRoleArn = `arn:aws:iam::${place.account}:role/states`;

  const arnOf = (machine: string) => stateMachineArn(place, machine);

  /** The machine of an ARN without a version or alias. */
  function machineOf(arn: string): MachineEntry {
    const { machine, qualifier } = parseStateMachineArn(arn);
    const entry = qualifier === undefined ? catalog.machine(machine) : undefined;
    if (entry === undefined) throw new StateMachineDoesNotExist(arn);
    return entry;
  }

  function roleOf(revisionId: number): string {
    let roleArn = roles.get(revisionId);
    if (roleArn === undefined) {
      roleArn = catalog.roleArn(revisionId) ?? defaultRoleArn;
      roles.set(revisionId, roleArn);
    }
    return roleArn;
  }

  function describe(entry: MachineEntry, revisionId: number, version?: VersionEntry) {
    const isRevised = entry.updatedAtMs !== null && version === undefined;
    return {
      stateMachineArn: version === undefined ? arnOf(entry.name) : qualifiedArn(place, entry.name, version.version),
      name: entry.name,
      status: "ACTIVE",
      definition: revisions.revision(revisionId).definition,
      roleArn: roleOf(revisionId),
      type: "STANDARD",
      creationDate: new Date(version?.createdAtMs ?? entry.createdAtMs),
      ...shownSettings(entry.settings),
      ...((isRevised || version !== undefined) && { revisionId: revisionName(entry, revisionId) }),
      ...(version?.description && { description: version.description }),
      variableReferences: variableReferences(revisions.programOf(revisionId)),
    };
  }

  return {
    programOf: revisions.programOf,

    roleOf,

    has: (machine: string): boolean => catalog.machine(machine) !== undefined,

    /** What a start of the machine, version or alias runs now. @throws StateMachineDoesNotExist */
    startable({ machine, qualifier }: StateMachineName): Startable {
      const missing = () => new StateMachineDoesNotExist(arnOf(machine) + (qualifier ? `:${qualifier}` : ""));
      if (qualifier === undefined) {
        const entry = catalog.machine(machine);
        if (entry === undefined) throw missing();
        return { machine, revisionId: entry.revisionId };
      }
      const alias = catalog.alias(machine, qualifier);
      const version =
        alias === undefined ? versions.named(machine, qualifier) : catalog.version(machine, routedVersion(alias));
      if (version === undefined) throw missing();
      const { revisionId } = version;
      return { machine, revisionId, version: version.version, ...(alias !== undefined && { alias: alias.name }) };
    },

    rememberStart(executionId: number, { version, alias }: Startable): void {
      if (version !== undefined) catalog.putStartedAs(executionId, version, alias);
    },

    /** The ARNs of the version and the alias an execution was started through. */
    startedAs(
      executionId: number,
      machine: string,
    ): { stateMachineVersionArn?: string; stateMachineAliasArn?: string } {
      const found = catalog.startedAs(executionId);
      if (found === undefined) return {};
      return {
        stateMachineVersionArn: qualifiedArn(place, machine, found.version),
        ...(found.alias !== undefined && { stateMachineAliasArn: qualifiedArn(place, machine, found.alias) }),
      };
    },

    /** Creates the machine, or gives it a new definition unless it has that one. */
    put(name: string, definition: unknown): { stateMachineArn: string; creationDate: Date } {
      checkName(name);
      const text = JSON.stringify(definition) ?? "null";
      const entry = catalog.machine(name);
      const latest = entry && revisions.revision(entry.revisionId);
      if (latest?.definition === text) {
        return { stateMachineArn: arnOf(name), creationDate: new Date(latest.createdAtMs) };
      }
      const atMs = now().getTime();
      const revision = revisions.add(name, text, atMs);
      catalog.atomically(() => {
        if (entry === undefined) catalog.addMachine(name, revision.id, defaultRoleArn, atMs, {});
        else catalog.reviseMachine(name, revision.id, roleOf(entry.revisionId), atMs, entry.settings);
      });
      return { stateMachineArn: arnOf(name), creationDate: new Date(revision.createdAtMs) };
    },

    /** @throws InvalidName @throws InvalidDefinition @throws StateMachineAlreadyExists @throws StateMachineTypeNotSupported */
    create(
      given: {
        name: string;
        definition: string;
        roleArn: string;
        type?: string | undefined;
        tags?: Tag[] | undefined;
      } & Settings &
        Publishing,
    ) {
      const { name, definition, roleArn, type = "STANDARD", tags: givenTags = [] } = given;
      checkName(name);
      if (type !== "STANDARD") throw new StateMachineTypeNotSupported(type);
      checkPublishing(given);
      const stateMachineArn = arnOf(name);
      checkTags(stateMachineArn, givenTags);
      const settings = settingsOf(given, {});
      const entry = catalog.machine(name);
      if (entry === undefined) {
        const atMs = now().getTime();
        const revision = revisions.add(name, definition, atMs);
        catalog.atomically(() => catalog.addMachine(name, revision.id, roleArn, atMs, settings));
        tags.tag(stateMachineArn, givenTags);
        return { stateMachineArn, creationDate: new Date(atMs), ...versions.publishIfAsked(name, given) };
      }
      compile(definition);
      const isSame =
        revisions.revision(entry.revisionId).definition === definition &&
        roleOf(entry.revisionId) === roleArn &&
        JSON.stringify(entry.settings) === JSON.stringify(settings);
      if (!isSame) throw new StateMachineAlreadyExists(stateMachineArn);
      const creationDate = new Date(entry.createdAtMs);
      return { stateMachineArn, creationDate, ...versions.publishIfAsked(name, given) };
    },

    /** @throws StateMachineDoesNotExist @throws InvalidDefinition @throws MissingRequiredParameter */
    update(
      given: { stateMachineArn: string; definition?: string | undefined; roleArn?: string | undefined } & Settings &
        Publishing,
    ) {
      const { stateMachineArn: arn, definition, roleArn } = given;
      checkPublishing(given);
      const entry = machineOf(arn);
      const { loggingConfiguration, tracingConfiguration, encryptionConfiguration } = given;
      const news = [definition, roleArn, loggingConfiguration, tracingConfiguration, encryptionConfiguration];
      if (news.every((value) => value === undefined)) {
        throw new MissingRequiredParameter(
          "Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified",
        );
      }
      const atMs = now().getTime();
      const text = definition ?? revisions.revision(entry.revisionId).definition;
      const revision = revisions.add(entry.name, text, atMs);
      const settings = settingsOf(given, entry.settings);
      catalog.atomically(() =>
        catalog.reviseMachine(entry.name, revision.id, roleArn ?? roleOf(entry.revisionId), atMs, settings),
      );
      return {
        updateDate: new Date(atMs),
        revisionId: revisionName({ updatedAtMs: atMs, revisionId: revision.id }, revision.id),
        ...versions.publishIfAsked(entry.name, given),
      };
    },

    /** Running executions go on. Deleting what is not there is no error. */
    delete(arn: string): void {
      const { machine, qualifier } = parseStateMachineArn(arn);
      if (qualifier !== undefined) throw new InvalidArn(`Invalid state machine ARN: ${arn}`);
      catalog.atomically(() => catalog.deleteMachine(machine));
    },

    /** @throws StateMachineDoesNotExist */
    describe(arn: string) {
      const { machine, qualifier } = parseStateMachineArn(arn);
      const entry = catalog.machine(machine);
      if (entry === undefined) throw new StateMachineDoesNotExist(arn);
      if (qualifier === undefined) return describe(entry, entry.revisionId);
      const version = versions.named(machine, qualifier);
      if (version === undefined) throw new StateMachineDoesNotExist(arn);
      return describe(entry, version.revisionId, version);
    },

    /** What an execution runs, also when its state machine has changed or is gone. */
    describeRevision(machine: string, revisionId: number) {
      const { definition, createdAtMs } = revisions.revision(revisionId);
      const entry = catalog.machine(machine);
      return {
        stateMachineArn: arnOf(machine),
        name: machine,
        definition,
        roleArn: roleOf(revisionId),
        updateDate: new Date(createdAtMs),
        variableReferences: variableReferences(revisions.programOf(revisionId)),
        ...shownSettings(entry?.settings ?? {}),
        ...(entry !== undefined &&
          revisionName(entry, revisionId) !== INITIAL && { revisionId: revisionName(entry, revisionId) }),
      };
    },

    list({ maxResults, nextToken }: Page) {
      const limit = pageSize(maxResults);
      const after = nextToken === undefined ? "" : positionIn("machines", nextToken);
      const { page, ...more } = pageOf("machines", catalog.machines(after, limit + 1), limit, ({ name }) => name);
      const stateMachines = page.map(({ name, createdAtMs }) => ({
        stateMachineArn: arnOf(name),
        name,
        type: "STANDARD",
        creationDate: new Date(createdAtMs),
      }));
      return { stateMachines, ...more };
    },

    ...versions.operations,
    ...createAliases({ catalog, versions, place, now }),
    ...tags,
  };
}

/** What ValidateStateMachineDefinition says of a definition. */
export function validateDefinition(
  definition: string,
  most: number,
): { result: "OK" | "FAIL"; diagnostics: object[]; truncated: boolean } {
  try {
    compile(definition);
    return { result: "OK", diagnostics: [], truncated: false };
  } catch (error) {
    if (!(error instanceof InvalidDefinition)) throw error;
    const diagnostics = error.diagnostics
      .slice(0, most)
      .map(({ location, ...what }) => ({ severity: "ERROR", ...what, ...(location !== null && { location }) }));
    return { result: "FAIL", diagnostics, truncated: error.diagnostics.length > most };
  }
}

/** With what AWS has where nothing was given. */
function shownSettings({ loggingConfiguration, tracingConfiguration, encryptionConfiguration }: MachineSettings) {
  return {
    loggingConfiguration: loggingConfiguration ?? { level: "OFF", includeExecutionData: false },
    tracingConfiguration: tracingConfiguration ?? { enabled: false },
    encryptionConfiguration: encryptionConfiguration ?? { type: "AWS_OWNED_KEY" },
  };
}

function settingsOf(given: Settings, known: MachineSettings): MachineSettings {
  const loggingConfiguration = given.loggingConfiguration ?? known.loggingConfiguration;
  const tracingConfiguration = given.tracingConfiguration ?? known.tracingConfiguration;
  const encryptionConfiguration = given.encryptionConfiguration ?? known.encryptionConfiguration;
  return {
    ...(loggingConfiguration !== undefined && { loggingConfiguration }),
    ...(tracingConfiguration !== undefined && { tracingConfiguration }),
    ...(encryptionConfiguration !== undefined && { encryptionConfiguration }),
  };
}
