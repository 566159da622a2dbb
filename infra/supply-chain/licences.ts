/**
 * The licences we take packages under, and why each is all right for how we use them. Fairway itself stays ours: what obliges
 * us to give away our own source has no place here.
 */
import satisfies from "spdx-satisfies";
import type { LockedPackage } from "./locked-packages.ts";

interface AllowedLicence {
  /** SPDX id. */
  readonly id: string;
  /** Only for what is used to build and test, and reaches nobody. */
  readonly toolsOnly?: true;
  readonly reason: string;
}

export const ALLOWED: readonly AllowedLicence[] = [
  { id: "MIT", reason: "Permissive: its text goes along." },
  { id: "MIT-0", reason: "Permissive, asks for nothing." },
  { id: "ISC", reason: "Permissive: its text goes along." },
  { id: "0BSD", reason: "Permissive, asks for nothing." },
  { id: "BSD-2-Clause", toolsOnly: true, reason: "Permissive: its text goes along." },
  { id: "BSD-3-Clause", reason: "Permissive: its text goes along, its authors' names are no advertisement." },
  { id: "BlueOak-1.0.0", reason: "Permissive: its text goes along." },
  {
    id: "Apache-2.0",
    reason: "Permissive, with a grant of patents: text and notices go along; we change nothing in it.",
  },
  { id: "Zlib", reason: "Permissive: we do not claim to have written it." },
  { id: "Unlicense", reason: "Given to the public." },
  { id: "CC0-1.0", reason: "Given to the public." },
  { id: "PSF-2.0", reason: "Permissive: its text goes along." },
  {
    id: "CC-BY-3.0",
    reason: "Data of public holidays: its authors are named in the notices, the data stay as they are.",
  },
  {
    id: "MPL-2.0",
    reason:
      "Reaches the files it covers and no further; Vite's CSS compiler and axe, both as they come and shipped in nothing.",
  },
];

export interface LicenceFault {
  readonly package: string;
  readonly licence: string;
  readonly fault: "not said" | "not allowed" | "allowed for tools only";
}

/** Empty when every package may be used as it is. */
export function licenceFaults(packages: readonly LockedPackage[]): readonly LicenceFault[] {
  return packages.flatMap(({ name, version, licence, isTool }): LicenceFault[] => {
    const fault = licence === undefined ? "not said" : faultOf(licence, isTool);
    return fault === undefined ? [] : [{ package: `${name}@${version}`, licence: licence ?? "", fault }];
  });
}

function faultOf(licence: string, isTool: boolean): LicenceFault["fault"] | undefined {
  if (
    isAmong(
      ALLOWED.filter(({ toolsOnly }) => isTool || toolsOnly !== true),
      licence,
    )
  )
    return undefined;
  return isAmong(ALLOWED, licence) ? "allowed for tools only" : "not allowed";
}

function isAmong(allowed: readonly AllowedLicence[], licence: string): boolean {
  try {
    return satisfies(
      licence,
      allowed.map(({ id }) => id),
    );
  } catch {
    // "SEE LICENSE IN …" and whatever else is no SPDX expression.
    return false;
  }
}
