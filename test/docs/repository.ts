/** The repository as its documents see it: files, and what the documents say in code spans, links and tables. */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

export const root = join(import.meta.dirname, "../..");

/** Made by tools or by running Fairway; not part of the repository. */
export const made = ["node_modules", "dist", "cdk.out", "coverage", ".fairway", ".git"];

export interface TextFile {
  /** From the root, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** Every file of ours with one of the extensions, from the root down. */
export function filesWith(extensions: readonly string[], folder = root): TextFile[] {
  return readdirSync(folder, { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry): TextFile[] => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return made.includes(entry.name) ? [] : filesWith(extensions, path);
      if (!extensions.some((extension) => entry.name.endsWith(extension))) return [];
      return [{ path: relative(root, path).replaceAll("\\", "/"), text: readFileSync(path, "utf8") }];
    });
}

export function fileAt(path: string): TextFile {
  return { path, text: readFileSync(join(root, path), "utf8") };
}

/** The texts of ``` blocks, with the language they name. */
export function fences({ text }: TextFile): { readonly language: string; readonly code: string }[] {
  return [...text.matchAll(/^```([\w-]*)\n(.*?)^```/gms)].map(([, language = "", code = ""]) => ({ language, code }));
}

/** What stands between single backticks, outside ``` blocks. A span may run over the end of a line. */
export function codeSpans({ text }: TextFile): string[] {
  const prose = text.replaceAll(/^```.*?^```/gms, "");
  return [...prose.matchAll(/`([^`]+)`/g)].map(([, span = ""]) => span.replaceAll(/\s+/g, " "));
}

/** Targets of links that lead to a file, without the part after "#". */
export function relativeLinks({ text }: TextFile): string[] {
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = ""]) => target.replace(/#.*$/, ""))
    .filter((target) => target !== "" && !/^[a-z]+:/.test(target));
}

/** The cells of every table row but headings and rulers. */
export function tableRows({ text }: TextFile): string[][] {
  const lines = text.split("\n");
  return lines.flatMap((line, index) => {
    const isRow = line.startsWith("|") && !isRuler(line) && !isRuler(lines[index + 1] ?? "");
    return isRow
      ? [
          line
            .split("|")
            .slice(1, -1)
            .map((cell) => cell.trim()),
        ]
      : [];
  });
}

const isRuler = (line: string): boolean => /^\|[\s|:-]+$/.test(line);
