/**
 * IAM for the stand-ins: whether a role's policies in the templates allow a call. Every question is remembered, so that in
 * the end it can be said which grant was missing and which was never needed.
 */
import type { Deployed, Deployment } from "./deployment.ts";

interface PolicyStatement {
  readonly Effect: "Allow" | "Deny";
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

interface PolicyDocument {
  readonly Statement: readonly PolicyStatement[];
}

export interface Role {
  readonly arn: string;
  /** As a person finds it in the template. */
  readonly logicalId: string;
  readonly statements: readonly PolicyStatement[];
}

export interface Call {
  readonly roleArn: string;
  readonly action: string;
  readonly resource: string;
  /** Condition keys of the request, such as `ses:FromAddress`. */
  readonly context?: Readonly<Record<string, string>>;
}

/** One action on one resource that a role is allowed. */
export interface Grant {
  readonly role: string;
  readonly action: string;
  readonly resource: string;
}

/** The statement that would let a refused call through. */
export interface NeededStatement {
  readonly role: string;
  readonly Effect: "Allow";
  readonly Action: string;
  readonly Resource: string;
}

export class AccessDenied extends Error {
  override name = "AccessDeniedException" as const;
}

export interface Authority {
  readonly roles: readonly Role[];
  /** @throws AccessDenied in the words of AWS, naming the statement that is needed */
  require(call: Call): void;
  /** What calls lacked, each once. */
  missing(): readonly NeededStatement[];
  /** Grants that no call has needed so far. */
  unused(): readonly Grant[];
}

export function createAuthority(roles: readonly Role[]): Authority {
  const byArn = new Map(roles.map((role) => [role.arn, role]));
  const refused = new Map<string, NeededStatement>();
  const used = new Set<string>();

  return {
    roles,
    require({ roleArn, action, resource, context = {} }) {
      const role = byArn.get(roleArn);
      if (role === undefined) throw new AccessDenied(`${roleArn} is no role of the templates.`);
      const fitting = role.statements.filter(
        (statement) =>
          listOf(statement.Action).some((pattern) => matches(pattern.toLowerCase(), action.toLowerCase())) &&
          listOf(statement.Resource).some((pattern) => matches(pattern, resource)) &&
          holds(statement, context),
      );
      if (fitting.length === 0 || fitting.some(({ Effect }) => Effect === "Deny")) {
        const needed = { role: role.logicalId, Effect: "Allow", Action: action, Resource: resource } as const;
        refused.set(`${role.logicalId} ${action} ${resource}`, needed);
        throw new AccessDenied(
          `${roleArn} is not authorized to perform: ${action} on resource: ${resource}. Needed: ${JSON.stringify(needed)}`,
        );
      }
      for (const grant of fitting.flatMap((statement) => grantsOf(role, statement))) {
        if (!matches(grant.action.toLowerCase(), action.toLowerCase()) || !matches(grant.resource, resource)) continue;
        used.add(keyOf(grant));
      }
    },
    missing: () => [...refused.values()],
    unused: () =>
      roles
        .flatMap((role) => role.statements.flatMap((statement) => grantsOf(role, statement)))
        .filter((grant) => !used.has(keyOf(grant))),
  };
}

/** The roles of all stacks with their inline policies and those attached beside them. */
export function rolesOf(deployment: Deployment): readonly Role[] {
  const attached = deployment.all<{ readonly PolicyDocument: PolicyDocument; readonly Roles: readonly string[] }>(
    "AWS::IAM::Policy",
  );
  const roles = deployment.all<{ readonly Policies?: readonly { readonly PolicyDocument: PolicyDocument }[] }>(
    "AWS::IAM::Role",
  );
  return roles.map((role) => ({
    arn: deployment.attribute(role, "Arn"),
    logicalId: plainId(role),
    statements: [
      ...(role.properties.Policies ?? []).flatMap(({ PolicyDocument }) => PolicyDocument.Statement),
      ...attached
        .filter(({ properties }) => properties.Roles.includes(role.ref))
        .flatMap(({ properties }) => properties.PolicyDocument.Statement),
    ],
  }));
}

/** A logical id without the hash CDK puts after it. */
export function plainId({ logicalId }: Pick<Deployed<unknown>, "logicalId">): string {
  return logicalId.replace(/[0-9A-F]{8}$/, "");
}

function grantsOf({ logicalId }: Role, { Effect, Action, Resource }: PolicyStatement): readonly Grant[] {
  if (Effect === "Deny") return [];
  return listOf(Action).flatMap((action) =>
    listOf(Resource).map((resource) => ({ role: logicalId, action, resource })),
  );
}

const keyOf = ({ role, action, resource }: Grant): string => `${role} ${action} ${resource}`;

const listOf = (one: string | readonly string[]): readonly string[] => (typeof one === "string" ? [one] : one);

/** The conditions of Fairway's policies; another one is not guessed at. */
const OPERATORS: Readonly<Record<string, (patterns: readonly string[], value: string | undefined) => boolean>> = {
  StringEquals: (wanted, value) => value !== undefined && wanted.includes(value),
  // A request without the key has no value that breaks it.
  "ForAllValues:StringLike": (patterns, value) =>
    value === undefined || patterns.some((pattern) => matches(pattern, value)),
};

function holds({ Condition: condition = {} }: PolicyStatement, context: Readonly<Record<string, string>>): boolean {
  return Object.entries(condition).every(([name, keys]) => {
    const operator = OPERATORS[name];
    if (operator === undefined) throw new Error(`The condition ${name} is not in the model.`);
    return Object.entries(keys).every(([key, values]) => operator(listOf(values), context[key]));
  });
}

/** `*` and `?` as in policies. */
export function matches(pattern: string, text: string): boolean {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "s").test(text);
}
