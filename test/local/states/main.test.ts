import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  SFNClient,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import { expect, test } from "vitest";
import { call, machine } from "./harness.ts";

const MAIN = join(import.meta.dirname, "../../../local/states/main.ts");

/** Runs the program until `work` is done with its client. */
async function withProgram(options: readonly string[], work: (client: SFNClient) => Promise<void>): Promise<void> {
  const program = spawn(process.execPath, [MAIN, "--port", "0", ...options], { stdio: ["ignore", "pipe", "inherit"] });
  try {
    for await (const line of createInterface({ input: program.stdout })) {
      const [endpoint] = /http:\S+/.exec(line) ?? [];
      if (endpoint === undefined) continue;
      const credentials = { accessKeyId: "test", secretAccessKey: "test" };
      const client = new SFNClient({ endpoint, region: "us-east-1", credentials });
      await work(client);
      client.destroy();
      break;
    }
  } finally {
    program.kill();
    if (program.exitCode === null) await once(program, "exit");
  }
}

test("a second program on the same folder is told so in a sentence, and ends", async () => {
  const options = ["--data", join(mkdtempSync(join(tmpdir(), "states-main-")), "data")];
  await withProgram(options, async () => {
    const second = spawn(process.execPath, [MAIN, "--port", "0", ...options], { stdio: ["ignore", "ignore", "pipe"] });
    let said = "";
    second.stderr.on("data", (text) => {
      said += text;
    });
    const [code] = await once(second, "close");
    expect(code).toBe(1);
    expect(said).toMatch(/^\S+ is in use by another process; stop that one first, or choose another data folder\.\n$/);
  });
});

test("the program runs machines with a module's functions, and knows them again after a restart", async () => {
  const folder = mkdtempSync(join(tmpdir(), "states-main-"));
  const functions = join(folder, "functions.mjs");
  writeFileSync(functions, "export const greet = ({ name }) => 'Hello ' + name;");
  const options = ["--data", join(folder, "data"), "--functions", functions];
  let executionArn: string | undefined;
  const output = async (client: SFNClient) =>
    (await client.send(new DescribeExecutionCommand({ executionArn }))).output;

  await withProgram(options, async (client) => {
    const greet = call("greet", { Output: "{% $states.result.Payload %}", End: true }, "{% $states.input %}");
    const { stateMachineArn } = await client.send(
      new CreateStateMachineCommand({
        name: "greeter",
        definition: JSON.stringify(machine({ Greet: greet })),
        roleArn: "arn:aws:iam::123456789012:role/states",
      }),
    );
    ({ executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn, input: '{"name":"you"}' })));
    await expect.poll(() => output(client)).toBe('"Hello you"');
  });
  await withProgram(options, async (client) => expect(await output(client)).toBe('"Hello you"'));
});
