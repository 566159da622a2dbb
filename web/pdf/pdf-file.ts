/**
 * Documents made in the browser: pdfmake and its typeface come with the first document, from here and nowhere else.
 * A document fetches nothing.
 */

import bold from "pdfmake/build/fonts/Roboto/Roboto-Medium.ttf?url";
import regular from "pdfmake/build/fonts/Roboto/Roboto-Regular.ttf?url";
import type { DocumentDefinition } from "pdfmake/build/pdfmake.js";
import { NoConnection } from "../../shared/contracts/client.ts";

export async function pdfFile(definition: DocumentDefinition): Promise<Blob> {
  made ??= load().catch((error: unknown) => {
    // The connection may be back the next time.
    made = undefined;
    throw error;
  });
  const pdfMake = await made;
  return pdfMake.createPdf(definition).getBlob();
}

let made: ReturnType<typeof load> | undefined;

async function load() {
  const [{ default: pdfMake }, ...typefaces] = await Promise.all([
    import("pdfmake/build/pdfmake.js"),
    ...[regular, bold].map(typeface),
  ]);
  const [normal, strong] = ["regular.ttf", "bold.ttf"] as const;
  for (const [index, name] of [normal, strong].entries()) {
    const bytes = typefaces[index];
    if (bytes !== undefined) pdfMake.virtualfs.writeFileSync(name, bytes);
  }
  pdfMake.setFonts({ Roboto: { normal, bold: strong, italics: normal, bolditalics: strong } });
  pdfMake.setUrlAccessPolicy(() => false);
  return pdfMake;
}

async function typeface(address: string): Promise<ArrayBuffer> {
  const response = await fetch(address);
  if (!response.ok) throw new NoConnection({ cause: response.status });
  return response.arrayBuffer();
}
