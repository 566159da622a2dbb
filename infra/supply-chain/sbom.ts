/**
 * Bills of materials as CycloneDX, from the lock file alone: the same wherever they are written, without network. npm's own
 * `npm sbom --omit=dev` leaves out what tools need as well; see docs/decisions/0021-bills-from-the-lock-file.md.
 */
import { ComponentScope, ComponentType, HashAlgorithm } from "@cyclonedx/cyclonedx-library/Enums";
import {
  Bom,
  Component,
  HashDictionary,
  LicenseExpression,
  LicenseRepository,
  SpdxLicense,
} from "@cyclonedx/cyclonedx-library/Models";
import { JSON as Json, JsonSerializer } from "@cyclonedx/cyclonedx-library/Serialize";
import { Spec1dot6 } from "@cyclonedx/cyclonedx-library/Spec";
import parseLicence from "spdx-expression-parse";
import packageJson from "../../package.json" with { type: "json" };
import type { ContainedPackage } from "./contents.ts";
import type { LockedPackage } from "./locked-packages.ts";

/** Everything but the tools: what an embedded system runs, what builds the portal, what the functions are made of. */
export function sbomOfAll(locked: readonly LockedPackage[]): string {
  return sbomOf(
    packageJson.name,
    locked.filter(({ isTool }) => !isTool).map((each) => ({ ...each, inlined: [] })),
  );
}

/** An artefact would ship what only tools need. */
export class ToolShipped extends Error {
  override name = "ToolShipped" as const;
}

/** @throws ToolShipped */
export function sbomOfArtefact(artefact: string, packages: readonly ContainedPackage[]): string {
  const tools = packages.filter(({ isTool }) => isTool);
  if (tools.length > 0)
    throw new ToolShipped(`${artefact} contains tools: ${tools.map(({ name }) => name).join(", ")}.`);
  return sbomOf(`${packageJson.name}-${artefact}`, packages);
}

function sbomOf(name: string, packages: readonly ContainedPackage[]): string {
  const whole = new Component(ComponentType.Application, name, {
    version: packageJson.version,
    bomRef: `${name}@${packageJson.version}`,
  });
  const bom = new Bom({ serialNumber: `urn:uuid:${crypto.randomUUID()}` });
  bom.metadata.timestamp = new Date();
  bom.metadata.component = whole;
  const named = new Set(packages.map((each) => each.name));
  const components = new Map(packages.map((each) => [each.path, componentOf(each, named)]));
  for (const { path, needs } of packages) {
    const component = components.get(path);
    if (component === undefined) continue;
    bom.components.add(component);
    whole.dependencies.add(component.bomRef);
    for (const needed of needs) {
      const found = components.get(needed);
      if (found !== undefined) component.dependencies.add(found.bomRef);
    }
  }
  return new JsonSerializer(new Json.Normalize.Factory(Spec1dot6)).serialize(bom, { space: 2, sortLists: true });
}

/** Within it what its own build put into it, unless that is named itself: only its authors know in which version. */
function componentOf(each: ContainedPackage, named: ReadonlySet<string>): Component {
  const { path, name, version, licence, integrity, isOptional, inlined } = each;
  const [, group, plainName = name] = /^(@[^/]+)\/(.*)$/.exec(name) ?? [];
  const component = new Component(ComponentType.Library, plainName, {
    ...(group === undefined ? {} : { group }),
    version,
    bomRef: path,
    scope: isOptional ? ComponentScope.Optional : ComponentScope.Required,
    purl: `pkg:npm/${name.replace("@", "%40")}@${version}`,
    hashes: hashesOf(integrity),
    licenses: new LicenseRepository(licence === undefined ? [] : [licenceOf(licence)]),
  });
  for (const within of inlined.filter((inner) => !named.has(inner))) {
    component.components.add(new Component(ComponentType.Library, within, { bomRef: `${path}|${within}` }));
  }
  return component;
}

const licenceOf = (licence: string): SpdxLicense | LicenseExpression =>
  "license" in parseLicence(licence) ? new SpdxLicense(licence) : new LicenseExpression(licence);

const hashesOf = (integrity: string | undefined): HashDictionary =>
  new HashDictionary(
    (integrity ?? "").split(" ").flatMap((hash) => {
      const [, digest] = /^sha512-(.+)$/.exec(hash) ?? [];
      return digest === undefined ? [] : [[HashAlgorithm["SHA-512"], Buffer.from(digest, "base64").toString("hex")]];
    }),
  );
