/** A text as it is read: where its lines may end does not show. */
export const asRead = (text: string): string => text.replaceAll("\u00a0", " ");
