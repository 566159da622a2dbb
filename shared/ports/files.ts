/**
 * The bytes of files, by id. Who may have them is decided before: an address once given out works for anybody until it
 * expires. Two adapters: `local/files` (a folder) and `functions/adapters/s3-files.ts` (a bucket); both run
 * `test/files/files.suite.ts`.
 */
export interface SignedRequest {
  readonly method: "PUT" | "GET";
  /** Absolute, or a path on the API's own origin. */
  readonly url: string;
  /** To be sent along, exactly. */
  readonly headers: Readonly<Record<string, string>>;
  /** ISO 8601 UTC instant. */
  readonly expiresAt: string;
}

export interface ArrivedFile {
  readonly bytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
  /** The first bytes, as many as `HEAD_BYTES` where there are so many. */
  readonly head: Uint8Array;
}

/** Enough for the marks that tell the kinds of file apart. */
export const HEAD_BYTES = 512;

export interface Files {
  /** Where exactly so many bytes of this type and checksum may be put; a repeat replaces what was put before. */
  upload(
    fileId: string,
    expected: { readonly bytes: number; readonly sha256: string; readonly contentType: string },
  ): Promise<SignedRequest>;
  /** Undefined until all bytes have arrived. */
  arrived(fileId: string): Promise<ArrivedFile | undefined>;
  download(
    fileId: string,
    as: { readonly name: string; readonly contentType: string; readonly disposition: "inline" | "attachment" },
  ): Promise<SignedRequest>;
  /** No error when there is nothing. */
  remove(fileId: string): Promise<void>;
}
