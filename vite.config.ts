/** How the portal is bundled: `web/` into hashed files that a strict content security policy serves as they are. */
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { thirdParty } from "./infra/supply-chain/notices-plugin.ts";

export default defineConfig({
  root: "web",
  publicDir: false,
  plugins: [contract(), constructedStyles(), mantineStyles(), ownIds(), spreadsheets(), react(), thirdParty()],
  build: {
    target: "es2023",
    // The first that know light-dark(), which styles.css is written with.
    cssTarget: ["chrome123", "edge123", "firefox120", "safari17.5"],
    sourcemap: true,
    // A data: address is not of this origin, which is all that the policy allows.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The sizes that matter are told by `local/http/portal-assets.ts`.
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1000,
    rolldownOptions: {
      // A schema nobody parses with need not be there.
      treeshake: { manualPureFunctions: ["z"] },
      output: {
        codeSplitting: {
          groups: [
            // In a file of its own, which runs before any other: zod must find that it has been told to do without eval.
            { name: "first", test: /\/web\/no-eval\.ts$/ },
            {
              name: "libraries",
              test: /node_modules\/(react|react-dom|scheduler|@tanstack\/(?!react-virtual|virtual-core)[\w-]+|i18next|react-i18next)\//,
            },
            // What every page begins with in one file, not thirty: a browser fetches six at a time.
            { name: "frame", tags: ["$initial"] },
            // And what several pages share, of ours and of Mantine's small components.
            {
              name: "parts",
              test: /\/(web|shared)\/|@mantine\/core\/esm\/components\/(Badge|Checkbox|InlineInput|Radio|VisuallyHidden)\//,
              minShareCount: 3,
            },
          ],
        },
      },
    },
  },
});

/**
 * Mantine writes what depends on its theme into `<style>` elements, which the policy forbids. Its compiled modules are given
 * our element instead, which makes constructed style sheets: see docs/decisions/0016-portal-with-vite-and-mantine.md.
 */
function constructedStyles(): Plugin {
  return {
    name: "fairway:constructed-styles",
    transform: {
      filter: { id: /@mantine\/[^/]+\/esm\/.*\.mjs$/, code: 'jsx("style"' },
      handler: (code) => ({
        code: `import { ConstructedStyle } from "/theme/constructed-style.ts";\n${code.replaceAll('jsx("style"', "jsx(ConstructedStyle")}`,
        map: null,
      }),
    },
  };
}

/** All of Mantine's styles would be half of what a page begins with; `web/theme/mantine.css` names those of what is used. */
function mantineStyles(): Plugin {
  return {
    name: "fairway:mantine-styles",
    generateBundle(_, bundle) {
      const named = readFileSync(new URL("web/theme/mantine.css", import.meta.url), "utf8");
      const used = Object.values(bundle).flatMap((output) => (output.type === "chunk" ? output.moduleIds : []));
      const components = used.flatMap((id) => /@mantine\/core\/esm\/.*\/(\w+)\.module\.mjs$/.exec(id)?.[1] ?? []);
      const missing = components.filter((component) => !named.includes(`/${component}.layer.css"`));
      if (missing.length > 0) this.error(`web/theme/mantine.css lacks the styles of ${missing.join(", ")}.`);
    },
  };
}

/**
 * Mantine gives every control another id right after it is drawn, for versions of React that had none to give, and so draws
 * each control twice. React's own is as good.
 */
function ownIds(): Plugin {
  return {
    name: "fairway:own-ids",
    load: {
      filter: { id: /@mantine\/hooks\/esm\/use-id\/use-id\.mjs$/ },
      handler: () => ({
        code: `import { useId as useOwnId } from "react";
export const useId = (given) => { const own = useOwnId(); return typeof given === "string" ? given : own; };`,
        map: null,
      }),
    },
  };
}

/**
 * Files above 160 kB write-excel-file would pack in a worker made from a blob, which the policy forbids: it packs on the page
 * instead, as it does with smaller ones. Thousands of rows take a fraction of a second.
 */
function spreadsheets(): Plugin {
  return {
    name: "fairway:spreadsheets",
    load: {
      filter: { id: /\/write-excel-file\/modules\/zip\/zipToArrayBuffer\.js$/ },
      handler: () => ({
        code: `import zip from "./zipToArrayBufferSync.js";\nexport default async (files) => zip(files);`,
        map: null,
      }),
    },
  };
}

/**
 * The portal's client needs of an operation how it is called, not the schemas of its input: those are the server's to check,
 * and would grow the first load with every operation. Outputs become numbers, equal where the schema is the same.
 */
function contract(): Plugin {
  return {
    name: "fairway:contract",
    load: {
      filter: { id: /\/shared\/contracts\/operations\.ts$/ },
      async handler(id) {
        const { operations }: { operations: Record<string, { method: string; path: string; output: object }> } =
          await import(pathToFileURL(id).href);
        const outputs = [...new Set(Object.values(operations).map(({ output }) => output))];
        const called = Object.entries(operations).map(([name, { method, path, output }]) => [
          name,
          { method, path, output: outputs.indexOf(output) },
        ]);
        return { code: `export const operations = ${JSON.stringify(Object.fromEntries(called))};`, map: null };
      },
    },
    generateBundle(_, bundle) {
      const loaded = Object.values(bundle).flatMap((output) => (output.type === "chunk" ? output.moduleIds : []));
      if (loaded.some((id) => id.endsWith("/shared/contracts/views.ts")))
        this.error("The portal reads schemas of views; it needs their types only (`import type`).");
    },
  };
}
