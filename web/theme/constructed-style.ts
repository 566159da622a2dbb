/**
 * Takes the place of `<style>` in Mantine's components (vite.config.ts): the same rules as a constructed style sheet,
 * which the content security policy allows, since only our own scripts can make one.
 */
import { useInsertionEffect } from "react";

export function ConstructedStyle(props: {
  readonly dangerouslySetInnerHTML?: { readonly __html: string };
  readonly children?: string;
}): null {
  const css = props.dangerouslySetInnerHTML?.__html ?? props.children ?? "";
  useInsertionEffect(() => adopt(css), [css]);
  return null;
}

const adopted = new Map<string, { readonly sheet: CSSStyleSheet; users: number }>();

/** The same rules in many components are one sheet; returns how to let go of it. */
function adopt(css: string): () => void {
  let entry = adopted.get(css);
  if (entry === undefined) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets.push(sheet);
    entry = { sheet, users: 0 };
    adopted.set(css, entry);
  }
  const { sheet } = entry;
  entry.users += 1;
  return () => {
    const current = adopted.get(css);
    if (current === undefined) return;
    current.users -= 1;
    if (current.users > 0) return;
    adopted.delete(css);
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== sheet);
  };
}
