/** The lock file as a list: every package there may ever be in `node_modules`, whatever is installed here. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

const LOCK_FILE = join(import.meta.dirname, "../../package-lock.json");

export interface LockedPackage {
  /** As in the lock file, from the root: `node_modules/pako/node_modules/…`. */
  readonly path: string;
  readonly name: string;
  readonly version: string;
  /** An SPDX expression, as the package says it, or as was looked up where it does not. */
  readonly licence: string | undefined;
  /** A hash of the package as the registry gives it. */
  readonly integrity: string | undefined;
  /** Where it comes from, when not from the registry that npm is set to. */
  readonly from: string | undefined;
  /** Comes inside another package, whose hash is its own. */
  readonly isBundled: boolean;
  /** Only for those who build and test; else part of what is run or deployed, or used to build that. */
  readonly isTool: boolean;
  /** Works without it: mostly the builds for other machines. */
  readonly isOptional: boolean;
  readonly wantsScript: boolean;
  /** Paths of the packages it would load, as far as the lock file has them. */
  readonly needs: readonly string[];
}

/** Licences that packages do not say in a way npm reads. By version, so that the next one is looked at anew. */
export const LOOKED_UP: Readonly<Record<string, string>> = {
  // Its file LICENSE.
  "png-js@1.1.0": "MIT",
};

interface Entry {
  readonly version?: string;
  readonly resolved?: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly inBundle?: boolean;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly devOptional?: boolean;
  readonly hasInstallScript?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

export function lockedPackages(): readonly LockedPackage[] {
  const { packages }: { packages: Record<string, Entry> } = JSON.parse(readFileSync(LOCK_FILE, "utf8"));
  const entries = Object.entries(packages).filter(([path]) => path !== "");
  const paths = new Set(entries.map(([path]) => path));
  return entries.map(([path, entry]) => ({
    path,
    name: nameIn(path),
    version: entry.version ?? "",
    licence: entry.license ?? LOOKED_UP[`${nameIn(path)}@${entry.version}`],
    integrity: entry.integrity,
    from: entry.resolved,
    isBundled: entry.inBundle === true,
    isTool: entry.dev === true,
    isOptional: entry.optional === true || entry.devOptional === true,
    wantsScript: entry.hasInstallScript === true,
    needs: Object.keys({ ...entry.dependencies, ...entry.optionalDependencies, ...entry.peerDependencies }).flatMap(
      (name) => foundFrom(path, name, paths) ?? [],
    ),
  }));
}

const nameIn = (path: string): string => path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);

/** As Node looks for it: beside whoever asks, then further and further out. */
function foundFrom(path: string, name: string, paths: ReadonlySet<string>): string | undefined {
  for (let folder = `${path}/`; ; folder = folder.slice(0, folder.lastIndexOf("node_modules/", folder.length - 2))) {
    const found = `${folder}node_modules/${name}`;
    if (paths.has(found)) return found;
    if (folder === "") return undefined;
  }
}
