/** Aliases of state machines: names for one version, or for two of which each gets its share of the executions. */
import { randomInt } from "node:crypto";
import { type Place, parseStateMachineArn, qualifiedArn } from "./arns.ts";
import type { AliasEntry, Catalog } from "./catalog.ts";
import { ConflictException, ResourceNotFound, StateMachineDoesNotExist, ValidationException } from "./errors.ts";
import { type Page, pageOf, pageSize, positionIn } from "./pages.ts";
import type { Versions } from "./versions.ts";

type Routing = readonly { readonly stateMachineVersionArn: string; readonly weight: number }[];

export function createAliases(ports: {
  readonly catalog: Catalog;
  readonly versions: Pick<Versions, "ofArn">;
  readonly place: Place;
  readonly now: () => Date;
}) {
  const { catalog, versions, place, now } = ports;

  function aliasOf(arn: string): AliasEntry {
    const { machine, qualifier } = parseStateMachineArn(arn);
    const alias = qualifier === undefined ? undefined : catalog.alias(machine, qualifier);
    if (alias === undefined) throw new ResourceNotFound(arn);
    return alias;
  }

  /** Versions of one machine whose weights make 100. */
  function routesOf(given: Routing) {
    const routes = given.map(({ stateMachineVersionArn: arn, weight }) => {
      const version = versions.ofArn(arn);
      if (version === undefined) throw new ResourceNotFound(arn);
      return { machine: version.machine, version: version.version, weight };
    });
    const machines = new Set(routes.map(({ machine }) => machine));
    const [machine] = machines;
    if (machine === undefined || machines.size > 1) {
      throw new ValidationException("Routing configuration must contain versions of one state machine");
    }
    if (new Set(routes.map(({ version }) => version)).size < routes.length) {
      throw new ValidationException("Routing configuration must contain distinct state machine versions");
    }
    if (routes.reduce((sum, { weight }) => sum + weight, 0) !== 100) {
      throw new ValidationException("Sum of routing configuration weights must equal 100");
    }
    return { machine, routing: routes.map(({ version, weight }) => ({ version, weight })) };
  }

  return {
    /** The same again is no error. @throws ConflictException @throws ResourceNotFound @throws ValidationException */
    createAlias(given: { name: string; description?: string | undefined; routingConfiguration: Routing }) {
      const { machine, routing } = routesOf(given.routingConfiguration);
      const description = given.description ?? null;
      const stateMachineAliasArn = qualifiedArn(place, machine, given.name);
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
      routingConfiguration?: Routing | undefined;
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
        stateMachineAliasArn: qualifiedArn(place, machine, name),
        name,
        ...(description !== null && { description }),
        routingConfiguration: routing.map(({ version, weight }) => ({
          stateMachineVersionArn: qualifiedArn(place, machine, version),
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
      const list = `aliases ${machine}`;
      const limit = pageSize(maxResults);
      const after = nextToken === undefined ? "" : positionIn(list, nextToken);
      const { page, ...more } = pageOf(list, catalog.aliases(machine, after, limit + 1), limit, ({ name }) => name);
      const shown = page.filter(
        ({ routing }) => qualifier === undefined || routing.some(({ version }) => String(version) === qualifier),
      );
      const stateMachineAliases = shown.map(({ name, createdAtMs }) => ({
        stateMachineAliasArn: qualifiedArn(place, machine, name),
        creationDate: new Date(createdAtMs),
      }));
      return { stateMachineAliases, ...more };
    },
  };
}

/** A version of the alias, as often as its weight says. */
export function routedVersion({ routing }: AliasEntry): number {
  let drawn = randomInt(100);
  for (const { version, weight } of routing) {
    if (drawn < weight) return version;
    drawn -= weight;
  }
  return routing[0]?.version ?? 0;
}
