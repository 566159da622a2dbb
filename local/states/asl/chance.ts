/**
 * Random draws that follow from a seed, so that `advance` stays a function of its arguments: tokens, $random, $uuid,
 * retry jitter. The seed comes from the outside; whoever can guess it can guess task tokens.
 */
import { hash } from "node:crypto";

export interface Chance {
  /** Uniform in [0, 1). */
  random(): number;
  /** 32 hexadecimal digits nobody can guess without the seed. */
  nonce(): string;
  /** An RFC 9562 UUID, version 4. */
  uuid(): string;
}

export function chanceFrom(seed: string): Chance {
  let draws = 0;
  const draw = (): string => {
    draws += 1;
    return hash("sha256", `${seed}:${draws}`, "hex");
  };
  const nonce = () => draw().slice(0, 32);
  return {
    random: () => Number.parseInt(draw().slice(0, 12), 16) / 2 ** 48,
    nonce,
    uuid() {
      const hex = nonce();
      const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
    },
  };
}
