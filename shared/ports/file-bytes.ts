/** The bytes of files past all signed addresses: for moving house. Adapters: a folder and a bucket. */
export interface FileBytes {
  /** SHA-256 in lower-case hex of what is there; undefined when nothing is. */
  checksum(fileId: string): Promise<string | undefined>;
  read(fileId: string): Promise<AsyncIterable<Uint8Array>>;
  /** Appears as a whole or not at all, in the place of what was there. */
  write(fileId: string, content: AsyncIterable<Uint8Array>, expected: ExpectedBytes): Promise<void>;
}

export interface ExpectedBytes {
  readonly bytes: number;
  readonly sha256: string;
}
