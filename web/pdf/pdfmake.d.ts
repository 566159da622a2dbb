/** What we use of pdfmake, which comes without types. */
declare module "pdfmake/build/pdfmake.js" {
  export type Content = string | readonly Content[] | ContentNode;

  interface ContentNode {
    readonly text?: Content;
    readonly stack?: readonly Content[];
    readonly ul?: readonly Content[];
    readonly columns?: readonly Content[];
    readonly table?: {
      readonly body: readonly (readonly Content[])[];
      readonly widths?: readonly (string | number)[];
      readonly headerRows?: number;
      readonly dontBreakRows?: boolean;
    };
    readonly layout?: string;
    readonly style?: string;
    readonly bold?: boolean;
    readonly margin?: readonly [number, number, number, number];
    readonly alignment?: "left" | "right" | "center";
    readonly headlineLevel?: number;
    readonly width?: string | number;
    readonly color?: string;
    readonly fontSize?: number;
    readonly unbreakable?: boolean;
    readonly pageBreak?: "before";
  }

  interface Style {
    readonly fontSize?: number;
    readonly bold?: boolean;
    readonly color?: string;
    readonly lineHeight?: number;
    readonly font?: string;
    readonly margin?: readonly [number, number, number, number];
  }

  export interface DocumentDefinition {
    readonly info: { readonly title: string; readonly subject?: string; readonly creator?: string };
    /** BCP 47. */
    readonly language: string;
    readonly displayTitle: true;
    readonly version: "1.7";
    readonly compress?: boolean;
    readonly pageSize: "A4";
    readonly pageMargins: readonly [number, number, number, number];
    readonly header: (page: number, pages: number) => Content;
    readonly footer: (page: number, pages: number) => Content;
    readonly defaultStyle: Style;
    readonly styles: Readonly<Record<string, Style>>;
    readonly content: readonly Content[];
  }

  interface PdfMake {
    readonly virtualfs: { writeFileSync(name: string, content: ArrayBuffer): void };
    setFonts(
      fonts: Readonly<Record<string, Readonly<Record<"normal" | "bold" | "italics" | "bolditalics", string>>>>,
    ): void;
    /** Asked before anything is fetched for a document. */
    setUrlAccessPolicy(mayFetch: (url: string) => boolean): void;
    createPdf(definition: DocumentDefinition): { getBlob(): Promise<Blob>; getBuffer(): Promise<Uint8Array> };
  }
  const pdfMake: PdfMake;
  export default pdfMake;
}
