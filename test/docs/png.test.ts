import fc from "fast-check";
import { expect, test } from "vitest";
import { type Pixels, pixelsThatDiffer, readPng, writePng } from "./png.ts";

const colour = fc.nat(0xffffff);

/** Of few colours, as pages are. */
const images = fc
  .tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 }), fc.array(colour, { minLength: 1 }))
  .chain(([width, height, colours]) =>
    fc
      .array(fc.constantFrom(...colours), { minLength: width * height, maxLength: width * height })
      .map((pixels): Pixels => ({ width, height, colours: Uint32Array.from(pixels) })),
  );

test("A picture of few colours is read as it was written", () => {
  fc.assert(
    fc.property(images, (image) => {
      expect(readPng(writePng(image))).toEqual(image);
    }),
  );
});

test("A picture of more than 256 colours keeps the frequent ones and takes the nearest for the rest", () => {
  const greys = Array.from({ length: 256 }, (_, grey) => grey * 0x010101);
  const colours = Uint32Array.from([...greys, ...greys, 0x808081, 0xfffffe]);
  const { colours: read } = readPng(writePng({ width: 257, height: 2, colours }));
  expect([...read]).toEqual([...greys, ...greys, 0x808080, 0xffffff]);
});

test("What browsers write is read: rows that are differences to the pixels around them", () => {
  // 2 × 5 pixels, each row with another filter, made by hand: none, left, above, mean, Paeth.
  const file = Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAAFCAIAAADg0arLAAAALElEQVR42mPgEpHTMLJh5BaV3/tBlonx////uozMX7iEFO9fYWF7He/rvB0AqGoLjYcXN6MAAAAASUVORK5CYII=",
    "base64",
  );
  const { width, height, colours } = readPng(file);
  expect([width, height]).toEqual([2, 5]);
  expect([...colours]).toEqual([
    0x0a141e, 0x28323c, 0x0b151f, 0xc8053c, 0x0c141e, 0xc7323d, 0xfa1421, 0x010203, 0x00ff80, 0x4d4237,
  ]);
});

test("Two pictures differ by their pixels, whole when their sizes do", () => {
  const white = { width: 2, height: 1, colours: Uint32Array.from([0xffffff, 0xffffff]) };
  expect(pixelsThatDiffer(white, { ...white, colours: Uint32Array.from([0xfefefe, 0x000000]) })).toBe(1);
  expect(pixelsThatDiffer(white, { ...white, width: 1, height: 2 })).toBe(2);
});
