/**
 * Lambda: runs the bundled code in worker threads, with the environment, role, memory and time limit of the templates.
 * Each instance handles one event at a time; another is started while all are busy.
 */
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { REGION } from "./account.ts";
import { type Authority, plainId } from "./authority.ts";
import type { Deployment } from "./deployment.ts";
import type { Usage } from "./usage.ts";

export interface InstanceData {
  readonly file: string;
  readonly handler: string;
  readonly context: Readonly<Record<string, string>>;
}

export interface Assignment {
  readonly event: unknown;
  readonly requestId: string;
  /** By how much the system's clock is ahead. */
  readonly offsetMs: number;
  /** Milliseconds until the function is stopped. */
  readonly deadlineMs: number;
}

interface Effort {
  readonly wallMs: number;
  readonly cpuMs: number;
}

export interface Answer {
  /** JSON text. */
  readonly payload?: string;
  readonly error?: { readonly errorType: string; readonly errorMessage: string; readonly trace: readonly string[] };
  readonly used: Effort;
  /** What loading the code took. */
  readonly init: Effort | undefined;
}

/** A function that threw, ran out of time or could not be loaded. */
export class FunctionFailed extends Error {
  override name = "FunctionFailed" as const;
  readonly answer: NonNullable<Answer["error"]>;
  constructor(functionName: string, answer: NonNullable<Answer["error"]>) {
    super(`${functionName}: ${answer.errorType}: ${answer.errorMessage}`);
    this.answer = answer;
  }
}

export interface LambdaFunction {
  readonly name: string;
  /** As the templates call it: "Relay". */
  readonly id: string;
  readonly roleArn: string;
  readonly memoryMiB: number;
}

export interface LambdaHost extends AsyncDisposable {
  /** By name or by the ARN of the function or an alias of it. */
  find(nameOrArn: string): LambdaFunction;
  /** The function's answer. @throws FunctionFailed */
  invoke(nameOrArn: string, event: unknown): Promise<unknown>;
  /** Every line that functions wrote to their logs, with the function's id. */
  readonly log: readonly { readonly id: string; readonly line: string }[];
  /** How many events are being handled. */
  readonly busy: number;
}

interface FunctionProperties {
  readonly Code: { readonly S3Key: string };
  readonly Handler: string;
  readonly MemorySize: number;
  readonly Timeout: number;
  readonly Role: string;
  readonly LoggingConfig: { readonly LogGroup: string };
  readonly Environment: { readonly Variables: Readonly<Record<string, string>> };
}

interface LambdaHostOptions {
  readonly deployment: Deployment;
  /** Where the synthesised assets lie. */
  readonly assets: string;
  readonly authority: Authority;
  readonly usage: Usage;
  readonly clock: { readonly offsetMs: number };
  /** What the AWS SDK finds in the environment of a function with this role. */
  readonly awsEnvironment: (roleArn: string) => Readonly<Record<string, string>>;
}

interface Instance {
  readonly worker: Worker;
  isBusy: boolean;
}

const ERRORS_OF_LAMBDA = { timedOut: "Sandbox.Timedout", crashed: "Runtime.ExitError" } as const;

export function startLambda(options: LambdaHostOptions): LambdaHost {
  const { deployment, assets, authority, usage, clock, awsEnvironment } = options;
  const log: { id: string; line: string }[] = [];
  let busy = 0;

  const functions = deployment
    .all<FunctionProperties>("AWS::Lambda::Function")
    // CDK's own function, which copies the portal's files, has neither our runtime nor our code.
    .filter(({ properties }) => properties.Handler.startsWith("index.") && properties.LoggingConfig !== undefined)
    .filter(({ logicalId }) => !logicalId.startsWith("CustomCDK"))
    .map((each) => ({
      id: plainId(each),
      name: each.ref,
      arn: deployment.attribute(each, "Arn"),
      properties: each.properties,
      instances: new Set<Instance>(),
    }));
  type Running = (typeof functions)[number];

  function running(nameOrArn: string): Running {
    const name = nameOrArn.startsWith("arn:") ? (nameOrArn.split(":")[6] ?? "") : nameOrArn.replace(/:live$/, "");
    const found = functions.find((each) => each.name === name);
    if (found === undefined) throw new Error(`There is no function ${nameOrArn}.`);
    return found;
  }

  function start({ id, name, arn, properties, instances }: Running): Instance {
    const { Code, Handler, Role, Environment, LoggingConfig, MemorySize } = properties;
    const data: InstanceData = {
      file: join(assets, `asset.${Code.S3Key.replace(/\.zip$/, "")}`, "index.mjs"),
      handler: Handler.replace("index.", ""),
      context: {
        functionName: name,
        functionVersion: "1",
        invokedFunctionArn: `${arn}:live`,
        memoryLimitInMB: String(MemorySize),
        logGroupName: LoggingConfig.LogGroup,
        logStreamName: "stream",
      },
    };
    const worker = new Worker(new URL("lambda-instance.ts", import.meta.url), {
      workerData: data,
      env: {
        ...Environment.Variables,
        ...awsEnvironment(Role),
        AWS_REGION: REGION,
        AWS_LAMBDA_FUNCTION_NAME: name,
      },
      execArgv: [],
      stdout: true,
      stderr: true,
    });
    const logged = createLogReader((line) => {
      log.push({ id, line });
      usage.logged(line);
    });
    worker.stdout.on("data", logged);
    worker.stderr.on("data", logged);
    const instance = { worker, isBusy: false };
    instances.add(instance);
    worker.once("exit", () => instances.delete(instance));
    return instance;
  }

  /** Lambda writes the function's log with the function's own role. */
  function openLog({ properties }: Running): void {
    const group = deployment.all("AWS::Logs::LogGroup").find(({ ref }) => ref === properties.LoggingConfig.LogGroup);
    if (group === undefined) throw new Error(`${properties.LoggingConfig.LogGroup} is no log group of the templates.`);
    const resource = deployment.attribute(group, "Arn");
    for (const action of ["logs:CreateLogStream", "logs:PutLogEvents"]) {
      authority.require({ roleArn: properties.Role, action, resource });
    }
  }

  async function answerOf(instance: Instance, assignment: Assignment): Promise<Answer> {
    const { worker } = instance;
    const { promise, resolve } = Promise.withResolvers<Answer>();
    const failed = (errorType: string, errorMessage: string): void =>
      resolve({
        error: { errorType, errorMessage, trace: [] },
        used: { wallMs: assignment.deadlineMs, cpuMs: 0 },
        init: undefined,
      });
    const onExit = (): void => failed(ERRORS_OF_LAMBDA.crashed, "The process has ended.");
    const onError = (error: Error): void => failed(ERRORS_OF_LAMBDA.crashed, error.message);
    worker.once("message", resolve);
    worker.once("error", onError);
    worker.once("exit", onExit);
    const timer = setTimeout(() => {
      failed(ERRORS_OF_LAMBDA.timedOut, `Task timed out after ${assignment.deadlineMs / 1000} seconds`);
      void worker.terminate();
    }, assignment.deadlineMs);
    worker.postMessage(assignment);
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      worker.off("message", resolve);
      worker.off("error", onError);
      worker.off("exit", onExit);
    }
  }

  const shown = ({ id, name, properties }: Running): LambdaFunction => ({
    id,
    name,
    roleArn: properties.Role,
    memoryMiB: properties.MemorySize,
  });

  return {
    find: (nameOrArn) => shown(running(nameOrArn)),
    async invoke(nameOrArn, event) {
      const target = running(nameOrArn);
      const free = [...target.instances].find(({ isBusy }) => !isBusy);
      if (free === undefined) openLog(target);
      const instance = free ?? start(target);
      instance.isBusy = true;
      busy += 1;
      try {
        const answer = await answerOf(instance, {
          // As it comes over the wire.
          event: JSON.parse(JSON.stringify(event ?? {})),
          requestId: randomUUID(),
          offsetMs: clock.offsetMs,
          deadlineMs: target.properties.Timeout * 1000,
        });
        const isCold = free === undefined;
        usage.invoked(shown(target), { ...answer.used, ...(isCold && answer.init ? { init: answer.init } : {}) });
        if (answer.error !== undefined) throw new FunctionFailed(target.id, answer.error);
        return JSON.parse(answer.payload ?? "null");
      } finally {
        instance.isBusy = false;
        busy -= 1;
      }
    },
    log,
    get busy() {
      return busy;
    },
    async [Symbol.asyncDispose]() {
      const instances = functions.flatMap((each) => [...each.instances]);
      await Promise.all(instances.map(({ worker }) => worker.terminate()));
    },
  };
}

/** Chunks of a stream as whole lines. */
function createLogReader(tell: (line: string) => void): (chunk: Buffer | string) => void {
  let rest = "";
  return (chunk) => {
    const lines = (rest + String(chunk)).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line !== "") tell(line);
  };
}
