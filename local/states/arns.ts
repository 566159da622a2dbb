/** The names Step Functions gives things, and what a given name says. */
import { InvalidArn } from "./errors.ts";

/** Where the engine pretends to be. */
export interface Place {
  readonly region: string;
  /** Twelve digits. */
  readonly account: string;
}

export function stateMachineArn({ region, account }: Place, machine: string): string {
  return `arn:aws:states:${region}:${account}:stateMachine:${machine}`;
}

/** Of a version or an alias. */
export function qualifiedArn(place: Place, machine: string, qualifier: string | number): string {
  return `${stateMachineArn(place, machine)}:${qualifier}`;
}

export function executionArn({ region, account }: Place, machine: string, name: string): string {
  return `arn:aws:states:${region}:${account}:execution:${machine}:${name}`;
}

/** A state machine, or what a version or an alias of it stands for. */
export interface StateMachineName {
  readonly machine: string;
  /** The number of a version, or the name of an alias. */
  readonly qualifier?: string;
}

/** @throws InvalidArn */
export function parseStateMachineArn(arn: string): StateMachineName {
  const [machine = "", qualifier, ...more] = resourceOf(arn, "stateMachine");
  if (machine === "" || qualifier === "" || more.length > 0) throw new InvalidArn(`Invalid ARN resource: ${arn}`);
  return { machine, ...(qualifier !== undefined && { qualifier }) };
}

/** @throws InvalidArn */
export function parseExecutionArn(arn: string): { machine: string; name: string } {
  const [machine = "", name = "", ...more] = resourceOf(arn, "execution");
  if (machine === "" || name === "" || more.length > 0) throw new InvalidArn(`Invalid ARN resource: ${arn}`);
  return { machine, name };
}

function resourceOf(arn: string, type: "stateMachine" | "execution"): string[] {
  const [prefix, partition, service, region, account, resourceType, ...resource] = arn.split(":");
  if (prefix !== "arn") throw new InvalidArn(`Invalid ARN prefix: ${arn}`);
  if (!partition?.startsWith("aws") || service !== "states" || !region || !account || resource.length === 0) {
    throw new InvalidArn(`Invalid ARN: ${arn}`);
  }
  if (resourceType !== type) throw new InvalidArn(`Resource type not valid in this context: ${resourceType}`);
  return resource;
}
