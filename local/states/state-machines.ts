/** The state machines and what belongs to them: revisions, versions, aliases, tags. Answers are shaped like AWS's own. */
import { randomInt } from "node:crypto";
import { type Place, parseStateMachineArn, type StateMachineName, stateMachineArn } from "./arns.ts";
import { compileMachine } from "./asl/definition.ts";
import { parseDefinition } from "./asl/definition-text.ts";
import type { Machine } from "./asl/machine.ts";
import { variableReferences } from "./asl/references.ts";
import { type Diagnostic, InvalidDefinition } from "./asl/refusals.ts";
import { type AliasEntry, type MachineEntry, type MachineSettings, openCatalog, type VersionEntry } from "./catalog.ts";
import {
  ConflictException,
  InvalidArn,
  MissingRequiredParameter,
  ResourceNotFound,
  StateMachineAlreadyExists,
  StateMachineDoesNotExist,
  StateMachineTypeNotSupported,
  TooManyTags,
  ValidationException,
} from "./errors.ts";
import type { Journal, Revision } from "./journal.ts";
import { checkName } from "./names.ts";
import { numberIn, pageOf, pageSize, positionIn } from "./pages.ts";

const MOST_TAGS = 50;
const MOST_VERSIONS = Number.MAX_SAFE_INTEGER;

/** The name AWS gives the revision a state machine was created with. */
const INITIAL = "INITIAL";

interface Tag {
  readonly key: string;
  readonly value: string;
}

interface Publishing {
  readonly publish?: boolean | undefined;
  readonly versionDescription?: string | undefined;
}

type Settings = { readonly [K in keyof MachineSettings]?: unknown };

interface Page {
  readonly maxResults?: number | undefined;
  readonly nextToken?: string | undefined;
}

/** What an execution is started from. */
export interface Startable {
  readonly machine: string;
  readonly revisionId: number;
  readonly version?: number;
  readonly alias?: string;
}

export type StateMachines = ReturnType<typeof createStateMachines>;

export function createStateMachines(options: {
  readonly journal: Pick<Journal, "database" | "addRevision" | "revision">;
  readonly place: Place;
  readonly now: () => Date;
}) {
  const { journal, place, now } = options;
  const catalog = openCatalog(journal.database);
  const compiled = new Map<number, Machine>();
  const roles = new Map<number, string>();
  const defaultRoleArn = `arn:aws:iam::${place.account}:role/states`;

  const arnOf = (machine: string) => stateMachineArn(place, machine);
  const qualifiedArn = (machine: string, qualifier: string | number) => `${arnOf(machine)}:${qualifier}`;

  function compile(text: string): Machine {
    return compileMachine(parseDefinition(text));
  }

  /** The machine of an ARN without a version or alias. */
  function machineOf(arn: string): MachineEntry {
    const { machine, qualifier } = parseStateMachineArn(arn);
    const entry = qualifier === undefined ? catalog.machine(machine) : undefined;
    if (entry === undefined) throw new StateMachineDoesNotExist(arn);
    return entry;
  }

  function revisionOf(id: number): Revision {
    const revision = journal.revision(id);
    if (revision === undefined) throw new Error(`The journal has no definition ${id}`);
    return revision;
  }

  function roleOf(revisionId: number): string {
    let roleArn = roles.get(revisionId);
    if (roleArn === undefined) {
      roleArn = catalog.roleArn(revisionId) ?? defaultRoleArn;
      roles.set(revisionId, roleArn);
    }
    return roleArn;
  }

  function addRevision(machine: string, text: string, program: Machine, atMs: number): Revision {
    const revision = journal.addRevision(machine, text, atMs);
    compiled.set(revision.id, program);
    return revision;
  }

  function versionNamed(machine: string, qualifier: string): VersionEntry | undefined {
    return /^[1-9]\d{0,8}$/.test(qualifier) ? catalog.version(machine, Number(qualifier)) : undefined;
  }

  function versionOfArn(arn: string): VersionEntry | undefined {
    const { machine, qualifier } = parseStateMachineArn(arn);
    if (qualifier === undefined || !/^\d+$/.test(qualifier)) throw new InvalidArn(`Invalid version ARN: ${arn}`);
    return versionNamed(machine, qualifier);
  }

  function publish(entry: MachineEntry, description: string | undefined): { entry: VersionEntry; arn: string } {
    const [newest] = catalog.versions(entry.name, MOST_VERSIONS, 1);
    const isPublished = newest !== undefined && newest.revisionId === entry.revisionId;
    const version = isPublished
      ? newest
      : catalog.atomically(() =>
          catalog.addVersion(entry.name, entry.revisionId, description ?? null, now().getTime()),
        );
    return { entry: version, arn: qualifiedArn(entry.name, version.version) };
  }

  function published(name: string, { publish: isWanted, versionDescription }: Publishing) {
    if (!isWanted) return {};
    const entry = catalog.machine(name);
    return entry === undefined ? {} : { stateMachineVersionArn: publish(entry, versionDescription).arn };
  }

  function aliasOf(arn: string): AliasEntry {
    const { machine, qualifier } = parseStateMachineArn(arn);
    const alias = qualifier === undefined ? undefined : catalog.alias(machine, qualifier);
    if (alias === undefined) throw new ResourceNotFound(arn);
    return alias;
  }

  /** Versions of one machine whose weights make 100. */
  function routesOf(routing: readonly { stateMachineVersionArn: string; weight: number }[]) {
    const versions = routing.map(({ stateMachineVersionArn: arn, weight }) => {
      const version = versionOfArn(arn);
      if (version === undefined) throw new ResourceNotFound(arn);
      return { machine: version.machine, version: version.version, weight };
    });
    const machines = new Set(versions.map(({ machine }) => machine));
    const [machine] = machines;
    if (machine === undefined || machines.size > 1) {
      throw new ValidationException("Routing configuration must contain versions of one state machine");
    }
    if (new Set(versions.map(({ version }) => version)).size < versions.length) {
      throw new ValidationException("Routing configuration must contain distinct state machine versions");
    }
    if (versions.reduce((sum, { weight }) => sum + weight, 0) !== 100) {
      throw new ValidationException("Sum of routing configuration weights must equal 100");
    }
    return { machine, routing: versions.map(({ version, weight }) => ({ version, weight })) };
  }

  function describe(entry: MachineEntry, revisionId: number, version?: VersionEntry) {
    const { settings } = entry;
    const isRevised = entry.updatedAtMs !== null && version === undefined;
    const revision = revisionOf(revisionId);
    return {
      stateMachineArn: version === undefined ? arnOf(entry.name) : qualifiedArn(entry.name, version.version),
      name: entry.name,
      status: "ACTIVE",
      definition: revision.definition,
      roleArn: roleOf(revisionId),
      type: "STANDARD",
      creationDate: new Date(version?.createdAtMs ?? entry.createdAtMs),
      loggingConfiguration: settings.loggingConfiguration ?? { level: "OFF", includeExecutionData: false },
      tracingConfiguration: settings.tracingConfiguration ?? { enabled: false },
      encryptionConfiguration: settings.encryptionConfiguration ?? { type: "AWS_OWNED_KEY" },
      ...((isRevised || version !== undefined) && { revisionId: revisionName(entry, revisionId) }),
      ...(version?.description && { description: version.description }),
      variableReferences: variableReferences(programOf(revisionId)),
    };
  }

  function tagged(arn: string): MachineEntry {
    const { machine } = parseStateMachineArn(arn);
    const entry = catalog.machine(machine);
    if (entry === undefined) throw new ResourceNotFound(arn);
    return entry;
  }

  function addTags(arn: string, machine: string, tags: readonly Tag[]): void {
    const keys = new Set([...catalog.tags(machine), ...tags].map(({ key }) => key));
    if (keys.size > MOST_TAGS) throw new TooManyTags(arn, MOST_TAGS);
    catalog.atomically(() => {
      for (const { key, value } of tags) catalog.putTag(machine, key, value);
    });
  }

  function programOf(revisionId: number): Machine {
    const known = compiled.get(revisionId);
    if (known !== undefined) return known;
    const program = compile(revisionOf(revisionId).definition);
    compiled.set(revisionId, program);
    return program;
  }

  return {
    /** The program of a revision, compiled once. */
    programOf,

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
      const version = alias === undefined ? versionNamed(machine, qualifier) : catalog.version(machine, routed(alias));
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
        stateMachineVersionArn: qualifiedArn(machine, found.version),
        ...(found.alias !== undefined && { stateMachineAliasArn: qualifiedArn(machine, found.alias) }),
      };
    },

    /** Creates the machine, or gives it a new definition unless it has that one. */
    put(name: string, definition: unknown): { stateMachineArn: string; creationDate: Date } {
      checkName(name);
      const text = JSON.stringify(definition) ?? "null";
      const entry = catalog.machine(name);
      const latest = entry && revisionOf(entry.revisionId);
      if (latest?.definition !== text) {
        const program = compile(text);
        const atMs = now().getTime();
        const revision = addRevision(name, text, program, atMs);
        catalog.atomically(() => {
          if (entry === undefined) catalog.addMachine(name, revision.id, defaultRoleArn, atMs, {});
          else catalog.reviseMachine(name, revision.id, roleOf(entry.revisionId), atMs, entry.settings);
        });
        return { stateMachineArn: arnOf(name), creationDate: new Date(revision.createdAtMs) };
      }
      return { stateMachineArn: arnOf(name), creationDate: new Date(latest.createdAtMs) };
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
      const { name, definition, roleArn, type = "STANDARD", tags = [] } = given;
      checkName(name);
      if (type !== "STANDARD") throw new StateMachineTypeNotSupported(type);
      checkPublishing(given);
      if (tags.length > MOST_TAGS) throw new TooManyTags(arnOf(name), MOST_TAGS);
      const settings = settingsOf(given, {});
      const program = compile(definition);
      const stateMachineArn = arnOf(name);
      const entry = catalog.machine(name);
      if (entry === undefined) {
        const atMs = now().getTime();
        const revision = addRevision(name, definition, program, atMs);
        catalog.atomically(() => catalog.addMachine(name, revision.id, roleArn, atMs, settings));
        addTags(stateMachineArn, name, tags);
        return { stateMachineArn, creationDate: new Date(atMs), ...published(name, given) };
      }
      const isSame =
        revisionOf(entry.revisionId).definition === definition &&
        roleOf(entry.revisionId) === roleArn &&
        JSON.stringify(entry.settings) === JSON.stringify(settings);
      if (!isSame) throw new StateMachineAlreadyExists(stateMachineArn);
      return { stateMachineArn, creationDate: new Date(entry.createdAtMs), ...published(name, given) };
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
      const text = definition ?? revisionOf(entry.revisionId).definition;
      const atMs = now().getTime();
      const revision = addRevision(entry.name, text, compile(text), atMs);
      catalog.atomically(() =>
        catalog.reviseMachine(
          entry.name,
          revision.id,
          roleArn ?? roleOf(entry.revisionId),
          atMs,
          settingsOf(given, entry.settings),
        ),
      );
      return {
        updateDate: new Date(atMs),
        revisionId: revisionName({ updatedAtMs: atMs, revisionId: revision.id }, revision.id),
        ...published(entry.name, given),
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
      const version = versionNamed(machine, qualifier);
      if (version === undefined) throw new StateMachineDoesNotExist(arn);
      return describe(entry, version.revisionId, version);
    },

    /** What an execution runs, also when its state machine has changed or is gone. */
    describeRevision(machine: string, revisionId: number) {
      const { definition, createdAtMs } = revisionOf(revisionId);
      const entry = catalog.machine(machine);
      return {
        stateMachineArn: arnOf(machine),
        name: machine,
        definition,
        roleArn: roleOf(revisionId),
        updateDate: new Date(createdAtMs),
        variableReferences: variableReferences(programOf(revisionId)),
        loggingConfiguration: entry?.settings.loggingConfiguration ?? { level: "OFF", includeExecutionData: false },
        tracingConfiguration: entry?.settings.tracingConfiguration ?? { enabled: false },
        encryptionConfiguration: entry?.settings.encryptionConfiguration ?? { type: "AWS_OWNED_KEY" },
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

    validate(definition: string, most = 100): { result: "OK" | "FAIL"; diagnostics: object[]; truncated: boolean } {
      const found = diagnosticsOf(definition);
      const diagnostics = found
        .slice(0, most)
        .map(({ location, ...what }) => ({ severity: "ERROR", ...what, ...(location !== null && { location }) }));
      return { result: found.length === 0 ? "OK" : "FAIL", diagnostics, truncated: found.length > most };
    },

    // --- versions ---------------------------------------------------------------------------------------------------

    /** @throws ConflictException when `revisionId` is not the newest */
    publishVersion(given: {
      stateMachineArn: string;
      revisionId?: string | undefined;
      description?: string | undefined;
    }) {
      const entry = machineOf(given.stateMachineArn);
      const current = revisionName(entry, entry.revisionId);
      if (given.revisionId !== undefined && given.revisionId !== current) {
        throw new ConflictException(
          `Failed to publish the State Machine version for revision ${given.revisionId}. The current State Machine revision is ${current}.`,
        );
      }
      const { entry: version, arn } = publish(entry, given.description);
      return { creationDate: new Date(version.createdAtMs), stateMachineVersionArn: arn };
    },

    /** @throws ConflictException when an alias points to it */
    deleteVersion(arn: string): void {
      const version = versionOfArn(arn);
      if (version === undefined) return;
      const users = catalog
        .aliases(version.machine, "", 1000)
        .filter(({ routing }) => routing.some((route) => route.version === version.version))
        .map(({ name }) => name);
      if (users.length > 0) {
        throw new ConflictException(
          `Version to be deleted must not be referenced by an alias. Current list of aliases referencing this version: [${users.join(", ")}]`,
        );
      }
      catalog.deleteVersion(version.machine, version.version);
    },

    listVersions({ stateMachineArn: arn, maxResults, nextToken }: Page & { stateMachineArn: string }) {
      const { name } = machineOf(arn);
      const limit = pageSize(maxResults);
      const before = nextToken === undefined ? MOST_VERSIONS : numberIn(`versions ${name}`, nextToken);
      const rows = catalog.versions(name, before, limit + 1);
      const { page, ...more } = pageOf(`versions ${name}`, rows, limit, ({ version }) => version);
      const stateMachineVersions = page.map(({ version, createdAtMs }) => ({
        stateMachineVersionArn: qualifiedArn(name, version),
        creationDate: new Date(createdAtMs),
      }));
      return { stateMachineVersions, ...more };
    },

    // --- aliases ----------------------------------------------------------------------------------------------------

    /** The same again is no error. @throws ConflictException @throws ResourceNotFound @throws ValidationException */
    createAlias(given: {
      name: string;
      description?: string | undefined;
      routingConfiguration: { stateMachineVersionArn: string; weight: number }[];
    }) {
      const { machine, routing } = routesOf(given.routingConfiguration);
      const description = given.description ?? null;
      const stateMachineAliasArn = qualifiedArn(machine, given.name);
      const known = catalog.alias(machine, given.name);
      if (known !== undefined) {
        const isSame = known.description === description && JSON.stringify(known.routing) === JSON.stringify(routing);
        if (isSame) return { stateMachineAliasArn, creationDate: new Date(known.createdAtMs) };
        throw new ConflictException(
          "Failed to create alias because an alias with the same name and a different routing configuration already exists.",
        );
      }
      const atMs = now().getTime();
      catalog.putAlias({ machine, name: given.name, description, routing, createdAtMs: atMs, updatedAtMs: atMs });
      return { stateMachineAliasArn, creationDate: new Date(atMs) };
    },

    updateAlias(given: {
      stateMachineAliasArn: string;
      description?: string | undefined;
      routingConfiguration?: { stateMachineVersionArn: string; weight: number }[] | undefined;
    }) {
      if (given.description === undefined && given.routingConfiguration === undefined) {
        throw new ValidationException("Either the description or the RoutingConfiguration must be specified");
      }
      const alias = aliasOf(given.stateMachineAliasArn);
      const routes = given.routingConfiguration && routesOf(given.routingConfiguration);
      if (routes !== undefined && routes.machine !== alias.machine) {
        throw new ValidationException("Routing configuration must contain versions of the alias' state machine");
      }
      const updatedAtMs = now().getTime();
      catalog.putAlias({
        ...alias,
        description: given.description ?? alias.description,
        routing: routes?.routing ?? alias.routing,
        updatedAtMs,
      });
      return { updateDate: new Date(updatedAtMs) };
    },

    deleteAlias(arn: string): void {
      const { machine, name } = aliasOf(arn);
      catalog.deleteAlias(machine, name);
    },

    describeAlias(arn: string) {
      const { machine, name, description, routing, createdAtMs, updatedAtMs } = aliasOf(arn);
      return {
        stateMachineAliasArn: qualifiedArn(machine, name),
        name,
        ...(description !== null && { description }),
        routingConfiguration: routing.map(({ version, weight }) => ({
          stateMachineVersionArn: qualifiedArn(machine, version),
          weight,
        })),
        creationDate: new Date(createdAtMs),
        updateDate: new Date(updatedAtMs),
      };
    },

    /** Of the machine, or with a version's ARN those that point to that version. */
    listAliases({ stateMachineArn: arn, maxResults, nextToken }: Page & { stateMachineArn: string }) {
      const { machine, qualifier } = parseStateMachineArn(arn);
      if (catalog.machine(machine) === undefined) throw new StateMachineDoesNotExist(arn);
      const limit = pageSize(maxResults);
      const after = nextToken === undefined ? "" : positionIn(`aliases ${machine}`, nextToken);
      const { page, ...more } = pageOf(
        `aliases ${machine}`,
        catalog.aliases(machine, after, limit + 1),
        limit,
        ({ name }) => name,
      );
      const shown = page.filter(
        ({ routing }) => qualifier === undefined || routing.some(({ version }) => String(version) === qualifier),
      );
      const stateMachineAliases = shown.map(({ name, createdAtMs }) => ({
        stateMachineAliasArn: qualifiedArn(machine, name),
        creationDate: new Date(createdAtMs),
      }));
      return { stateMachineAliases, ...more };
    },

    // --- tags -------------------------------------------------------------------------------------------------------

    /** @throws ResourceNotFound @throws TooManyTags */
    tag(arn: string, tags: readonly Tag[]): void {
      addTags(arn, tagged(arn).name, tags);
    },
    untag(arn: string, keys: readonly string[]): void {
      const { name } = tagged(arn);
      catalog.atomically(() => {
        for (const key of keys) catalog.deleteTag(name, key);
      });
    },
    tags: (arn: string) => ({ tags: catalog.tags(tagged(arn).name) }),
  };
}

function checkPublishing({ publish, versionDescription }: Publishing): void {
  if (!publish && versionDescription !== undefined) {
    throw new ValidationException("Version description can only be set when publish is true");
  }
}

/** A version of the alias, as often as its weight says. */
function routed({ routing }: AliasEntry): number {
  let drawn = randomInt(100);
  for (const { version, weight } of routing) {
    if (drawn < weight) return version;
    drawn -= weight;
  }
  return routing[0]?.version ?? 0;
}

function revisionName(entry: Pick<MachineEntry, "updatedAtMs" | "revisionId">, revisionId: number): string {
  const isFirst = entry.updatedAtMs === null && entry.revisionId === revisionId;
  return isFirst ? INITIAL : `00000000-0000-4000-8000-${revisionId.toString(16).padStart(12, "0")}`;
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

function diagnosticsOf(definition: string): readonly Diagnostic[] {
  try {
    compileMachine(parseDefinition(definition));
    return [];
  } catch (error) {
    if (error instanceof InvalidDefinition) return error.diagnostics;
    throw error;
  }
}
