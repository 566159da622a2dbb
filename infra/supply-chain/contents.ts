/** Which packages an artefact really contains, told from the files a bundler put into it. */
import { existsSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { type LockedPackage, lockedPackages } from "./locked-packages.ts";

const ROOT = join(import.meta.dirname, "../..");

export interface ContainedPackage extends LockedPackage {
  /**
   * Names of packages that its own build had put into its files already, by their source maps. Those that the lock file
   * knows are contained packages themselves; of the others only the name is known.
   */
  readonly inlined: readonly string[];
}

/** @param files absolute, or from the root of the repository; what is no file of a package is passed over */
export function packagesIn(files: Iterable<string>, locked = lockedPackages()): readonly ContainedPackage[] {
  const byPath = new Map(locked.map((each) => [each.path, each]));
  const inlinedBy = new Map<string, Set<string>>();
  for (const file of files) {
    const path = packagePath(file);
    if (path === undefined || !byPath.has(path)) continue;
    const inlined = inlinedBy.get(path) ?? new Set();
    for (const name of inlinedIn(file)) inlined.add(name);
    inlinedBy.set(path, inlined);
  }
  for (const [path, inlined] of [...inlinedBy]) {
    for (const needed of neededBy(path, byPath)) {
      if (inlined.has(needed.name) && !inlinedBy.has(needed.path)) inlinedBy.set(needed.path, new Set());
    }
  }
  return locked.flatMap((each) => {
    const inlined = inlinedBy.get(each.path);
    return inlined === undefined ? [] : [{ ...each, inlined: [...inlined].sort() }];
  });
}

/** All that a package needs, and what that needs: whatever else has the name of something inlined is another's. */
function neededBy(path: string, byPath: ReadonlyMap<string, LockedPackage>): ReadonlySet<LockedPackage> {
  const needed = new Set<LockedPackage>();
  const add = (from: string): void => {
    for (const each of byPath.get(from)?.needs ?? []) {
      const found = byPath.get(each);
      if (found === undefined || needed.has(found)) continue;
      needed.add(found);
      add(each);
    }
  };
  add(path);
  return needed;
}

/** Beside the query that a bundler may put after a name. */
function packagePath(file: string): string | undefined {
  const path = fromRoot(file);
  const end = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path);
  return end?.[0];
}

function inlinedIn(file: string): string[] {
  const map = `${join(ROOT, fromRoot(file))}.map`;
  if (!existsSync(map)) return [];
  const { sources = [] }: { sources?: string[] } = JSON.parse(readFileSync(map, "utf8"));
  return sources.flatMap((source) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(source)?.[1] ?? []);
}

function fromRoot(file: string): string {
  const plain = file.replace(/^\0/, "").replace(/[?#].*$/, "");
  return plain.startsWith(ROOT) ? relative(ROOT, plain).replaceAll("\\", "/") : plain;
}
