/**
 * PNG files of screens, made small: a page has few colours, so each pixel becomes the number of a colour in a palette.
 * Reads what browsers write (8 bits a channel, with or without transparency, not interlaced); writes palette images.
 */
import { crc32, deflateSync, inflateSync } from "node:zlib";

export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** 0xRRGGBB, row by row. */
  readonly colours: Uint32Array;
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const headerBytes = 13;
const colourTypes: Readonly<Record<number, number>> = { 2: 3, 3: 1, 6: 4 };

export function readPng(file: Buffer): Pixels {
  const chunks = chunksOf(file);
  const header = chunks.find(({ type }) => type === "IHDR")?.data;
  if (header?.length !== headerBytes) throw new Error("This is no PNG file.");
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const channels = colourTypes[header.readUInt8(9)];
  if (header.readUInt8(8) !== 8 || channels === undefined || header.readUInt8(12) !== 0) {
    throw new Error("Only PNG files with 8 bits a channel, in colour and not interlaced, can be read.");
  }
  const data = Buffer.concat(chunks.filter(({ type }) => type === "IDAT").map((chunk) => chunk.data));
  const bytes = withoutFilters(inflateSync(data), { rowBytes: width * channels, channels, height });
  const palette = chunks.find(({ type }) => type === "PLTE")?.data;
  const colours = new Uint32Array(width * height);
  for (let pixel = 0; pixel < colours.length; pixel += 1) {
    const at = pixel * channels;
    colours[pixel] = palette === undefined ? bytes.readUIntBE(at, 3) : palette.readUIntBE(bytes.readUInt8(at) * 3, 3);
  }
  return { width, height, colours };
}

/** With the 256 most frequent colours; each of the others becomes the nearest of them. */
export function writePng({ width, height, colours }: Pixels): Buffer {
  const palette = paletteOf(colours);
  const numbers = new Map(palette.map((colour, number) => [colour, number]));
  const numberOf = (colour: number): number => {
    const known = numbers.get(colour);
    if (known !== undefined) return known;
    const number = nearest(palette, colour);
    numbers.set(colour, number);
    return number;
  };
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) {
    // The first byte of a row names its filter: none.
    for (let x = 0; x < width; x += 1) rows[y * (width + 1) + 1 + x] = numberOf(colours[y * width + x] ?? 0);
  }
  const header = Buffer.alloc(headerBytes);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const colourBytes = Buffer.alloc(palette.length * 3);
  for (const [number, colour] of palette.entries()) colourBytes.writeUIntBE(colour, number * 3, 3);
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("PLTE", colourBytes),
    chunk("IDAT", deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** How many pixels differ by more than a shade; all of them when the sizes differ. */
export function pixelsThatDiffer(one: Pixels, other: Pixels): number {
  if (one.width !== other.width || one.height !== other.height) return one.colours.length;
  const shade = 3 * 24 ** 2;
  return one.colours.reduce(
    (sum, colour, pixel) => sum + (distance(colour, other.colours[pixel] ?? 0) > shade ? 1 : 0),
    0,
  );
}

function paletteOf(colours: Uint32Array): readonly number[] {
  const counts = new Map<number, number>();
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const byCount = [...counts].toSorted(([a, many], [b, more]) => more - many || a - b);
  return byCount.slice(0, 256).map(([colour]) => colour);
}

function nearest(palette: readonly number[], colour: number): number {
  let [best, least] = [0, Number.POSITIVE_INFINITY];
  for (const [number, each] of palette.entries()) {
    const far = distance(each, colour);
    if (far < least) [best, least] = [number, far];
  }
  return best;
}

const distance = (one: number, other: number): number =>
  ((one >> 16) - (other >> 16)) ** 2 +
  (((one >> 8) & 255) - ((other >> 8) & 255)) ** 2 +
  ((one & 255) - (other & 255)) ** 2;

function chunksOf(file: Buffer): { readonly type: string; readonly data: Buffer }[] {
  const chunks = [];
  for (let at = signature.length; at < file.length; ) {
    const length = file.readUInt32BE(at);
    chunks.push({ type: file.toString("latin1", at + 4, at + 8), data: file.subarray(at + 8, at + 8 + length) });
    at += length + 12;
  }
  return chunks;
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const around = Buffer.alloc(8);
  around.writeUInt32BE(data.length, 0);
  around.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([around.subarray(0, 4), named, around.subarray(4)]);
}

/** Undoes what each row says was done to it: the difference to the left, above, their mean or the best of them (Paeth). */
function withoutFilters(
  filtered: Buffer,
  { rowBytes, channels, height }: { readonly rowBytes: number; readonly channels: number; readonly height: number },
): Buffer {
  const bytes = Buffer.alloc(rowBytes * height);
  for (let y = 0; y < height; y += 1) {
    const from = y * (rowBytes + 1);
    const filter = filtered[from];
    for (let x = 0; x < rowBytes; x += 1) {
      const to = y * rowBytes + x;
      const left = x < channels ? 0 : (bytes[to - channels] ?? 0);
      const above = y === 0 ? 0 : (bytes[to - rowBytes] ?? 0);
      const aboveLeft = x < channels || y === 0 ? 0 : (bytes[to - rowBytes - channels] ?? 0);
      const guesses = [0, left, above, (left + above) >> 1, paeth(left, above, aboveLeft)];
      bytes[to] = (filtered[from + 1 + x] ?? 0) + (guesses[filter ?? 0] ?? 0);
    }
  }
  return bytes;
}

function paeth(left: number, above: number, aboveLeft: number): number {
  const guess = left + above - aboveLeft;
  const [toLeft, toAbove, toAboveLeft] = [left, above, aboveLeft].map((each) => Math.abs(guess - each));
  if (toLeft === undefined || toAbove === undefined || toAboveLeft === undefined) return 0;
  if (toLeft <= toAbove && toLeft <= toAboveLeft) return left;
  return toAbove <= toAboveLeft ? above : aboveLeft;
}
