/** What Fairway is made of: locked, licensed, listed. All from the lock file, without network. */
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { describe, expect, test } from "vitest";
import { buildBundles } from "../../../infra/constructs/bundles.ts";
import { packagesIn } from "../../../infra/supply-chain/contents.ts";
import { ALLOWED, licenceFaults } from "../../../infra/supply-chain/licences.ts";
import { LOOKED_UP, type LockedPackage, lockedPackages } from "../../../infra/supply-chain/locked-packages.ts";
import { sbomOfAll, sbomOfArtefact, ToolShipped } from "../../../infra/supply-chain/sbom.ts";
import { thirdPartyNotices } from "../../../infra/supply-chain/third-party.ts";
import packageJson from "../../../package.json" with { type: "json" };

const locked = lockedPackages();
const some: LockedPackage = {
  path: "node_modules/some",
  name: "some",
  version: "1.0.0",
  licence: "MIT",
  integrity: "sha512-AAAA",
  from: undefined,
  isBundled: false,
  isTool: false,
  isOptional: false,
  wantsScript: false,
  needs: [],
};

describe("the lock file", () => {
  test("has a hash for every package, so that nothing else can be installed under its name", () => {
    expect(locked.length).toBeGreaterThan(300);
    const without = locked.filter(({ isBundled, integrity }) => !isBundled && !/^sha512-/.test(integrity ?? ""));
    expect(without).toEqual([]);
    // What comes inside another package is covered by that one's hash.
    const alone = locked.filter(({ path, isBundled }) => isBundled && !locked.some((each) => isAround(each, path)));
    expect(alone).toEqual([]);
  });

  test("takes packages from the registry that npm is set to, and from nowhere else", () => {
    const places = locked.flatMap(({ name, from }) => (from === undefined ? [] : [`${name} from ${from}`]));
    expect(places).toEqual([]);
  });

  test("is asked for exact versions", () => {
    const asked = Object.entries({
      ...packageJson.dependencies,
      ...packageJson.devDependencies,
      ...packageJson.optionalDependencies,
    });
    expect(asked.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  test("lets no package run a script as it is installed but those that package.json says yes or no to", () => {
    const wanting = locked.filter(({ wantsScript, isOptional }) => wantsScript && !isOptional).map(({ name }) => name);
    expect([...new Set(wanting)].toSorted()).toEqual(Object.keys(packageJson.allowScripts).toSorted());
    const allowed = Object.entries(packageJson.allowScripts).filter(([, isAllowed]) => isAllowed);
    // It puts the Node in place that the other scripts run on.
    expect(allowed).toEqual([["node", true]]);
  });
});

const isAround = ({ path, isBundled, integrity }: LockedPackage, inner: string): boolean =>
  !isBundled && integrity !== undefined && inner.startsWith(`${path}/node_modules/`);

describe("licences", () => {
  test("of all packages are on the list, each with its reason", () => {
    expect(licenceFaults(locked)).toEqual([]);
    expect(ALLOWED.filter(({ reason }) => reason.length < 10)).toEqual([]);
  });

  test("on the list or looked up are needed by some package", () => {
    const expressions = locked.map(({ licence = "" }) => licence);
    expect(ALLOWED.filter(({ id }) => !expressions.some((each) => each.split(/[ ()]+/).includes(id)))).toEqual([]);
    const installed = new Set(locked.map(({ name, version }) => `${name}@${version}`));
    expect(Object.keys(LOOKED_UP).filter((each) => !installed.has(each))).toEqual([]);
  });

  test.each([
    ["GPL-3.0-or-later", "not allowed"],
    ["AGPL-3.0-only OR SSPL-1.0", "not allowed"],
    ["MIT AND GPL-2.0-only", "not allowed"],
    ["SEE LICENSE IN LICENSE.md", "not allowed"],
    ["UNLICENSED", "not allowed"],
    ["BSD-2-Clause", "allowed for tools only"],
    [undefined, "not said"],
  ] as const)("such as %s stop the build: %s", (licence, fault) => {
    expect(licenceFaults([{ ...some, licence }])).toMatchObject([{ package: "some@1.0.0", fault }]);
  });

  test("may be chosen where a package offers several", () => {
    expect(licenceFaults([{ ...some, licence: "(MIT OR GPL-3.0-or-later)" }])).toEqual([]);
  });
});

describe("a bill of materials", () => {
  const whole = JSON.parse(sbomOfAll(locked));

  test("is CycloneDX by the specification's own schema", () => {
    const validate = cycloneDx();
    expect(validate(whole), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
    expect(whole).toMatchObject({ bomFormat: "CycloneDX", specVersion: "1.6" });
    expect(validate({ ...whole, components: [{ name: "of no type" }] })).toBe(false);
  });

  test("lists whatever runs or builds Fairway, tools or not tools being a matter of who needs it", () => {
    const listed = whole.components.map(({ purl }: { purl: string }) => purl);
    const direct = Object.entries(packageJson.dependencies).map(
      ([name, version]) => `pkg:npm/${name.replace("@", "%40")}@${version}`,
    );
    expect(direct.filter((purl) => !listed.includes(purl))).toEqual([]);
    expect(listed.filter((purl: string) => /\/(vitest|knip|aws-cdk-lib)@/.test(purl))).toEqual([]);
    const zod = whole.components.find(({ name }: { name: string }) => name === "zod");
    expect(zod).toMatchObject({ licenses: [{ license: { id: "MIT" } }], hashes: [{ alg: "SHA-512" }] });
  });

  test("of a bundle lists what is in its file, and so do the notices", async () => {
    const folder = await mkdtemp(join(tmpdir(), "fairway-sbom-"));
    try {
      const { api, identity } = await buildBundles(folder);
      const inApi = packagesIn(api.inputs);
      const names = inApi.map(({ name }) => name);
      expect(names).toEqual(expect.arrayContaining(["@middy/core", "@smithy/core", "jose", "zod", "date-holidays"]));
      expect(names).not.toContain("react");
      expect(packagesIn(identity.inputs).map(({ name }) => name)).not.toContain("@aws-sdk/client-s3");
      const sbom = JSON.parse(sbomOfArtefact("api", inApi));
      expect(cycloneDx()(sbom)).toBe(true);
      expect(sbom.components).toHaveLength(names.length);
      const notices = thirdPartyNotices(inApi);
      expect(names.filter((name) => !notices.includes(`${name} `))).toEqual([]);
      // The data of public holidays want their authors named.
      expect(notices).toContain("The data contained in `holidays.yaml`");
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test("of an artefact that would ship a tool is refused", () => {
    expect(() => sbomOfArtefact("api", [{ ...some, isTool: true, inlined: [] }])).toThrow(ToolShipped);
  });
});

/** The schema as the specification publishes it; it comes with the library that writes the bills. */
function cycloneDx() {
  const schema = (name: string) =>
    JSON.parse(
      readFileSync(
        join(import.meta.dirname, `../../../node_modules/@cyclonedx/cyclonedx-library/res/schema/${name}.schema.json`),
        "utf8",
      ),
    );
  const ajv = new Ajv({ strict: false });
  addFormats.default(ajv);
  // Two formats of names that ajv does not know and no bill of ours has.
  for (const format of ["iri-reference", "idn-email"]) ajv.addFormat(format, true);
  for (const name of ["spdx.SNAPSHOT", "jsf-0.82.SNAPSHOT", "cryptography-defs.SNAPSHOT"]) {
    ajv.addSchema(schema(name), `http://cyclonedx.org/schema/${name}.schema.json`);
  }
  return ajv.compile(schema("bom-1.6.SNAPSHOT"));
}
