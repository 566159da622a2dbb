import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { codeSpans, fileAt, filesWith, tableRows } from "./repository.ts";

/** The table under "Import rule": folder → what its files may import. The most specific folder counts. */
const rules = importRules(fileAt("ARCHITECTURE.md").text);
const zones = rules.map(({ zone }) => zone);
const sources = filesWith([".ts", ".tsx"]).filter(({ path }) => !/^test\/|^[\w.]+$/.test(path));

describe("the import rule", () => {
  test("has a row for every folder with code", () => {
    expect(sources.filter(({ path }) => zoneOf(path) === undefined).map(({ path }) => path)).toEqual([]);
  });

  test.each(rules.map((rule) => [rule.zone, rule] as const))(
    "%s imports what it may",
    (zone, { folders, packages }) => {
      const wrong = sources
        .filter(({ path }) => zoneOf(path) === zone)
        .flatMap((source) => importsOf(source).map((target) => ({ path: source.path, target })))
        .filter(({ path, target }) => {
          if (!target.startsWith(".")) return !packages(packageOf(target));
          const file = join(dirname(path), target);
          const allowed = zoneOf(file) ?? file;
          return allowed !== zone && !folders.some((folder) => allowed === folder || file.startsWith(`${folder}/`));
        });
      expect(wrong).toEqual([]);
    },
  );

  test("allows nothing that no file needs", () => {
    const needed = new Set(
      sources.flatMap((source) =>
        importsOf(source).map((target) => {
          const file = join(dirname(source.path), target);
          const name = target.startsWith(".") ? (zoneOf(file) ?? file) : packageOf(target);
          return `${zoneOf(source.path)} → ${name.startsWith("workflows/") ? "workflows" : name}`;
        }),
      ),
    );
    const allowed = rules.flatMap(({ zone, folders, listed }) =>
      [...folders, ...listed].map((name) => `${zone} → ${name}`),
    );
    expect(allowed.filter((each) => !needed.has(each))).toEqual([]);
  });
});

function importRules(text: string) {
  const from = text.indexOf("## Import rule");
  const section = text.slice(from, text.indexOf("\n## ", from + 1));
  return tableRows({ path: "ARCHITECTURE.md", text: section }).map(([zone = "", folders = "", packages = ""]) => ({
    zone: zone.replaceAll("`", ""),
    folders: codeSpans({ path: "", text: folders }),
    listed: codeSpans({ path: "", text: packages }),
    /** Whether a package or Node module may be imported. */
    packages: (name: string): boolean =>
      packages === "any" ||
      (packages === "any for browsers" && !name.startsWith("node:")) ||
      packages.includes(`\`${name}\``),
  }));
}

function zoneOf(path: string): string | undefined {
  const around = zones.filter((zone) => path.startsWith(`${zone}/`));
  return around.toSorted((a, b) => b.length - a.length)[0];
}

/** Static and dynamic; an import may run over several lines up to its only quoted text. */
const importsOf = ({ text }: { readonly text: string }): string[] =>
  [...text.matchAll(/^(?:import\b[^"';(]*|export\b[^"';=(]*\bfrom )"([^"\n]+)"|\bimport\("([^"\n]+)"\)/gm)].map(
    ([, named, dynamic]) => named ?? dynamic ?? "",
  );

/** "react-dom/client" → "react-dom"; scopes and `node:` stay. */
const packageOf = (target: string): string => /^(@[^/]+\/[^/]+|[^/]+)/.exec(target)?.[0] ?? target;
