/** `npm run sbom` and `npm run licences`. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { buildBundles } from "../constructs/bundles.ts";
import { buildSite } from "../constructs/site.ts";
import { packagesIn } from "./contents.ts";
import { ALLOWED, licenceFaults } from "./licences.ts";
import { lockedPackages } from "./locked-packages.ts";
import { sbomOfAll, sbomOfArtefact } from "./sbom.ts";
import { thirdPartyNotices } from "./third-party.ts";

switch (process.argv[2]) {
  case "sbom":
    await writeSboms(resolve(process.argv[3] ?? "dist/sbom"));
    break;
  case "licences":
    listLicences();
    break;
  default:
    console.error("npm run sbom [-- FOLDER] or npm run licences");
    process.exitCode = 2;
}

/** For the whole and for each artefact, with the notices of what the artefacts contain. */
async function writeSboms(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const [bundles, site] = await Promise.all([buildBundles(join(folder, "bundles")), buildSite(join(folder, "site"))]);
  const artefacts = [...Object.entries(bundles), ["portal", site] as const].map(
    ([name, { inputs }]) => [name, packagesIn(inputs)] as const,
  );
  const write = (file: string, text: string, packages: number) => {
    writeFileSync(join(folder, file), text);
    console.log(`${String(packages).padStart(5)} packages  ${file}`);
  };
  const locked = lockedPackages();
  write("fairway.cdx.json", sbomOfAll(locked), locked.filter(({ isTool }) => !isTool).length);
  for (const [name, packages] of artefacts) {
    write(`${name}.cdx.json`, sbomOfArtefact(name, packages), packages.length);
  }
  const shipped = new Map(artefacts.flatMap(([, packages]) => packages.map((each) => [each.path, each] as const)));
  write("THIRD-PARTY.txt", thirdPartyNotices([...shipped.values()]), shipped.size);
  console.log(`in ${folder}, beside the artefacts themselves.`);
}

function listLicences(): void {
  const packages = lockedPackages();
  const byLicence = Map.groupBy(packages, ({ licence }) => licence ?? "not said");
  for (const [licence, those] of [...byLicence].toSorted(([, a], [, b]) => b.length - a.length)) {
    const shipped = those.filter(({ isTool }) => !isTool);
    console.log(
      `\n${licence}: ${shipped.length} run or built with, ${those.length - shipped.length} for tests and tools`,
    );
    console.log([...new Set(those.map(({ name }) => name))].toSorted().join(", "));
  }
  const faults = licenceFaults(packages);
  for (const { package: name, licence, fault } of faults) console.error(`\n${name}: ${licence} is ${fault}`);
  if (faults.length > 0) process.exitCode = 1;
  else
    console.log(
      `\nAll ${packages.length} packages come under one of the ${ALLOWED.length} licences that are allowed, with reasons, in infra/supply-chain/licences.ts.`,
    );
}
