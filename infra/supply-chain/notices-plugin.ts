/** The portal's notices go along with it: a file beside its scripts, which `index.html` names as its licence. */
import { createHash } from "node:crypto";
import type { Plugin, Rolldown } from "vite";
import { packagesIn } from "./contents.ts";
import { thirdPartyNotices } from "./third-party.ts";

export function thirdParty(): Plugin {
  let fileName = "";
  return {
    name: "fairway:third-party",
    apply: "build",
    generateBundle: {
      // Before the page is written.
      order: "pre",
      handler(_, bundle) {
        const source = thirdPartyNotices(packagesIn(inputsOf(Object.values(bundle))));
        const hash = createHash("sha256").update(source).digest("base64url").slice(0, 8);
        fileName = `assets/third-party-${hash}.txt`;
        this.emitFile({ type: "asset", fileName, source });
      },
    },
    transformIndexHtml: {
      order: "post",
      handler: () => [{ tag: "link", attrs: { rel: "license", href: `/${fileName}` }, injectTo: "head" }],
    },
  };
}

/** The files that chunks and assets were made of, as absolute paths. */
export function inputsOf(outputs: readonly (Rolldown.OutputChunk | Rolldown.OutputAsset)[]): string[] {
  return outputs.flatMap((output) => (output.type === "chunk" ? output.moduleIds : output.originalFileNames));
}
