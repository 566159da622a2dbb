/** RFC 6266: the plain name for old readers, the real one for the others. */
export const contentDisposition = (disposition: "inline" | "attachment", name: string): string =>
  `${disposition}; filename="${name.replaceAll(/[^\w.-]/g, "_")}"; filename*=UTF-8''${encoded(name)}`;

/** The characters RFC 8187 allows as they are, the others as percent-encoded UTF-8. */
const encoded = (name: string): string =>
  encodeURIComponent(name).replaceAll(/['()*]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`);
