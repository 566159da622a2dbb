/** Versions of state machines: revisions that were published under a number, for good. */
import { type Place, parseStateMachineArn, qualifiedArn } from "./arns.ts";
import type { Catalog, MachineEntry, VersionEntry } from "./catalog.ts";
import { ConflictException, InvalidArn, StateMachineDoesNotExist, ValidationException } from "./errors.ts";
import { numberIn, type Page, pageOf, pageSize } from "./pages.ts";
import { revisionName } from "./revision-names.ts";

const MOST_VERSIONS = Number.MAX_SAFE_INTEGER;

/** That a call which creates or changes a state machine is to publish what comes of it. */
export interface Publishing {
  readonly publish?: boolean | undefined;
  readonly versionDescription?: string | undefined;
}

export type Versions = ReturnType<typeof createVersions>;

export function createVersions({ catalog, place, now }: { catalog: Catalog; place: Place; now: () => Date }) {
  /** The newest version when the machine has not changed since, else a new one. */
  function publish(entry: MachineEntry, description: string | undefined): { entry: VersionEntry; arn: string } {
    const [newest] = catalog.versions(entry.name, MOST_VERSIONS, 1);
    const isPublished = newest !== undefined && newest.revisionId === entry.revisionId;
    const version = isPublished
      ? newest
      : catalog.atomically(() =>
          catalog.addVersion(entry.name, entry.revisionId, description ?? null, now().getTime()),
        );
    return { entry: version, arn: qualifiedArn(place, entry.name, version.version) };
  }

  /** The version a qualifier names, if it is a number. */
  function named(machine: string, qualifier: string): VersionEntry | undefined {
    return /^[1-9]\d{0,8}$/.test(qualifier) ? catalog.version(machine, Number(qualifier)) : undefined;
  }

  /** @throws InvalidArn when it is no version's */
  function ofArn(arn: string): VersionEntry | undefined {
    const { machine, qualifier } = parseStateMachineArn(arn);
    if (qualifier === undefined || !/^\d+$/.test(qualifier)) throw new InvalidArn(`Invalid version ARN: ${arn}`);
    return named(machine, qualifier);
  }

  function machineOf(arn: string): MachineEntry {
    const { machine, qualifier } = parseStateMachineArn(arn);
    const entry = qualifier === undefined ? catalog.machine(machine) : undefined;
    if (entry === undefined) throw new StateMachineDoesNotExist(arn);
    return entry;
  }

  return {
    named,
    ofArn,

    /** Publishes the machine as it is now if that was asked for; the answer is part of the caller's. */
    publishIfAsked(name: string, { publish: isWanted, versionDescription }: Publishing) {
      const entry = isWanted ? catalog.machine(name) : undefined;
      return entry === undefined ? {} : { stateMachineVersionArn: publish(entry, versionDescription).arn };
    },

    operations: {
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
        const version = ofArn(arn);
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
          stateMachineVersionArn: qualifiedArn(place, name, version),
          creationDate: new Date(createdAtMs),
        }));
        return { stateMachineVersions, ...more };
      },
    },
  };
}

/** @throws ValidationException */
export function checkPublishing({ publish, versionDescription }: Publishing): void {
  if (!publish && versionDescription !== undefined) {
    throw new ValidationException("Version description can only be set when publish is true");
  }
}
