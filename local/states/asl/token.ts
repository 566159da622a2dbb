/** A task token: which execution it belongs to, and a secret. Opaque to everyone else. */
export function taskToken(executionId: number, nonce: string): string {
  return Buffer.from(`${executionId}.${nonce}`).toString("base64url");
}

/** The execution a token was made for; undefined when it has not the form of a token. */
export function executionOfToken(token: string): number | undefined {
  const [, id] = /^(\d{1,15})\.[0-9a-f]{32}$/.exec(Buffer.from(token, "base64url").toString("latin1")) ?? [];
  return id === undefined ? undefined : Number(id);
}
