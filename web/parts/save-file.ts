/** Hands a file to the person, as a download. */
export function saveFile(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken the content by then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** Data as a file that a person can read and a program can check. */
export const jsonFile = (data: object): Blob =>
  new Blob([`${JSON.stringify(data, null, 2)}\n`], { type: "application/json" });
