/** `npm run export`, `import`, `backup` and `restore`: told in a few lines on the screen. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { backUp, restore } from "./backup.ts";
import type { Contents } from "./contents.ts";
import { exportStore, surveyOf } from "./export.ts";
import { clockOf, openHouse } from "./house.ts";
import { importStore } from "./import.ts";

const USAGE = `
  npm run export  -- --from .fairway --to FOLDER [--programme ID]… [--check] [--without-missing-files]
  npm run import  -- --from FOLDER --to .fairway [--check] [--keep-people]
  npm run backup  -- [--from .fairway] --to FOLDER
  npm run restore -- --from FOLDER --to .fairway

  What a store is exported from or imported to is a data folder, or
  dynamodb://TABLE?region=eu-north-1&files=s3://BUCKET
`;

/** What was typed cannot be meant. */
class WrongUse extends Error {
  override name = "WrongUse" as const;
}

const commands: Readonly<Record<string, () => Promise<void>>> = {
  export: runExport,
  import: runImport,
  backup: runBackup,
  restore: runRestore,
};

try {
  const run = commands[process.argv[2] ?? ""];
  if (run === undefined) throw new WrongUse("Say what to do:");
  await run();
} catch (error) {
  process.exitCode = isWrongUse(error) ? 2 : 1;
  if (isWrongUse(error)) console.error(`${error.message}\n${USAGE}`);
  // A name of its own: the message is for whoever reads the screen.
  else console.error(error instanceof Error && !/^(Type)?Error$/.test(error.name) ? error.message : error);
}

async function runExport(): Promise<void> {
  const {
    from,
    to,
    programme,
    check,
    "without-missing-files": withoutMissingFiles,
  } = optionsOf({
    programme: { type: "string", multiple: true },
    check: { type: "boolean" },
    "without-missing-files": { type: "boolean" },
  });
  using house = openHouse(from ?? missing("from"), { mayBeNew: false });
  if (check === true) {
    const { contents, leftBehind, programmes } = await surveyOf(house.dump, programme ?? null);
    print([["would move", contents]]);
    console.log(`\nProgrammes: ${programmes.join(", ")}. ${stays(leftBehind)}Nothing was written.`);
    return;
  }
  const folder = to ?? missing("to");
  const manifest = await exportStore({
    dump: house.dump,
    files: house.files,
    folder,
    now: new Date(),
    fairwayVersion: fairwayVersion(),
    progress: tell,
    ...(programme === undefined ? {} : { programmes: programme }),
    ...(withoutMissingFiles === undefined ? {} : { withoutMissingFiles }),
  });
  print([["in folder", manifest.contents]]);
  const files = manifest.parts.find(({ kind }) => kind === "files")?.records ?? 0;
  console.log(`\nFiles: ${files}. ${stays(manifest.leftBehind)}`);
  if (manifest.missingFiles.length > 0) console.log(`Without the bytes of: ${manifest.missingFiles.join(", ")}.`);
  console.log(`${folder} holds the whole of ${manifest.programmes.join(", ")}. Leave Fairway stopped there.`);
}

async function runImport(): Promise<void> {
  const {
    from,
    to,
    check,
    "keep-people": keepPeople,
  } = optionsOf({
    check: { type: "boolean" },
    "keep-people": { type: "boolean" },
  });
  using house = openHouse(to ?? missing("to"), { mayBeNew: true });
  const { manifest, outcome, arrived, keptPeople, placed, resumedPilots } = await importStore({
    folder: from ?? missing("from"),
    store: house.store,
    load: house.dump,
    files: house.files,
    clock: house.clock,
    progress: tell,
    ...(check === undefined ? {} : { checkOnly: check }),
    ...(keepPeople === undefined ? {} : { keepPeople }),
  });
  print([["sent", manifest.contents], ...(arrived === undefined ? [] : [["arrived", arrived] as const])]);
  if (keptPeople.length > 0) console.log(`\nPeople who stay as they are here: ${keptPeople.length}.`);
  if (outcome === "checked") console.log("\nAll of it fits. Nothing was written.");
  else if (outcome === "done before") console.log("\nThis export was imported here before. Nothing was written.");
  else console.log(`\n${placed} records were placed; ${resumedPilots} pilots go on with fresh workflows.`);
}

async function runBackup(): Promise<void> {
  const { from = ".fairway", to } = optionsOf({});
  const folder = to ?? missing("to");
  const { files } = await backUp({ dataFolder: from, to: folder, now: new Date(), fairwayVersion: fairwayVersion() });
  console.log(
    `${folder} holds a backup of ${from}: ${Object.keys(files).length} files. Keep it where few can read it.`,
  );
}

async function runRestore(): Promise<void> {
  const { from, to } = optionsOf({});
  const dataFolder = to ?? missing("to");
  const { backup, resumedPilots } = await restore({ from: from ?? missing("from"), dataFolder, clockOf });
  console.log(`${dataFolder} is as it was on ${backup.createdAt}; ${resumedPilots} pilots go on with fresh workflows.`);
}

type Options = NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>["options"]>;

function optionsOf<More extends Options>(more: More) {
  const options = { from: { type: "string" }, to: { type: "string" }, ...more } as const;
  return parseArgs({ args: process.argv.slice(3), options }).values;
}

function missing(name: string): never {
  throw new WrongUse(`--${name} is missing.`);
}

function isWrongUse(error: unknown): error is Error {
  if (error instanceof WrongUse) return true;
  return error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
}

function fairwayVersion(): string {
  return String(JSON.parse(readFileSync(join(import.meta.dirname, "../../package.json"), "utf8")).version);
}

function tell(message: string): void {
  console.log(`  ${message} …`);
}

/** Side by side: equal numbers and checksums are the same records. */
function print(sides: readonly (readonly [string, Contents])[]): void {
  const types = [...new Set(sides.flatMap(([, contents]) => Object.keys(contents)))].sort();
  const cell = (contents: Contents, type: string): string => {
    const { records, checksum } = contents[type] ?? { records: 0, checksum: "-" };
    return `${String(records).padStart(9)}  ${checksum.slice(0, 16).padEnd(16)}`;
  };
  console.log(`\n${"type".padEnd(24)}${sides.map(([name]) => name.padStart(9).padEnd(29)).join("")}`);
  for (const type of types) {
    console.log(`${type.padEnd(24)}${sides.map(([, contents]) => cell(contents, type)).join("  ")}`.trimEnd());
  }
}

function stays(leftBehind: Readonly<Record<string, number>>): string {
  const what = Object.entries(leftBehind).map(([type, records]) => `${records} ${type}`);
  return what.length === 0 ? "" : `Stays behind, being of this store only: ${what.join(", ")}. `;
}
