/**
 * What a page's drawing shows to be wrong: run inside the browser, so nothing here may refer to what is outside its
 * function. Each answers with a line for each fault.
 */

/** Parts beyond the edge of the window, text cut off, text over text. */
export function layoutFaults(): string[] {
  interface Piece {
    readonly text: string;
    readonly element: Element;
    readonly left: number;
    readonly right: number;
    readonly top: number;
    readonly bottom: number;
  }
  const faults: string[] = [];
  const root = document.documentElement;
  const nameOf = (element: Element): string => {
    const classes = element.getAttribute("class")?.split(" ").slice(0, 2).join(".") ?? "";
    return `<${element.tagName.toLowerCase()}${classes === "" ? "" : `.${classes}`}>`;
  };
  const styles = new Map<Element, CSSStyleDeclaration>();
  const styleOf = (element: Element): CSSStyleDeclaration => {
    const known = styles.get(element) ?? getComputedStyle(element);
    styles.set(element, known);
    return known;
  };
  const clips = (style: CSSStyleDeclaration) => style.overflowX !== "visible" || style.overflowY !== "visible";
  const scrolls = (overflow: string) => overflow === "auto" || overflow === "scroll";

  if (root.scrollWidth > window.innerWidth) {
    const widest = [...document.querySelectorAll("main *, header *")]
      .filter((element) => element.getBoundingClientRect().right > window.innerWidth + 1)
      .filter((element) => {
        for (let at = element.parentElement; at !== null && at !== document.body; at = at.parentElement) {
          if (clips(styleOf(at))) return false;
        }
        return true;
      })
      .slice(0, 3)
      .map((element) => `${nameOf(element)} “${element.textContent.trim().slice(0, 40)}”`);
    faults.push(`The page is ${root.scrollWidth} px wide: ${widest.join(", ")}`);
  }

  const pieces: Piece[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const text = node.textContent?.trim() ?? "";
    const element = node.parentElement;
    if (text === "" || element === null || element.closest("option, script, style, title, desc") !== null) continue;
    // What is folded away has a place all the same.
    if (!element.checkVisibility({ visibilityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const { left, right, top, bottom } of range.getClientRects()) {
      if (right - left < 1 || bottom - top < 1) continue;
      let seen = { left, right, top, bottom };
      let isFloating = false;
      let isForReaders = false;
      let cutBy: Element | undefined;
      for (let at: Element | null = element; at !== null && at !== document.body; at = at.parentElement) {
        const style = styleOf(at);
        if (style.position === "sticky" || style.position === "fixed") isFloating = true;
        if (style.clipPath !== "none" || style.opacity === "0") isForReaders = true;
        if (at instanceof SVGElement || !clips(style)) continue;
        const box = at.getBoundingClientRect();
        const isCutAcross = !scrolls(style.overflowX) && (seen.right > box.right + 3 || seen.left < box.left - 3);
        const isCutBelow = !scrolls(style.overflowY) && seen.bottom > box.bottom + 4;
        if ((isCutAcross || isCutBelow) && cutBy === undefined) cutBy = at;
        seen = {
          left: Math.max(seen.left, box.left),
          right: Math.min(seen.right, box.right),
          top: Math.max(seen.top, box.top),
          bottom: Math.min(seen.bottom, box.bottom),
        };
      }
      if (isForReaders || right < 0) continue;
      // Cut with an ellipsis is meant so where the whole text is said to everybody in another way.
      if (cutBy !== undefined && seen.right - seen.left > 0 && !cutBy.hasAttribute("title")) {
        faults.push(`Cut off by ${nameOf(cutBy)}: “${text.slice(0, 60)}”`);
      }
      if (!isFloating && seen.right - seen.left > 1 && seen.bottom - seen.top > 1) {
        pieces.push({ text, element, ...seen });
      }
    }
  }

  pieces.sort((a, b) => a.top - b.top);
  for (const [index, piece] of pieces.entries()) {
    for (let next = index + 1; next < pieces.length; next += 1) {
      const other = pieces[next];
      if (other === undefined || other.top >= piece.bottom) break;
      if (other.element === piece.element) continue;
      const across = Math.min(piece.right, other.right) - Math.max(piece.left, other.left);
      const down = Math.min(piece.bottom, other.bottom) - Math.max(piece.top, other.top);
      // Lines of text stand close; only what runs into the letters counts.
      const lower = Math.min(piece.bottom - piece.top, other.bottom - other.top);
      if (across > 3 && down > lower * 0.4) {
        faults.push(`“${piece.text.slice(0, 40)}” lies over “${other.text.slice(0, 40)}” in ${nameOf(other.element)}`);
      }
    }
  }
  return [...new Set(faults)];
}

/** What can be focused, one after the other: whether it can be seen, and that it has the focus. */
export function focusFaults(): string[] {
  const faults: string[] = [];
  // Nothing that is still on its way when it is looked at.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("*, ::before, ::after { transition: none !important }");
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  const focusable = [
    ...document.querySelectorAll<HTMLElement | SVGElement>(
      "a[href], button, input, select, textarea, summary, [tabindex]:not([tabindex='-1'])",
    ),
  ].filter((element) => element.tabIndex >= 0 && element.checkVisibility({ visibilityProperty: true }));
  // Down the page and up again: bars cover at the top and at the bottom.
  for (const element of [...focusable, ...focusable.toReversed()]) {
    const said = (element.getAttribute("aria-label") ?? element.textContent).trim().slice(0, 40);
    const name = `<${element.tagName.toLowerCase()}> “${said === "" ? element.closest("label, fieldset, div")?.textContent.trim().slice(0, 40) : said}”`;
    element.focus();
    if (document.activeElement !== element) continue;
    const style = getComputedStyle(element);
    if (style.outlineStyle === "none" || Number.parseFloat(style.outlineWidth) < 1) {
      faults.push(`Nothing shows that ${name} has the focus`);
    }
    const { left, right, top, bottom } = element.getBoundingClientRect();
    const at = (share: number, from: number, to: number) => from + (to - from) * share;
    const isSeen = [0.5, 0.1, 0.9].some((x) =>
      [0.5, 0.1, 0.9].some((y) => {
        const hit = document.elementFromPoint(at(x, left, right), at(y, top, bottom));
        return (
          hit !== null && (element.contains(hit) || hit.contains(element) || hit.closest("label")?.contains(element))
        );
      }),
    );
    if (!isSeen) faults.push(`${name} has the focus behind something else`);
  }
  return [...new Set(faults)];
}

/** The spacing of text that readers may set for themselves (WCAG 1.4.12). */
export function spaceText(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }" +
      // Drawings say the same in words beside them.
      "svg * { line-height: normal !important; letter-spacing: normal !important; word-spacing: normal !important }" +
      "p { margin-bottom: 2em !important }",
  );
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}

/** Opens what is folded away, but for the menus that lie over the page. */
export function unfold(): void {
  for (const details of document.querySelectorAll("details:not([open], .person)")) details.setAttribute("open", "");
}
